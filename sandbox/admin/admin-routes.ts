import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { FaultRule } from '../faults.ts';
import { UnreadableBody } from '../server.ts';
import type { World } from '../world.ts';
import { type Admin, UnknownName } from './admin.ts';

/** Where a record is: a Salesforce object or a Mailchimp audience. */
const Place = z.object({ system: z.string(), object: z.string().optional(), list: z.string().optional() });
const Listing = Place.extend({
  limit: z.coerce.number().int().min(1).max(100_000).default(100),
  offset: z.coerce.number().int().min(0).default(0),
  ids: z.string().optional(),
});
const Values = z.record(z.string(), z.unknown());
const Creation = Place.extend({ values: Values });
const Edit = Place.extend({ id: z.string(), values: Values });
const Removal = Place.extend({ id: z.string() });
const ClockRequest = z.strictObject({
  advanceMs: z.number().optional(),
  now: z.iso.datetime({ offset: true }).optional(),
});
const FaultClearing = z.object({ id: z.string().optional() });
const CallListing = z.object({ list: z.stringbool().default(false) });
const Recording = z.strictObject({ record: z.boolean() });
const SeedRequest = z.strictObject({
  seed: z.int().optional(),
  contacts: z.int().min(0),
  leads: z.int().min(0).optional(),
  shared: z.number().min(0).max(1).optional(),
  mess: z.number().min(0).max(1).optional(),
  exact: z.boolean().optional(),
  only: z.enum(['salesforce', 'mailchimp']).optional(),
});
const ZohoSeedRequest = z.strictObject({
  seed: z.int().optional(),
  projects: z.int().min(0).optional(),
  milestones: z.int().min(0).optional(),
  logs: z.int().min(0).optional(),
  expenses: z.int().min(0).optional(),
  invoices: z.int().min(0).optional(),
  closed: z.number().min(0).max(1).optional(),
  exact: z.boolean().optional(),
});
const CampaignSeedRequest = z.strictObject({
  seed: z.int().optional(),
  campaigns: z.int().min(0),
  events: z.int().min(0).optional(),
  machines: z.number().min(0).max(1).optional(),
  list: z.string().optional(),
  days: z.number().min(0).optional(),
});
const LiveRequest = z.strictObject({ seed: z.int().optional(), edits: z.int().min(0) });

/** The admin functions over HTTP, JSON in and out. */
export function serveAdmin(scope: FastifyInstance, admin: Admin, world: World): void {
  serveErrors(scope);
  serveRecords(scope, admin);

  scope.get('/clock', () => ({ now: admin.clock() }));
  scope.post('/clock', ({ body }) => ({ now: admin.clock(ClockRequest.parse(body)) }));

  scope.get('/faults', () => world.faults.list());
  scope.post('/faults', ({ body }) => ({ id: admin.addFault(FaultRule.parse(body)) }));
  scope.delete('/faults', ({ query }) => {
    world.faults.clear(FaultClearing.parse(query).id);
    return {};
  });

  scope.get('/calls', ({ query }) => {
    const counts = world.calls.counts();
    return CallListing.parse(query).list ? { counts, list: world.calls.list() } : { counts };
  });
  scope.post('/calls', ({ body }) => {
    world.calls.recording = Recording.parse(body).record;
    return {};
  });
  scope.delete('/calls', () => {
    world.calls.clear();
    return {};
  });

  scope.post('/seed', ({ body }) => admin.seed(SeedRequest.parse(body)));
  scope.post('/seed/zoho', ({ body }) => admin.seedZoho(ZohoSeedRequest.parse(body ?? {})));
  scope.post('/seed/campaigns', ({ body }) => admin.seedCampaigns(CampaignSeedRequest.parse(body)));
  scope.post('/live', ({ body }) => admin.live(LiveRequest.parse(body)));
  scope.post('/reset', () => {
    admin.reset();
    return {};
  });
  scope.get('/snapshot', () => admin.snapshot());
  scope.put('/snapshot', ({ body }) => {
    admin.restore(body);
    return {};
  });

  scope.post<{ Params: { system: string; action: string } }>('/:system/:action', ({ params, body }) => {
    return admin.act(params.system, params.action, body ?? {}) ?? {};
  });
}

function serveRecords(scope: FastifyInstance, admin: Admin): void {
  scope.get('/records', ({ query }) => {
    const { system, limit, offset, ids, ...place } = Listing.parse(query);
    const page = ids === undefined ? { limit, offset } : { limit, offset, ids: ids.split(',') };
    return admin.records(system, collectionOf(place), page);
  });
  scope.post('/records', ({ body }, reply) => {
    const { system, values, ...place } = Creation.parse(body);
    return reply.code(201).send({ id: admin.create(system, collectionOf(place), values) });
  });
  scope.patch('/records', ({ body }) => {
    const { system, id, values, ...place } = Edit.parse(body);
    admin.edit(system, collectionOf(place), id, values);
    return {};
  });
  scope.delete('/records', ({ query, body }) => {
    const { system, id, ...place } = Removal.parse(body ?? query);
    admin.remove(system, collectionOf(place), id);
    return {};
  });
}

function collectionOf({ object, list }: { object?: string | undefined; list?: string | undefined }): string {
  const collection = object ?? list;
  if (collection === undefined) throw new UnknownName('Name the object (Salesforce) or the list (Mailchimp)');
  return collection;
}

/** Everything that goes wrong here is the caller's request: a refusal with its reason. */
function serveErrors(scope: FastifyInstance): void {
  scope.setErrorHandler((error, _request, reply) => {
    if (error instanceof UnknownName) return reply.code(404).send({ error: error.message });
    if (error instanceof z.ZodError) return reply.code(400).send({ error: z.prettifyError(error) });
    if (error instanceof UnreadableBody) return reply.code(400).send({ error: `Not JSON: ${error.message}` });
    return reply.code(422).send({ error: error instanceof Error ? error.message : String(error) });
  });
}

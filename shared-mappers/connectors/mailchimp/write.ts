import { NoAnswerError, StackbridgeError } from '../../errors/stackbridge-error.ts';
import { inParallel } from '../../http/in-parallel.ts';
import { chunksOf } from '../../http/paging.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { JsonObject } from '../../model/json.ts';
import type { WriteRequest, WriteResult } from '../../ports/connector.ts';
import type { Audience } from './audience.ts';
import { type BatchMember, type BatchOutcome, sendBatch, sendHalving, withoutRepeats } from './batch.ts';
import { createMembers } from './create.ts';
import { errorOf } from './errors.ts';
import { addressKey } from './identity.ts';
import { MAX_CONNECTIONS } from './limits.ts';
import { createMemberWriter, fieldsIn, isEmpty, type MemberWriter } from './member-write.ts';
import { activeNames, tagsIn } from './tags.ts';

export interface Writer {
  write(requests: readonly WriteRequest[]): Promise<WriteResult[]>;
}

type Create = Extract<WriteRequest, { action: 'create' }>;
/** What a batch can do to members that are there. */
type Change = Extract<WriteRequest, { action: 'update' | 'opt-out' }>;

/** A request that travels in a batch, and its place in the results. */
interface Batched<Request> extends BatchMember {
  readonly request: Request;
  readonly position: number;
}

/** A request that takes calls of its own. */
interface Later {
  readonly position: number;
  readonly run: () => Promise<WriteResult>;
}

/** "Batch subscribe or unsubscribe": up to 500 members in one request. */
const BATCH_SIZE = 500;

/** @param audience resolved at the first write */
export function createWriter(client: SystemClient, audience: () => Promise<Audience>): Writer {
  async function write(requests: readonly WriteRequest[]): Promise<WriteResult[]> {
    const { id } = await audience();
    const results = new Map<number, WriteResult>();
    try {
      await writeInto(results, id, requests);
    } catch (error) {
      // What has been written must be accounted for; the next call meets the same obstacle and throws.
      if (!(error instanceof StackbridgeError) || results.size === 0) throw error;
      for (const position of requests.keys()) {
        if (!results.has(position)) results.set(position, { outcome: 'refused', error });
      }
    }
    return requests.map((_request, position) => results.get(position) ?? unsettled());
  }

  async function writeInto(
    results: Map<number, WriteResult>,
    audienceId: string,
    requests: readonly WriteRequest[],
  ): Promise<void> {
    const creates: Batched<Create>[] = [];
    const changes: Batched<Change>[] = [];
    const later: Later[] = [];
    const member = createMemberWriter(client, audienceId);

    for (const [position, request] of requests.entries()) {
      if (request.action === 'create') {
        creates.push({ request, position, ...createBody(request) });
      } else {
        const body = batchBody(request);
        if (body === undefined) later.push({ position, run: () => member.write(request) });
        else changes.push({ request: body.request, position, email: body.email, body: body.body });
      }
    }

    for (const batch of inBatches(creates)) {
      await sendHalving(
        batch,
        (some) => createMembers(client, audienceId, some),
        ({ position }, outcome) => results.set(position, ofCreate(outcome)),
      );
    }
    for (const batch of inBatches(changes)) {
      await sendHalving(
        batch,
        (some) => sendBatch(client, audienceId, some, { updateExisting: true, repeatable: true }),
        ({ request, position }, outcome) => {
          const result = ofChange(request, outcome, member, client);
          if (typeof result === 'function') later.push({ position, run: result });
          else results.set(position, result);
        },
      );
    }
    await inParallel(later, MAX_CONNECTIONS, async ({ position, run }) => results.set(position, await run()));
  }

  return { write };
}

function createBody({ payload, email }: Create): BatchMember {
  const { status_if_new, status = status_if_new, tags: _tags, ...fields } = payload;
  const tags = tagsIn(payload);
  const address = typeof payload.email_address === 'string' ? payload.email_address : (email ?? '');
  return {
    email: address,
    body: {
      email_address: address,
      ...fields,
      ...(status === undefined ? {} : { status }),
      ...(tags === undefined ? {} : { tags: activeNames(tags) }),
    },
  };
}

/** Undefined for what a batch cannot carry: it finds members by their address only, and cannot change that. */
function batchBody(request: Exclude<WriteRequest, Create>): (BatchMember & { request: Change }) | undefined {
  if (request.action !== 'update' && request.action !== 'opt-out') return undefined;
  const { email, payload } = request;
  if (email === undefined) return undefined;
  const fields = fieldsIn(payload);
  const address = fields.email_address;
  if (typeof address === 'string' && addressKey(address) !== addressKey(email)) return undefined;
  const body: JsonObject = { ...fields, email_address: email };
  if (request.action === 'opt-out') return { request, email, body: { ...body, status: 'unsubscribed' } };
  // Only tags: they take a call of their own in any case.
  return isEmpty(fields) ? undefined : { request, email, body };
}

function* inBatches<Member extends BatchMember>(members: readonly Member[]): Generator<Member[]> {
  for (const distinct of withoutRepeats(members)) yield* chunksOf(distinct, BATCH_SIZE);
}

function ofCreate(outcome: BatchOutcome): WriteResult {
  if ('error' in outcome) {
    return { outcome: outcome.kind, error: outcome.error };
  }
  const { record } = outcome;
  return { outcome: 'written', id: record.id, created: true, record };
}

/** What a batch made of a change, or the calls of its own that settle it. */
function ofChange(
  request: Change,
  outcome: BatchOutcome,
  member: MemberWriter,
  { log }: SystemClient,
): WriteResult | (() => Promise<WriteResult>) {
  const { id } = request;
  switch (outcome.kind) {
    case 'updated': {
      const { record } = outcome;
      if (record.id !== id) {
        // The address has passed to another member since it was read: those values are now in the wrong place.
        log.warn('address belongs to another member', {
          system: 'mailchimp',
          recordId: id,
          holder: record.id,
        });
        return () => member.write(request);
      }
      if (tagsIn(request.payload) !== undefined) return () => member.finish(request, record);
      return { outcome: 'written', id, created: false, record };
    }
    case 'created':
      return () => afterStray(request, outcome.record.id, () => member.takeBack(outcome.record), member);
    case 'refused': {
      const { error } = outcome;
      // The call by contact id tells what is behind it: another address, a deleted member, a consent closed for good.
      const isUnclear = error.code === 'REJECTED' || error.context.field === 'status';
      if (isUnclear || request.action === 'opt-out') return () => member.write(request);
      return { outcome: 'refused', error: errorOf(error, id) };
    }
    case 'uncertain':
      return { outcome: 'uncertain', error: errorOf(outcome.error, id) };
  }
}

/**
 * A batch takes an address that nobody live has for a new member, so a change of somebody archived or renamed since
 * lets one in. It is archived again at once.
 */
async function afterStray(
  request: Change,
  strayId: string,
  takeBack: () => Promise<WriteResult>,
  member: MemberWriter,
): Promise<WriteResult> {
  const { id } = request;
  const takenBack = await takeBack();
  if (strayId !== id) return member.write(request);
  if (takenBack.outcome !== 'written' || request.action === 'opt-out') return takenBack;
  const error = new StackbridgeError('RECORD_GONE', 'Mailchimp: the member was archived meanwhile', {
    system: 'mailchimp',
    recordId: id,
  });
  return { outcome: 'refused', error };
}

function unsettled(): WriteResult {
  const error = new NoAnswerError('Mailchimp gave no result for this member', 'unknown', {
    system: 'mailchimp',
  });
  return { outcome: 'uncertain', error };
}

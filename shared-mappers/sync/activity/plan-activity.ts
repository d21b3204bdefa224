import { type FingerprintKey, fingerprint } from '../../model/fingerprint.ts';
import type { Instant } from '../../model/instant.ts';
import type { Parked } from '../../model/parked.ts';
import { DAY_MS } from '../../plan/activity/engagement.ts';
import type { PersonPlan } from '../../plan/activity/person-plan.ts';
import { type ActivityContext, planPerson } from '../../plan/activity/plan-person.ts';
import type { Brake, BrakeName } from '../../plan/brakes.ts';
import type { ActivityScratch, StagedReader } from '../../ports/activity-scratch.ts';
import type { CrmMember, CrmPerson } from '../../ports/activity-target.ts';
import { type ActivityJob, type ActivityPorts, type ActivityState, readState } from './activity-job.ts';
import { ActivityTally } from './activity-tally.ts';
import { addressKey, findPeople } from './find-people.ts';
import {
  campaignRows,
  goneCampaigns,
  type HeldCampaign,
  isMissing,
  missingCampaigns,
  subjectOfCampaign,
} from './held-campaigns.ts';
import { rowsToLookAt } from './look-at-parked.ts';
import { type CampaignPlan, planCampaigns } from './plan-campaigns.ts';
import { type ListedCampaigns, listCampaigns, readAgain, readReports } from './read-activity.ts';

export interface ActivityRunOptions {
  /** Subjects to look at again, and nothing else. */
  readonly only?: readonly string[];
  /** Brakes that may be passed. */
  readonly allow?: readonly BrakeName[];
}

/** Everything decided before anything is written. The plans of people are in the scratch. */
export interface PlannedActivity {
  readonly runId: string;
  readonly job: ActivityJob;
  readonly now: Instant;
  readonly scratch: ActivityScratch;
  readonly tally: ActivityTally;
  readonly campaigns: CampaignPlan;
  /** Campaigns whose reports were not read, and why. */
  readonly held: readonly HeldCampaign[];
  /** Subjects of campaigns that wait no more. */
  readonly released: readonly string[];
  readonly brakes: readonly Brake[];
  /** What to remember once everything has found its place; absent where only some subjects were looked at. */
  readonly next?: ActivityState;
  /** Up to when the reports were read, by Mailchimp's clock. */
  readonly serverTime: Instant | undefined;
  /** Subjects that were read again whole: without trouble now, they are parked no more. */
  readonly reread: ReadonlySet<string>;
  readonly parked: ReadonlyMap<string, readonly Parked[]>;
  dispose(): Promise<void>;
}

/** Addresses looked up at once: as many as one query takes. */
const READERS_AT_ONCE = 200;

/** Reads what people did since the last run and decides what becomes of it. Writes nothing. */
export async function planActivity(
  job: ActivityJob,
  ports: ActivityPorts,
  { only, allow = [] }: ActivityRunOptions = {},
): Promise<PlannedActivity> {
  const { clock, store, progress, random } = ports;
  const scratch = await ports.openActivityScratch();
  try {
    const now = clock.now();
    const state = await readState(job, store);
    const parkedRows = await store.parked({ recipe: job.recipe });
    const waiting = campaignRows(parkedRows);
    progress.begin('read-right');
    const listed = await listCampaigns(job, ports, state, waiting);
    const campaigns = await planCampaigns(listed.campaigns, job, ports);
    const isAsked = (subject: string): boolean => only === undefined || only.includes(subject);
    const changed = listed.changed.filter(({ id }) => isAsked(subjectOfCampaign(id)));
    const missing = missingCampaigns(changed, campaigns, job.options);
    const free = changed.filter((one) => !missing.some(({ campaign }) => campaign === one));
    const gone = await readReports(free, job, ports, state, scratch);
    progress.end('read-right');
    const { rows, recordIds } = await rowsToLookAt(parkedRows, { job, ports, state, now, only });
    const readable = [...listed.campaigns].filter(([, one]) => !isMissing(one, campaigns, job.options));
    gone.push(...(await readAgain(rows, new Map(readable), job, ports, scratch)));
    const held = [...missing, ...goneCampaigns(gone, job.options)];
    const heldIds = new Set(held.map(({ campaign }) => campaign.id));

    progress.begin('plan', await scratch.countEvents());
    const context: ActivityContext = { options: job.options, now, campaigns: campaigns.byId };
    const tally = new ActivityTally();
    for (const { campaign, events } of held) {
      // Counted when it begins to wait and when it is asked for; at other times the failures tell of it.
      const isKnown = waiting.some(({ rightId }) => rightId === campaign.id);
      if (only !== undefined || !isKnown) tally.held += events;
    }
    const planned = new Set<string>();
    const add = async (plans: readonly PersonPlan[]): Promise<void> => {
      for (const plan of plans) {
        tally.add(plan);
        if (plan.person.recordId !== undefined) planned.add(plan.person.recordId);
      }
      await scratch.addPersonPlans(plans);
    };
    for (;;) {
      const readers = await scratch.takeReaders(READERS_AT_ONCE);
      if (readers.length === 0) break;
      await add(await planReaders(withoutCampaigns(readers, heldIds), context, job, ports));
      progress.advance(
        'plan',
        readers.reduce((sum, { events }) => sum + events.length, 0),
      );
    }
    for await (const ids of outdated(job, ports, state, now, recordIds)) {
      const some = ids.filter((id) => !planned.has(id));
      await add(await planRecords(some, context, job, ports));
    }
    progress.end('plan');
    return {
      runId: random.id(),
      job,
      now,
      scratch,
      tally,
      campaigns,
      held,
      released: waiting
        .filter(({ subject, rightId = '' }) => isAsked(subject) && !heldIds.has(rightId))
        .map(({ subject }) => subject),
      brakes: brakesOf(tally, job).filter(({ name }) => !allow.includes(name)),
      ...(only === undefined
        ? { next: { campaigns: readSoFar(listed, heldIds, state), lookedAt: now, sweptAt: now } }
        : {}),
      serverTime: only === undefined ? listed.serverTime : undefined,
      reread: new Set(rows.map(({ subject }) => subject)),
      parked: Map.groupBy(parkedRows, ({ subject }) => subject),
      dispose: () => scratch.dispose(),
    };
  } catch (error) {
    await scratch.dispose();
    throw error;
  }
}

/** A report that broke off says neither everything nor which opens were a machine's. */
function withoutCampaigns(readers: readonly StagedReader[], held: ReadonlySet<string>): StagedReader[] {
  return readers
    .map(({ email, events }) => ({ email, events: events.filter(({ campaignId }) => !held.has(campaignId)) }))
    .filter(({ events }) => events.length > 0);
}

/** A campaign that waits stays as it was last read. */
function readSoFar(
  { next }: ListedCampaigns,
  heldIds: ReadonlySet<string>,
  { campaigns: before }: ActivityState,
): ActivityState['campaigns'] {
  return Object.fromEntries(
    Object.entries(next).flatMap(([id, read]) => {
      const one = heldIds.has(id) ? before[id] : read;
      return one === undefined ? [] : [[id, one]];
    }),
  );
}

async function planReaders(
  readers: readonly StagedReader[],
  context: ActivityContext,
  job: ActivityJob,
  { target, ledger, key }: ActivityPorts,
): Promise<PersonPlan[]> {
  const emails = readers.map(({ email }) => email);
  const people = await findPeople(emails, job.people, job.personColumns, target);
  const known = [...people.values()];
  const ids = known.map(({ id }) => id);
  const delivered = Map.groupBy(await ledger.delivered(job.recipe, ids), ({ recordId }) => recordId);
  const members = Map.groupBy(await membersOf(readers, known, context, target), ({ personId }) => personId);
  return readers.map(({ email, events }) => {
    const record = people.get(addressKey(email));
    return planPerson(
      {
        email,
        keyHash: keyHashOf(email, key),
        ...(record === undefined ? {} : { record }),
        events,
        delivered: delivered.get(record?.id ?? '') ?? [],
        members: members.get(record?.id ?? '') ?? [],
      },
      context,
    );
  });
}

async function membersOf(
  readers: readonly StagedReader[],
  people: readonly CrmPerson[],
  { options, campaigns }: ActivityContext,
  target: ActivityPorts['target'],
): Promise<CrmMember[]> {
  if (options.member === undefined || people.length === 0) return [];
  const touched = new Set(readers.flatMap(({ events }) => events.map(({ campaignId }) => campaignId)));
  const ids = [...touched].flatMap((id) => campaigns.get(id)?.crmId ?? []);
  return ids.length === 0
    ? []
    : target.members(
        ids,
        people.map(({ id }) => id),
      );
}

/** People about whom nothing new was read, but whose counts are no longer right. */
async function planRecords(
  ids: readonly string[],
  context: ActivityContext,
  job: ActivityJob,
  { target, ledger, key }: ActivityPorts,
): Promise<PersonPlan[]> {
  if (ids.length === 0) return [];
  const delivered = Map.groupBy(await ledger.delivered(job.recipe, ids), ({ recordId }) => recordId);
  const people: CrmPerson[] = [];
  for (const object of job.people) {
    const prefix = object === 'Contact' ? '003' : '00Q';
    const own = ids.filter((id) => id.startsWith(prefix));
    people.push(...(await target.peopleById(object, own, job.personColumns)));
  }
  return people
    .map((record) =>
      planPerson(
        {
          email: record.email,
          keyHash: keyHashOf(record.email, key),
          record,
          events: [],
          delivered: delivered.get(record.id) ?? [],
          members: [],
        },
        context,
      ),
    )
    .filter(({ writes }) => writes.length > 0);
}

/** Pages of records whose counts have changed because time has passed, and of those that failed to be updated. */
async function* outdated(
  { recipe, options }: ActivityJob,
  { ledger }: ActivityPorts,
  { sweptAt }: ActivityState,
  now: Instant,
  failed: readonly string[],
): AsyncGenerator<readonly string[]> {
  if (failed.length > 0) yield failed;
  const counts = options.rollUps !== undefined || options.thresholds.length > 0;
  if (sweptAt === undefined || !counts) return;
  const spanMs = options.days * DAY_MS;
  let after = '';
  for (;;) {
    const ids = await ledger.recordsBetween(recipe, sweptAt - spanMs, now - spanMs, after, READERS_AT_ONCE);
    const last = ids.at(-1);
    if (last === undefined) return;
    yield ids;
    after = last;
  }
}

function brakesOf({ planned }: ActivityTally, { mostCreates }: ActivityJob): Brake[] {
  const { leads, followUps, owners } = planned;
  const made = leads + followUps + owners;
  if (made <= mostCreates) return [];
  const message = `${leads} leads and ${followUps} follow-ups would be created and ${owners} owners changed; ${mostCreates} are allowed at once`;
  return [{ name: 'creates', code: 'BRAKE_CREATES', message }];
}

function keyHashOf(email: string, key: FingerprintKey): string {
  return fingerprint(key, addressKey(email));
}

import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { inParallel } from '../../http/in-parallel.ts';
import type { ActivityEvent, SentCampaign } from '../../model/activity.ts';
import type { Instant } from '../../model/instant.ts';
import type { Parked } from '../../model/parked.ts';
import type { ActivityScratch } from '../../ports/activity-scratch.ts';
import type { ActivityJob, ActivityPorts, ActivityState } from './activity-job.ts';
import { readReport } from './read-report.ts';

/** What there are reports of. */
export interface ListedCampaigns {
  /** All campaigns that are followed, by id. */
  readonly campaigns: ReadonlyMap<string, SentCampaign>;
  /** Those whose report has counted anything since it was last read. */
  readonly changed: readonly SentCampaign[];
  /** What to remember of each once everything in its report has found its place. */
  readonly next: ActivityState['campaigns'];
  readonly serverTime: Instant | undefined;
}

/** Of Mailchimp's ten connections, which are shared with every other client of the account. */
const REPORTS_AT_ONCE = 4;

/**
 * One listing of all reports tells which of them have counted anything since they were last read: the others cost no
 * call.
 *
 * @param waiting campaigns that wait for something are followed until they have it
 */
export async function listCampaigns(
  job: ActivityJob,
  { source, clock }: ActivityPorts,
  state: ActivityState,
  waiting: readonly Parked[],
): Promise<ListedCampaigns> {
  const followedSince = clock.now() - job.followMs;
  const sentSince = Math.min(followedSince, ...waiting.map(({ firstAt }) => firstAt - job.followMs));
  const waitingIds = new Set(waiting.map(({ rightId }) => rightId));
  const isFollowed = ({ id, listId, sentAt }: SentCampaign): boolean =>
    (job.listId === undefined || listId === job.listId) && (sentAt >= followedSince || waitingIds.has(id));
  const found = new Map<string, SentCampaign>();
  let serverTime: Instant | undefined;
  for await (const page of source.campaigns(sentSince)) {
    serverTime ??= page.serverTime;
    for (const campaign of page.campaigns) if (isFollowed(campaign)) found.set(campaign.id, campaign);
  }
  const until = serverTime ?? clock.now();
  const next: Record<string, ActivityState['campaigns'][string]> = {};
  for (const [id, campaign] of found) {
    const before = state.campaigns[id];
    const seen = seenOf(campaign);
    next[id] = before?.seen === seen ? before : { until, seen };
  }
  const changed = [...found.values()].filter(({ id }) => next[id] !== state.campaigns[id]);
  return { campaigns: found, changed, next, serverTime };
}

/**
 * Stages what is new in the reports of these campaigns.
 *
 * @returns those that somebody deleted meanwhile: what is staged of them is not whole
 */
export async function readReports(
  campaigns: readonly SentCampaign[],
  job: ActivityJob,
  ports: ActivityPorts,
  state: ActivityState,
  scratch: ActivityScratch,
): Promise<SentCampaign[]> {
  const gone: SentCampaign[] = [];
  await inParallel(campaigns, REPORTS_AT_ONCE, async (campaign) => {
    const read = (): Promise<void> =>
      readCampaign(campaign, state.campaigns[campaign.id], job, ports, scratch);
    if (!(await isStillThere(read))) gone.push(campaign);
  });
  return gone;
}

/** False where the campaign was deleted before it was read. */
async function isStillThere(read: () => Promise<void>): Promise<boolean> {
  try {
    await read();
    return true;
  } catch (error) {
    if (error instanceof StackbridgeError && error.code === 'RECORD_GONE') return false;
    throw error;
  }
}

async function readCampaign(
  campaign: SentCampaign,
  before: ActivityState['campaigns'][string] | undefined,
  job: ActivityJob,
  { source, progress }: ActivityPorts,
  scratch: ActivityScratch,
): Promise<void> {
  const since = before === undefined ? job.since : before.until - job.overlapMs;
  const { events: kinds, machineOpens } = job.options;
  const known = {
    sent: countedBefore(before?.seen, 'sent'),
    unsubscribes: countedBefore(before?.seen, 'unsubscribes'),
  };
  await readReport(campaign, { kinds, since, tellsMachines: machineOpens !== 'count', known }, source, {
    async stageEvents(events) {
      // Lists of unsubscribes and sends come whole.
      const wanted = events.filter(({ at }) => job.since === undefined || at >= job.since);
      await scratch.stageEvents(wanted);
      progress.advance('read-right', wanted.length);
    },
    markMachine: (keys) => scratch.markMachine(keys),
  });
}

/**
 * Stages again what could not be written before, from the member's own report.
 *
 * @param campaigns those that can be read now; what concerns others goes on waiting
 * @returns campaigns that somebody deleted meanwhile
 */
export async function readAgain(
  rows: readonly Parked[],
  campaigns: ReadonlyMap<string, SentCampaign>,
  { options }: ActivityJob,
  { source }: ActivityPorts,
  scratch: ActivityScratch,
): Promise<SentCampaign[]> {
  const listed = new Set<string>();
  const gone = new Set<SentCampaign>();
  const readOne = async (
    campaign: SentCampaign,
    memberHash: string,
    fields: readonly string[],
  ): Promise<void> => {
    const { id: campaignId } = campaign;
    const events = [...(await source.activityOf(campaign, memberHash))];
    const stage = (some: readonly ActivityEvent[]) =>
      scratch.stageEvents(some.filter(({ kind }) => options.events.has(kind)));
    await stage(events);
    if (events.some(({ kind }) => kind === 'open') && options.machineOpens !== 'count') {
      for await (const keys of source.machineOpens(campaign)) await scratch.markMachine(keys);
    }
    // These two are in no member's report: the whole list is read, once.
    for (const [kind, read] of [
      ['unsubscribe', source.unsubscribes],
      ['send', source.sends],
    ] as const) {
      if (!fields.includes(kind) || listed.has(`${kind} ${campaignId}`)) continue;
      listed.add(`${kind} ${campaignId}`);
      for await (const page of read(campaign)) await stage(page);
    }
  };
  await inParallel(rows, REPORTS_AT_ONCE, async ({ subject, fields }) => {
    const [campaignId = '', memberHash = ''] = subject.split(':');
    const campaign = campaigns.get(campaignId);
    if (campaign === undefined) return;
    if (!(await isStillThere(() => readOne(campaign, memberHash, fields)))) gone.add(campaign);
  });
  return [...gone];
}

/** The counts of a report as one text: any difference means that there is something to read. */
function seenOf({ counts, last }: SentCampaign): string {
  const { sent, unsubscribes, opens, clicks, bounces } = counts;
  return [sent, unsubscribes, opens, clicks, bounces, last].join(' ');
}

function countedBefore(seen: string | undefined, name: 'sent' | 'unsubscribes'): number | undefined {
  if (seen === undefined) return undefined;
  return Number(seen.split(' ')[name === 'sent' ? 0 : 1]);
}

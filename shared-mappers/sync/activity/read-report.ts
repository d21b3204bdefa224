import type { ActivityEvent, EventKind, SentCampaign } from '../../model/activity.ts';
import type { Instant } from '../../model/instant.ts';
import type { ActivityScratch } from '../../ports/activity-scratch.ts';
import type { ActivitySource } from '../../ports/activity-source.ts';

/** What of a campaign's report is wanted. */
export interface ReportWanted {
  readonly kinds: ReadonlySet<EventKind>;
  /** Opens, clicks and bounces from before it are left unread; absent: none. */
  readonly since: Instant | undefined;
  /** Whether opens by mail programs are to be told apart. */
  readonly tellsMachines: boolean;
  /** How long these lists were when they were last read: one that is no longer is left unread. Absent: never read. */
  readonly known?: { readonly sent: number | undefined; readonly unsubscribes: number | undefined };
}

/** Stages what is wanted of one campaign's report, in the order in which nothing is taken for what it is not. */
export async function readReport(
  campaign: SentCampaign,
  { kinds, since, tellsMachines, known }: ReportWanted,
  source: ActivitySource,
  { stageEvents, markMachine }: Pick<ActivityScratch, 'stageEvents' | 'markMachine'>,
): Promise<void> {
  const { counts } = campaign;
  const stage = async (pages: AsyncIterable<readonly ActivityEvent[]>): Promise<void> => {
    for await (const events of pages) await stageEvents(events.filter(({ kind }) => kinds.has(kind)));
  };
  const wants = (...some: EventKind[]): boolean => some.some((kind) => kinds.has(kind));
  if (wants('open', 'click', 'bounce') && counts.opens + counts.clicks + counts.bounces > 0) {
    await stage(source.activity(campaign, since));
    // After the activity, so that no open is taken for a person's because it came in between.
    if (wants('open') && tellsMachines && counts.opens > 0) {
      for await (const keys of source.machineOpens(campaign, since)) await markMachine(keys);
    }
  }
  const isLonger = (name: 'sent' | 'unsubscribes'): boolean =>
    counts[name] > 0 && known?.[name] !== counts[name];
  if (wants('unsubscribe') && isLonger('unsubscribes')) await stage(source.unsubscribes(campaign));
  if (wants('send') && isLonger('sent')) await stage(source.sends(campaign));
}

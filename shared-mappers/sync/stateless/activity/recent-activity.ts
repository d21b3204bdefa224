import type { ActivityEvent, EventKind, SentCampaign } from '../../../model/activity.ts';
import type { Instant } from '../../../model/instant.ts';
import type { ActivitySource } from '../../../ports/activity-source.ts';
import { readReport } from '../../activity/read-report.ts';
import { memoryActivityScratch } from './memory-activity-scratch.ts';

export interface RecentlyWanted {
  /** Of the audience; absent: campaigns to all of them. */
  readonly listId?: string | undefined;
  readonly kinds: readonly EventKind[];
  /** Campaigns sent before are followed no more. */
  readonly sentSince: Instant;
  readonly since: Instant;
}

/** What people did with each followed campaign since then, the newest campaign first; opens by mail programs are told apart. */
export async function* recentActivity(
  source: ActivitySource,
  { listId, kinds, sentSince, since }: RecentlyWanted,
): AsyncGenerator<{ readonly campaign: SentCampaign; readonly events: readonly ActivityEvent[] }> {
  const campaigns: SentCampaign[] = [];
  for await (const page of source.campaigns(sentSince)) campaigns.push(...page.campaigns);
  const followed = campaigns
    .filter((one) => one.sentAt >= sentSince && (listId === undefined || listId === one.listId))
    .toSorted((one, other) => other.sentAt - one.sentAt);
  for (const campaign of followed) {
    const scratch = memoryActivityScratch();
    await readReport(campaign, { kinds: new Set(kinds), since, tellsMachines: true }, source, scratch);
    const readers = await scratch.takeReaders(await scratch.countEvents());
    const events = readers.flatMap((reader) => reader.events).filter(({ at }) => at >= since);
    yield { campaign, events };
  }
}

import { createActivitySource } from '@stackbridge/shared-mappers/connectors/mailchimp/activity-source.ts';
import { listAudiences } from '@stackbridge/shared-mappers/connectors/mailchimp/audience.ts';
import type { ActivityEvent, EventKind, SentCampaign } from '@stackbridge/shared-mappers/model/activity.ts';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { ActivitySource } from '@stackbridge/shared-mappers/ports/activity-source.ts';
import { packActivity } from '../activity/activity-delivery.ts';
import { clientOf } from '../connection/client.ts';
import type { Step } from '../step.ts';
import { allOf } from './all-of.ts';
import { sinceOf } from './since.ts';

const DAY_MS = 86_400_000;

export interface EventsWanted {
  /** Id; absent: campaigns to all audiences. */
  readonly audience?: string | undefined;
  readonly events: readonly EventKind[];
  /** Days after it was sent that a campaign is followed. */
  readonly followDays: number;
  /** Milliseconds. */
  readonly lookBack: number;
}

/** What people did with campaigns within the time looked back on, newest first, opens by mail programs told apart. */
export async function campaignEvents(step: Step, wanted: EventsWanted) {
  const client = clientOf({ system: 'mailchimp' }, step.bundle.authData, step.ports);
  const source = createActivitySource(client);
  const since = sinceOf(step, wanted.lookBack);
  const names = new Map((await listAudiences(client)).map(({ id, name }) => [id, name]));
  const items = [];
  for (const campaign of await campaignsOf(source, step.ports.clock.now(), wanted)) {
    const audience = names.get(campaign.listId) ?? '';
    for (const event of await eventsOf(campaign, source, since, wanted.events))
      items.push(eventItem({ audience, campaign, event }));
    if (step.bundle.meta.isLoadingSample === true && items.length > 0) break;
  }
  return items.toSorted((a, b) => b.at.localeCompare(a.at));
}

/** Newest first. */
async function campaignsOf(
  source: ActivitySource,
  now: Instant,
  { audience, followDays }: EventsWanted,
): Promise<SentCampaign[]> {
  const sentSince = now - followDays * DAY_MS;
  const pages = await allOf(pagesOf(source, sentSince));
  return pages
    .filter(({ listId, sentAt }) => sentAt >= sentSince && (audience === undefined || audience === listId))
    .toSorted((a, b) => b.sentAt - a.sentAt);
}

async function* pagesOf(source: ActivitySource, sentSince: Instant): AsyncGenerator<readonly SentCampaign[]> {
  for await (const { campaigns } of source.campaigns(sentSince)) yield campaigns;
}

async function eventsOf(
  campaign: SentCampaign,
  source: ActivitySource,
  since: Instant,
  wanted: readonly EventKind[],
): Promise<ActivityEvent[]> {
  const { counts } = campaign;
  const wants = (...kinds: EventKind[]): boolean => kinds.some((kind) => wanted.includes(kind));
  const events: ActivityEvent[] = [];
  if (wants('open', 'click', 'bounce') && counts.opens + counts.clicks + counts.bounces > 0)
    events.push(...(await allOf(source.activity(campaign, since))));
  // After the activity, so that no open is taken for a person's because it came in between.
  const byMachine = new Set(
    wants('open') && counts.opens > 0 ? await allOf(source.machineOpens(campaign, since)) : [],
  );
  if (wants('unsubscribe') && counts.unsubscribes > 0)
    events.push(...(await allOf(source.unsubscribes(campaign))));
  return events
    .filter(({ kind, at }) => wanted.includes(kind) && at >= since)
    .map((event) => (byMachine.has(event.key) ? { ...event, machine: true } : event));
}

function eventItem(delivery: Parameters<typeof packActivity>[0]) {
  const { campaign, event } = delivery;
  return {
    id: `${campaign.id}-${event.key}`,
    event: event.kind,
    email: event.email,
    at: new Date(event.at).toISOString(),
    campaignId: campaign.id,
    campaign: campaign.title,
    subject: campaign.subject,
    audience: delivery.audience,
    url: event.url ?? '',
    detail: event.detail ?? '',
    byMachine: event.machine,
    activity: packActivity(delivery),
  };
}

import { createActivitySource } from '@stackbridge/shared-mappers/connectors/mailchimp/activity-source.ts';
import { listAudiences } from '@stackbridge/shared-mappers/connectors/mailchimp/audience.ts';
import type { EventKind } from '@stackbridge/shared-mappers/model/activity.ts';
import {
  type ActivityDelivery,
  packActivity,
} from '@stackbridge/shared-mappers/sync/stateless/activity/activity-delivery.ts';
import { recentActivity } from '@stackbridge/shared-mappers/sync/stateless/activity/recent-activity.ts';
import { clientOf } from '../connection/client.ts';
import type { Step } from '../step.ts';
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
  const names = new Map((await listAudiences(client)).map(({ id, name }) => [id, name]));
  const items = [];
  const recent = recentActivity(source, {
    listId: wanted.audience,
    kinds: wanted.events,
    sentSince: step.ports.clock.now() - wanted.followDays * DAY_MS,
    since: sinceOf(step, wanted.lookBack),
  });
  for await (const { campaign, events } of recent) {
    const audience = names.get(campaign.listId) ?? '';
    items.push(...events.map((event) => eventItem({ audience, campaign, event })));
    if (step.bundle.meta.isLoadingSample === true && items.length > 0) break;
  }
  return items.toSorted((a, b) => b.at.localeCompare(a.at));
}

function eventItem(delivery: ActivityDelivery) {
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

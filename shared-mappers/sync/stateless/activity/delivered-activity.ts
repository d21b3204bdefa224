import {
  type ActivityEvent,
  type EventKind,
  memberHashOf,
  type SentCampaign,
} from '../../../model/activity.ts';
import type { ActivitySource } from '../../../ports/activity-source.ts';
import type { ActivityDelivery } from './activity-delivery.ts';

const COUNTED = {
  send: 'sent',
  open: 'opens',
  click: 'clicks',
  bounce: 'bounces',
  unsubscribe: 'unsubscribes',
} as const satisfies Record<EventKind, keyof SentCampaign['counts']>;

/** The side that a step cannot reach: all there is of the reports is the event that was delivered. */
export function deliveredActivity({ campaign, event }: ActivityDelivery): ActivitySource {
  const none = { sent: 0, opens: 0, clicks: 0, bounces: 0, unsubscribes: 0 };
  const sent: SentCampaign = { ...campaign, counts: { ...none, [COUNTED[event.kind]]: 1 }, last: '' };
  const where = (isMeant: boolean): readonly ActivityEvent[] => (isMeant ? [event] : []);
  const isReported = event.kind !== 'send' && event.kind !== 'unsubscribe';
  return {
    system: 'mailchimp',
    campaigns: () => page({ campaigns: [sent] }),
    activity: () => page(where(isReported)),
    machineOpens: () => page(event.machine ? [event.key] : []),
    unsubscribes: () => page(where(event.kind === 'unsubscribe')),
    sends: () => page(where(event.kind === 'send')),
    activityOf: async () => where(isReported),
    memberHash: () => memberHashOf(event),
  };
}

async function* page<Page>(only: Page): AsyncGenerator<Page> {
  yield only;
}

import type { ActivityEvent } from '../../model/activity.ts';

/** What tasks and records call the kinds of events. */
export const EVENT_WORDS: Readonly<Record<ActivityEvent['kind'], string>> = {
  send: 'Sent',
  open: 'Opened',
  click: 'Clicked',
  bounce: 'Bounced',
  unsubscribe: 'Unsubscribed',
};

/** As a datetime of Salesforce. */
export function wireTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}.000+0000`;
}

export function wireDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

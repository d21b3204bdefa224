import type { Instant } from './instant.ts';

/** What can happen to a campaign's mail. */
export const EVENT_KINDS = ['send', 'open', 'click', 'bounce', 'unsubscribe'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** One thing that one person did with one campaign, as a report tells it. */
export interface ActivityEvent {
  /**
   * The same event has the same key whenever and wherever it is read: 16 hexadecimal digits of what happened, then the
   * 32 of the member's hash.
   */
  readonly key: string;
  readonly campaignId: string;
  readonly kind: EventKind;
  readonly email: string;
  readonly at: Instant;
  /** The link of a click. */
  readonly url?: string;
  /** `hard` or `soft` of a bounce, the reason of an unsubscribe. */
  readonly detail?: string;
  /** An open by a mail program's server, which fetches pictures whether or not anybody looks. */
  readonly machine: boolean;
}

/** What happened, without to whom: a person may have got another address since, and with it another hash. */
export function momentOf({ key }: Pick<ActivityEvent, 'key'>): string {
  return key.slice(0, 16);
}

/** Names a member in reports by the address. */
export function memberHashOf({ key }: Pick<ActivityEvent, 'key'>): string {
  return key.slice(16);
}

/** A campaign that has been sent, and what its report counts so far. */
export interface SentCampaign {
  readonly id: string;
  /** Its audience. */
  readonly listId: string;
  readonly title: string;
  readonly subject: string;
  readonly sentAt: Instant;
  readonly counts: {
    readonly sent: number;
    readonly opens: number;
    readonly clicks: number;
    readonly bounces: number;
    readonly unsubscribes: number;
  };
  /** Times of the last open and click, as the report words them. */
  readonly last: string;
}

/** An event that stands in the CRM, or a follow-up that was made: the base of campaign activity. Holds no address. */
export interface DeliveredEvent {
  readonly key: string;
  readonly kind: EventKind | 'follow-up';
  readonly campaignId: string;
  /** The person's record. */
  readonly recordId: string;
  readonly machine: boolean;
  readonly at: Instant;
}

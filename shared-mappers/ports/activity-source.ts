import type { ActivityEvent, SentCampaign } from '../model/activity.ts';
import type { Instant } from '../model/instant.ts';

export interface CampaignPage {
  readonly campaigns: readonly SentCampaign[];
  /** The server's time from before this listing began; only on the first page. */
  readonly serverTime?: Instant;
}

/**
 * Reports of what was sent, read only. Listings yield pages; an incomplete one rejects with `LISTING_INCOMPLETE`, one of a
 * campaign that was deleted with `RECORD_GONE`. Events may come twice, with the same key.
 */
export interface ActivitySource {
  readonly system: 'mailchimp';
  /** Campaigns sent at or after the moment. */
  campaigns(sentSince: Instant): AsyncIterable<CampaignPage>;
  /** Opens, clicks and bounces at or after the moment; without it all of them. No open is known to be a machine's. */
  activity(campaign: SentCampaign, since?: Instant): AsyncIterable<readonly ActivityEvent[]>;
  /** Keys of the opens at or after the moment that were a machine's. */
  machineOpens(campaign: SentCampaign, since?: Instant): AsyncIterable<readonly string[]>;
  /** All of them, always: Mailchimp cannot be asked for those since a moment. */
  unsubscribes(campaign: SentCampaign): AsyncIterable<readonly ActivityEvent[]>;
  sends(campaign: SentCampaign): AsyncIterable<readonly ActivityEvent[]>;
  /** Opens, clicks and bounces of one member; empty where the report does not know the member. */
  activityOf(campaign: SentCampaign, memberHash: string): Promise<readonly ActivityEvent[]>;
  /** The hash by which reports name whoever has the address. */
  memberHash(email: string): string;
}

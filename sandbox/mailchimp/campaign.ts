import { type Account, freshId, nowS } from './account.ts';
import type { Audience } from './audience.ts';
import { notFound } from './problem.ts';

/** An open as the report tells it. `proxy`: a mail program's server fetched the picture, nobody need have looked. */
export interface Open {
  /** Seconds since 1970. */
  readonly atS: number;
  readonly proxy: boolean;
}

export interface Click {
  readonly atS: number;
  readonly url: string;
}

/** What became of one campaign's mail to one contact. */
export interface Delivery {
  readonly contactId: string;
  /** When it went out; some of a large campaign go out hours after the first. */
  readonly sentS: number;
  readonly opens: Open[];
  readonly clicks: Click[];
  bounce: { readonly atS: number; readonly type: 'hard' | 'soft' } | undefined;
  unsubscribe: { readonly atS: number; readonly reason: string } | undefined;
}

/** A campaign that has been sent. */
export interface Campaign {
  readonly id: string;
  readonly webId: number;
  readonly listId: string;
  title: string;
  subject: string;
  readonly createdS: number;
  readonly sentS: number;
  /** By contact id, in order of sending. */
  readonly deliveries: Map<string, Delivery>;
}

/** Sends a campaign. @param to contacts; each gets one mail */
export function sendCampaign(
  account: Account,
  listId: string,
  words: { readonly title: string; readonly subject: string },
  to: readonly { readonly contactId: string }[],
  sentS: number = nowS(account),
): Campaign {
  const campaign: Campaign = {
    id: freshId(account, 'campaign'),
    webId: 5_530_000 + account.campaigns.size,
    listId,
    ...words,
    createdS: sentS - 3600,
    sentS,
    deliveries: new Map(),
  };
  for (const { contactId } of to) deliver(campaign, contactId, sentS);
  account.campaigns.set(campaign.id, campaign);
  return campaign;
}

export function deliver(campaign: Campaign, contactId: string, sentS: number): Delivery {
  const delivery: Delivery = {
    contactId,
    sentS,
    opens: [],
    clicks: [],
    bounce: undefined,
    unsubscribe: undefined,
  };
  campaign.deliveries.set(contactId, delivery);
  return delivery;
}

/** @throws Problem 404 when there is no such campaign */
export function findCampaign(account: Account, id: string): Campaign {
  const campaign = account.campaigns.get(id);
  if (campaign === undefined) throw notFound();
  return campaign;
}

/** Takes a contact that is deleted for good out of every report of its audience. */
export function forgetDeliveries(account: Account, { id }: Audience, contactId: string): void {
  for (const campaign of account.campaigns.values()) {
    if (campaign.listId === id) campaign.deliveries.delete(contactId);
  }
}

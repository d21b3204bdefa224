import { findAudience, nowS } from '../mailchimp/account.ts';
import { type Campaign, sendCampaign } from '../mailchimp/campaign.ts';
import type { Mailchimp } from '../mailchimp/mailchimp.ts';
import type { Member } from '../mailchimp/member.ts';
import { Dice } from './dice.ts';
import { CONTACT_AUDIENCE } from './seed.ts';

/** How many campaigns to seed, and what people did with them. */
export interface CampaignSeedOptions {
  /** Same seed, same campaigns. Default 1. */
  seed?: number | undefined;
  campaigns: number;
  /** Opens, clicks and bounces of each campaign together. Default: about two for every five mails. */
  events?: number | undefined;
  /** Share of opens by mail programs rather than people, 0 to 1. Default 0.3. */
  machines?: number | undefined;
  /** Audience. Default: that of the contacts. */
  list?: string | undefined;
  /** Days over which they were sent, ending now. Default 28. */
  days?: number | undefined;
}

/** What was seeded. */
export interface CampaignSeedManifest {
  seed: number;
  /** Ids, oldest first. */
  campaigns: string[];
  sends: number;
  opens: number;
  machineOpens: number;
  clicks: number;
  bounces: number;
}

const DAY_S = 24 * 3600;
const TOPICS = ['news', 'offers', 'events', 'product'];

/** Sends campaigns to everybody subscribed and lets people open and click them. Adds to what is there. */
export function seedCampaigns(
  { account }: Pick<Mailchimp, 'account'>,
  options: CampaignSeedOptions,
): CampaignSeedManifest {
  const { seed = 1, campaigns, list = CONTACT_AUDIENCE, days = 28, machines = 0.3 } = options;
  const dice = new Dice(seed * 2 + 5);
  const readers = [...findAudience(account, list).members.all()].filter(
    ({ status }) => status === 'subscribed',
  );
  const manifest: CampaignSeedManifest = {
    seed,
    campaigns: [],
    sends: 0,
    opens: 0,
    machineOpens: 0,
    clicks: 0,
    bounces: 0,
  };
  const now = nowS(account);
  for (let i = 0; i < campaigns; i++) {
    const sentS = now - Math.round(((campaigns - i) * days * DAY_S) / (campaigns + 1));
    const topic = dice.pick(TOPICS);
    const words = { title: `Campaign ${i + 1}: ${topic}`, subject: `Our ${topic}, issue ${i + 1}` };
    const campaign = sendCampaign(account, list, words, readers, sentS);
    manifest.campaigns.push(campaign.id);
    manifest.sends += readers.length;
    const events = options.events ?? Math.round(readers.length * 0.4);
    if (readers.length > 0) letPeopleRead({ campaign, readers, events, machines, now, dice }, manifest);
  }
  return manifest;
}

interface Reading {
  readonly campaign: Campaign;
  readonly readers: readonly Member[];
  readonly events: number;
  readonly machines: number;
  readonly now: number;
  readonly dice: Dice;
}

function letPeopleRead(reading: Reading, manifest: CampaignSeedManifest): void {
  const { campaign, readers, events, machines, now, dice } = reading;
  for (let n = 0; n < events; n++) {
    const delivery = campaign.deliveries.get(dice.pick(readers).contactId);
    if (delivery === undefined) continue;
    // Every event of the campaign at a second of its own, as far as there are enough.
    const atS = campaign.sentS + 1 + Math.floor(((now - campaign.sentS - 1) * n) / events);
    const kind = dice.whole(100);
    if (kind < 70 || (kind >= 97 && delivery.bounce !== undefined)) {
      const proxy = dice.chance(machines);
      delivery.opens.push({ atS, proxy });
      manifest.opens += 1;
      if (proxy) manifest.machineOpens += 1;
    } else if (kind < 97) {
      delivery.clicks.push({ atS, url: `https://sandbox.test/${campaign.id}/${dice.pick(TOPICS)}` });
      manifest.clicks += 1;
    } else {
      delivery.bounce = { atS, type: 'soft' };
      manifest.bounces += 1;
    }
  }
}

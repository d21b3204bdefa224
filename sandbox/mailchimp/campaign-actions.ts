import { z } from 'zod';
import { type AdminAction, type AdminRecord, adminAction } from '../simulator.ts';
import { type Account, findAudience, nowS } from './account.ts';
import { type Campaign, type Delivery, deliver, findCampaign, sendCampaign } from './campaign.ts';
import { wireTime } from './member.ts';
import { announceCampaign } from './member-events.ts';
import { readTime } from './member-writes.ts';
import { clean, memberAt, unsubscribe } from './people-actions.ts';
import { notFound } from './problem.ts';
import { countReport } from './report-counts.ts';

/** The collection under which a user of the account finds what was sent. */
export const CAMPAIGNS = 'campaigns';

const NewCampaign = z.strictObject({
  list: z.string(),
  title: z.string(),
  /** Default: the title. */
  subject: z.string().optional(),
  /** ISO time; default: now. */
  send_time: z.string().optional(),
  /** Addresses or contact ids. Default: every subscribed member. */
  to: z.array(z.string()).optional(),
});

/** Sends a campaign as a user of the account does. @returns its id */
export function createCampaign(account: Account, values: AdminRecord): string {
  const { list, title, subject = title, send_time, to } = NewCampaign.parse(values);
  const { members } = findAudience(account, list);
  const recipients =
    to === undefined
      ? [...members.all()].filter(({ status }) => status === 'subscribed')
      : to.map((ref) => memberAt(account, list, ref).member);
  const sentS = readTime(send_time, 'send_time') ?? nowS(account);
  const campaign = sendCampaign(account, list, { title, subject }, recipients, sentS);
  announceCampaign(account, campaign);
  return campaign.id;
}

const Renaming = z.strictObject({ title: z.string().optional(), subject: z.string().optional() });

export function editCampaign(account: Account, id: string, values: AdminRecord): void {
  const campaign = findCampaign(account, id);
  const { title = campaign.title, subject = campaign.subject } = Renaming.parse(values);
  campaign.title = title;
  campaign.subject = subject;
}

/** Its report goes with it. */
export function deleteCampaign(account: Account, id: string): void {
  account.campaigns.delete(findCampaign(account, id).id);
}

export function showCampaigns(account: Account): AdminRecord[] {
  return [...account.campaigns.values()].map((campaign: Campaign) => ({
    id: campaign.id,
    list: campaign.listId,
    title: campaign.title,
    subject: campaign.subject,
    send_time: wireTime(campaign.sentS),
    ...countReport(campaign),
  }));
}

const Mail = z.strictObject({
  campaign: z.string(),
  /** Address or contact id of whoever got it. */
  to: z.string(),
  /** ISO time; default: now. Reports also learn of things late. */
  at: z.string().optional(),
});

/** What people do with a campaign's mail, and what becomes of it: `POST /admin/mailchimp/open` and so on. */
export function campaignActions(account: Account): Readonly<Record<string, AdminAction>> {
  const mail = ({ campaign, to, at }: z.infer<typeof Mail>) => ({
    delivery: deliveryTo(account, findCampaign(account, campaign), to),
    atS: readTime(at, 'at') ?? nowS(account),
  });
  return {
    open: adminAction(Mail.extend({ machine: z.boolean().default(false) }), ({ machine, ...which }) => {
      const { delivery, atS } = mail(which);
      delivery.opens.push({ atS, proxy: machine });
    }),
    click: adminAction(Mail.extend({ url: z.url() }), ({ url, ...which }) => {
      const { delivery, atS } = mail(which);
      delivery.clicks.push({ atS, url });
    }),
    bounce: adminAction(Mail.extend({ type: z.enum(['hard', 'soft']).default('hard') }), (input) => {
      const { delivery, atS } = mail(input);
      delivery.bounce = { atS, type: input.type };
      // A hard bounce cleans the address at once.
      if (input.type === 'hard')
        clean(account, findCampaign(account, input.campaign).listId, input.to, input.campaign);
    }),
    leave: adminAction(Mail.extend({ reason: z.string().default('None given') }), (input) => {
      const { delivery, atS } = mail(input);
      // A report tells of one unsubscribe by each mail: the first.
      delivery.unsubscribe ??= { atS, reason: input.reason };
      const { id, listId } = findCampaign(account, input.campaign);
      unsubscribe(account, listId, input.to, 'self', undefined, id);
    }),
    deliver: adminAction(Mail, ({ campaign: id, to, at }) => {
      const campaign = findCampaign(account, id);
      const { member } = memberAt(account, campaign.listId, to);
      deliver(campaign, member.contactId, readTime(at, 'at') ?? nowS(account));
    }),
  };
}

/** The mail that somebody got. @param ref address or contact id @throws Problem 404 */
function deliveryTo(account: Account, campaign: Campaign, ref: string): Delivery {
  const { member } = memberAt(account, campaign.listId, ref);
  const delivery = campaign.deliveries.get(member.contactId);
  if (delivery === undefined) throw notFound();
  return delivery;
}

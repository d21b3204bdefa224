import { type Account, findAudience } from './account.ts';
import type { Audience } from './audience.ts';
import type { Campaign } from './campaign.ts';
import type { Actor, Member, MergeValue } from './member.ts';
import { webId } from './member-json.ts';
import { tell, type WebhookEvent } from './webhook.ts';
import type { Data } from './webhook-delivery.ts';

/**
 * Carries out a change of a member, and tells the audience's webhooks of it. Imports in batches come without: Mailchimp
 * does not tell of them reliably. Nor is anybody told of archived members.
 *
 * @param known undefined for somebody new
 * @param campaignId whose mail led to it
 */
export function announced(
  account: Account,
  audience: Audience,
  known: Member | undefined,
  by: Actor,
  change: () => Member,
  campaignId?: string,
): Member {
  if (audience.webhooks.length === 0) return change();
  const before = known === undefined ? undefined : { ...known };
  const member = change();
  const told = (type: WebhookEvent, data: Data): void =>
    tell(account, audience, type, by, { ...data, ...(campaignId ? { campaign_id: campaignId } : {}) });

  if (member.status !== before?.status) {
    if (member.status === 'subscribed') told('subscribe', profileOf(audience, member));
    if (member.status === 'unsubscribed' && before !== undefined)
      told('unsubscribe', { action: 'unsub', reason: 'manual', ...profileOf(audience, member) });
    if (member.status === 'cleaned')
      told('cleaned', { list_id: audience.id, campaign_id: '', reason: 'hard', email: member.email });
    return member;
  }
  if (member.hash !== before.hash) {
    const { id: list_id } = audience;
    told('upemail', {
      list_id,
      new_id: idOf(member),
      new_email: member.email,
      old_email: before.email,
    });
  }
  if (hasOtherProfile(before, member)) told('profile', profileOf(audience, member));
  return member;
}

export function announceCampaign(account: Account, { id, listId, subject }: Campaign): void {
  tell(account, findAudience(account, listId), 'campaign', 'admin', {
    id,
    subject,
    status: 'sent',
    reason: '',
    list_id: listId,
  });
}

/** Arrays are replaced, never changed in place. */
function hasOtherProfile(before: Member, after: Member): boolean {
  return (
    before.emailType !== after.emailType ||
    JSON.stringify([before.merge, before.interests]) !== JSON.stringify([after.merge, after.interests])
  );
}

/** The number that Mailchimp's older interfaces know an address by. */
function idOf({ hash }: Member): string {
  return hash.slice(22);
}

function profileOf(audience: Audience, member: Member): Data {
  const merges: Record<string, string | Data> = { EMAIL: member.email };
  for (const { tag, slot } of audience.mergeFields) merges[tag] = mergeText(member.merge[slot]);
  const chosen = audience.categories
    .flatMap(({ interests }) => interests)
    .filter(({ id }) => member.interests.includes(id));
  if (chosen.length > 0) merges.INTERESTS = chosen.map(({ name }) => name).join();
  return {
    id: idOf(member),
    list_id: audience.id,
    email: member.email,
    email_type: member.emailType,
    web_id: String(webId(member)),
    ip_opt: member.ipOpt,
    merges,
  };
}

function mergeText(value: MergeValue | undefined): string | Data {
  return typeof value === 'object' ? { ...value } : String(value ?? '');
}

import { z } from 'zod';
import { type Account, findAudience, nowS } from './account.ts';
import type { Audience } from './audience.ts';
import { emailFault, subscriberHash, tidyEmail } from './email-address.ts';
import type { Actor, Member, MemberStatus, MergeValue, WritableStatus } from './member.ts';
import { announced } from './member-events.ts';
import { forgetMember } from './member-routes.ts';
import { canArchive } from './member-rules.ts';
import { blankMember, setStatus } from './member-writes.ts';
import { tidyAddress } from './merge-values.ts';
import { cannotArchive, memberExists, notFound } from './problem.ts';
import { replaceTags } from './segments.ts';

/** Fields a person can fill in, in the API's names. Values are kept as typed: forms check less than the API does. */
export const MemberValues = z.object({
  email_address: z.string().optional(),
  status: z
    .enum(['subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional', 'archived'])
    .optional(),
  merge_fields: z.record(z.string(), z.unknown()).optional(),
  interests: z.record(z.string(), z.boolean()).optional(),
  /** The whole set of tags, by name. */
  tags: z.array(z.string()).optional(),
  language: z.string().optional(),
  vip: z.boolean().optional(),
});
export type MemberValues = z.infer<typeof MemberValues>;

/** Finds a member as a person would: by address, or by any id. @throws Problem 404 */
export function memberAt(
  account: Account,
  list: string,
  ref: string,
): { audience: Audience; member: Member } {
  const audience = findAudience(account, list);
  const member = audience.members.find(ref);
  if (member === undefined) throw notFound();
  return { audience, member };
}

/**
 * Somebody joins, or comes back: by the sign-up form (`self`) or in Mailchimp's own screens (`admin`). The person's
 * own sign-up also lifts compliance states and a permanent deletion.
 */
export function subscribe(
  account: Account,
  list: string,
  email: string,
  by: 'self' | 'admin',
  values: MemberValues = {},
  status: WritableStatus = 'subscribed',
): Member {
  const audience = findAudience(account, list);
  const address = tidyEmail(email);
  const fault = emailFault(address);
  if (fault !== undefined) throw fault;
  const hash = subscriberHash(address);
  const now = nowS(account);
  const known = audience.members.byHash(hash);
  return announced(account, audience, known, by, () => {
    const member = known ?? blankMember(account, address, hash, status);
    setStatus(audience, member, status, by, now);
    member.optS = now;
    if (by === 'self') {
      audience.forgotten.delete(hash);
      member.signupS = now;
      member.ipSignup = '198.51.100.23';
    }
    member.source = by === 'self' ? 'Hosted Signup Form' : 'Admin Add';
    fillIn(audience, member, values);
    if (known === undefined) {
      member.changedS = now;
      audience.members.add(member);
    } else {
      audience.members.touch(member, now);
    }
    if (values.tags !== undefined) replaceTags(account, audience, member, values.tags);
    return member;
  });
}

/**
 * @param reason default: what Mailchimp writes for whoever did it
 * @param campaignId whose mail had the link
 */
export function unsubscribe(
  account: Account,
  list: string,
  ref: string,
  by: Actor,
  reason?: string,
  campaignId?: string,
): void {
  const { audience, member } = memberAt(account, list, ref);
  const change = (): Member => {
    setStatus(audience, member, 'unsubscribed', by, nowS(account), reason);
    audience.members.touch(member, nowS(account));
    return member;
  };
  announced(account, audience, member, by, change, campaignId);
}

/**
 * A hard bounce, or too many soft ones: nothing can be mailed to this address any more.
 *
 * @param campaignId whose mail bounced
 */
export function clean(account: Account, list: string, ref: string, campaignId?: string): void {
  const { audience, member } = memberAt(account, list, ref);
  const change = (): Member => {
    setStatus(audience, member, 'cleaned', 'self', nowS(account));
    audience.members.touch(member, nowS(account));
    return member;
  };
  announced(account, audience, member, 'self', change, campaignId);
}

/** @throws Problem 405 on contacts that are bounced, pending or archived: Mailchimp's own screens refuse that too */
export function archive(account: Account, list: string, ref: string): void {
  const { audience, member } = memberAt(account, list, ref);
  if (!canArchive(member)) throw cannotArchive();
  setStatus(audience, member, 'archived', 'admin', nowS(account));
  audience.members.touch(member, nowS(account));
}

export function deletePermanently(account: Account, list: string, ref: string): void {
  const { audience, member } = memberAt(account, list, ref);
  forgetMember(account, audience, member);
}

/** The person moves to another address by the "update profile" form. @throws Problem when it is taken */
export function changeEmail(account: Account, list: string, ref: string, email: string): void {
  const { audience, member } = memberAt(account, list, ref);
  announced(account, audience, member, 'self', () => {
    rename(audience, member, email);
    audience.members.touch(member, nowS(account));
    return member;
  });
}

/** Edits whatever is given; `last_changed` moves even when the values are the same, as after pressing "Save". */
export function editMember(account: Account, list: string, ref: string, values: MemberValues): void {
  const { audience, member } = memberAt(account, list, ref);
  announced(account, audience, member, 'admin', () => {
    if (values.email_address !== undefined) rename(audience, member, values.email_address);
    if (values.status !== undefined) changeStatus(account, audience, member, values.status);
    fillIn(audience, member, values);
    if (values.tags !== undefined) replaceTags(account, audience, member, values.tags);
    audience.members.touch(member, nowS(account));
    return member;
  });
}

function changeStatus(account: Account, audience: Audience, member: Member, status: MemberStatus): void {
  if (status !== member.status) setStatus(audience, member, status, 'admin', nowS(account));
}

function rename(audience: Audience, member: Member, email: string): void {
  const address = tidyEmail(email);
  const fault = emailFault(address);
  if (fault !== undefined) throw fault;
  const holder = audience.members.byEmail(address);
  if (holder !== undefined && holder !== member) throw memberExists(address);
  audience.members.rename(member, address);
}

/** Puts values in as they are typed. */
function fillIn(audience: Audience, member: Member, values: MemberValues): void {
  if (values.merge_fields !== undefined) {
    const merge: Array<MergeValue | undefined> = [...member.merge];
    for (const field of audience.mergeFields) {
      const raw = values.merge_fields[field.tag];
      if (raw !== undefined) merge[field.slot] = typedValue(raw);
    }
    member.merge = merge;
  }
  for (const [id, isChosen] of Object.entries(values.interests ?? {})) {
    const others = member.interests.filter((known) => known !== id);
    member.interests = isChosen ? [...others, id] : others;
  }
  member.language = values.language ?? member.language;
  member.vip = values.vip ?? member.vip;
}

function typedValue(raw: unknown): MergeValue | undefined {
  if (raw === '' || raw === null || raw === undefined) return undefined;
  if (typeof raw === 'number') return raw;
  return typeof raw === 'object' ? tidyAddress(raw) : String(raw);
}

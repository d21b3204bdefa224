import type { Account } from '../mailchimp/account.ts';
import type { Audience } from '../mailchimp/audience.ts';
import { subscriberHash } from '../mailchimp/email-address.ts';
import type { Actor, Member, MemberStatus, MergeValue } from '../mailchimp/member.ts';
import { blankMember, setStatus } from '../mailchimp/member-writes.ts';
import type { AudienceLayout, SeededTag } from './audience-fields.ts';
import type { Person } from './person.ts';

/** A member to be seeded, before it is put into its audience. */
export interface MemberDraft {
  email: string;
  status: MemberStatus;
  /** Who unsubscribed them, where somebody did. */
  by: Actor;
  merge: Partial<Record<SeededTag, MergeValue>>;
  topics: readonly string[];
  tags: readonly string[];
  language: string;
}

/** A person as a member, equal to their contact in all that both sides hold. */
export function draftMember(person: Person): MemberDraft {
  const merge: MemberDraft['merge'] = { LNAME: person.lastName };
  if (person.firstName !== undefined) merge.FNAME = person.firstName;
  if (person.phone !== undefined) merge.PHONE = person.phone.international;
  if (person.birthdate !== undefined)
    merge.BIRTHDAY = `${person.birthdate.slice(5, 7)}/${person.birthdate.slice(8)}`;
  if (person.company !== undefined) merge.COMPANY = person.company.name;
  if (person.title !== undefined) merge.TITLE = person.title;
  if (person.tier !== undefined) merge.TIER = person.tier;
  if (person.points !== undefined) merge.POINTS = person.points;
  if (person.since !== undefined) merge.SINCE = person.since;
  if (person.website !== undefined) merge.WEBSITE = person.website;
  if (person.address !== undefined) {
    const { street, city, state, zip, countryCode } = person.address;
    merge.ADDRESS = { addr1: street, addr2: '', city, state, zip, country: countryCode };
  }
  return {
    email: person.email,
    status: 'subscribed',
    by: 'self',
    merge,
    topics: person.topics,
    tags: person.tags,
    language: person.language,
  };
}

/** Puts a draft into its audience as somebody who has been there since `joinedS` and last changed at `changedS`. */
export function plantMember(
  account: Account,
  audience: Audience,
  layout: AudienceLayout,
  draft: MemberDraft,
  joinedS: number,
  changedS: number,
): Member {
  const member = blankMember(account, draft.email, subscriberHash(draft.email), 'subscribed');
  setStatus(audience, member, 'subscribed', 'self', joinedS);
  if (draft.status !== 'subscribed') setStatus(audience, member, draft.status, draft.by, changedS);
  member.merge = mergeOf(layout, draft);
  member.interests = idsOf(layout.interests, draft.topics);
  member.tags = draft.tags.length === 0 ? NO_TAGS : tagsOf(layout, draft.tags, joinedS);
  member.language = draft.language;
  member.source = 'Hosted Signup Form';
  member.signupS = joinedS;
  member.optS = joinedS;
  member.ipOpt = '198.51.100.23';
  member.changedS = changedS;
  audience.members.add(member);
  return member;
}

const NO_TAGS: Member['tags'] = [];

function mergeOf(layout: AudienceLayout, draft: MemberDraft): Member['merge'] {
  const { slots } = layout;
  const { merge: m } = draft;
  const merge: Array<MergeValue | undefined> = [];
  merge[slots.FNAME] = m.FNAME;
  merge[slots.LNAME] = m.LNAME;
  merge[slots.ADDRESS] = m.ADDRESS;
  merge[slots.PHONE] = m.PHONE;
  merge[slots.BIRTHDAY] = m.BIRTHDAY;
  merge[slots.COMPANY] = m.COMPANY;
  merge[slots.TITLE] = m.TITLE;
  merge[slots.TIER] = m.TIER;
  merge[slots.POINTS] = m.POINTS;
  merge[slots.SINCE] = m.SINCE;
  merge[slots.WEBSITE] = m.WEBSITE;
  return merge;
}

function idsOf(ids: ReadonlyMap<string, string>, names: readonly string[]): readonly string[] {
  return names.map((name) => ids.get(name)).filter((id) => id !== undefined);
}

function tagsOf(layout: AudienceLayout, names: readonly string[], addedS: number): Member['tags'] {
  return names
    .map((name) => layout.tags.get(name))
    .filter((id) => id !== undefined)
    .map((id) => ({ id, addedS }));
}

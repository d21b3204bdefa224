import type { Audience } from './audience.ts';
import { interestIds } from './interests.ts';
import type { Member } from './member.ts';
import { readTime } from './member-writes.ts';
import { type Query, readChoice, readFlag, readText } from './query.ts';

const STATUSES = ['subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional', 'archived'] as const;
const SORT_FIELDS = ['timestamp_opt', 'timestamp_signup', 'last_changed'] as const;
const DIRECTIONS = ['ASC', 'DESC'] as const;
const MATCHES = ['any', 'all', 'none'] as const;

/** The parameters that choose and order members; pages of one listing differ in none of them. */
const CHOOSING = [
  'email_type',
  'status',
  'since_timestamp_opt',
  'before_timestamp_opt',
  'since_last_changed',
  'before_last_changed',
  'unique_email_id',
  'vip_only',
  'interest_category_id',
  'interest_ids',
  'interest_match',
  'sort_field',
  'sort_dir',
  'since_last_campaign',
  'unsubscribed_since',
] as const;

/** Listings kept for their next page. */
const KEPT = 4;

interface Kept {
  key: string;
  version: number;
  members: readonly Member[];
}

const kept = new WeakMap<Audience, Kept[]>();

/**
 * The members that a listing asks for, in its order. Without a `status` archived ones are left out. The bounds of
 * time are exclusive, as the reference words them ("changed after", "changed before").
 * @throws Problem on a parameter that does not fit
 */
export function listMembers(audience: Audience, query: Query): readonly Member[] {
  const key = CHOOSING.map((name) => query[name] ?? '').join('\n');
  const { version } = audience.members;
  let listings = kept.get(audience);
  if (listings === undefined) {
    listings = [];
    kept.set(audience, listings);
  }
  const known = listings.find((listing) => listing.key === key && listing.version === version);
  if (known !== undefined) return known.members;
  const members = chooseMembers(audience, query);
  listings.unshift({ key, version: audience.members.version, members });
  listings.length = Math.min(listings.length, KEPT);
  return members;
}

function chooseMembers(audience: Audience, query: Query): readonly Member[] {
  const sortField = readChoice(query, 'sort_field', SORT_FIELDS);
  const isDescending = readChoice(query, 'sort_dir', DIRECTIONS) === 'DESC';
  const sinceS = readTime(readText(query, 'since_last_changed'), 'since_last_changed');
  const beforeS = readTime(readText(query, 'before_last_changed'), 'before_last_changed');
  const isWanted = filterOf(audience, query);

  const isByChange = sortField === 'last_changed' || sinceS !== undefined || beforeS !== undefined;
  const candidates = isByChange
    ? audience.members.changedBetween(sinceS ?? Number.NEGATIVE_INFINITY, beforeS ?? Number.POSITIVE_INFINITY)
    : audience.members.all();
  const chosen: Member[] = [];
  for (const member of candidates) if (isWanted(member)) chosen.push(member);

  if (sortField === 'timestamp_opt') chosen.sort((a, b) => (a.optS ?? 0) - (b.optS ?? 0));
  if (sortField === 'timestamp_signup') chosen.sort((a, b) => (a.signupS ?? 0) - (b.signupS ?? 0));
  if (sortField !== undefined && isDescending) chosen.reverse();
  return chosen;
}

function filterOf(audience: Audience, query: Query): (member: Member) => boolean {
  const tests: Array<(member: Member) => boolean> = [];
  const status = readChoice(query, 'status', STATUSES);
  tests.push(status === undefined ? (m) => m.status !== 'archived' : (m) => m.status === status);

  const emailType = readText(query, 'email_type');
  if (emailType !== undefined) tests.push((m) => m.emailType === emailType);
  const optSince = readTime(readText(query, 'since_timestamp_opt'), 'since_timestamp_opt');
  if (optSince !== undefined) tests.push((m) => (m.optS ?? 0) > optSince);
  const optBefore = readTime(readText(query, 'before_timestamp_opt'), 'before_timestamp_opt');
  if (optBefore !== undefined) tests.push((m) => m.optS !== undefined && m.optS < optBefore);
  const closedSince = readTime(readText(query, 'unsubscribed_since'), 'unsubscribed_since');
  if (closedSince !== undefined) {
    tests.push((m) => m.status === 'unsubscribed' && (m.closedS ?? 0) > closedSince);
  }
  const uniqueEmailId = readText(query, 'unique_email_id');
  if (uniqueEmailId !== undefined) tests.push((m) => m.hash.slice(22) === uniqueEmailId);
  if (readFlag(query, 'vip_only') === true) tests.push((m) => m.vip);
  // No campaign has been sent from the sandbox: everyone has changed since the last one.
  readFlag(query, 'since_last_campaign');

  const interests = interestFilter(audience, query);
  if (interests !== undefined) tests.push(interests);
  const [only] = tests;
  return tests.length === 1 && only !== undefined ? only : (member) => tests.every((test) => test(member));
}

function interestFilter(audience: Audience, query: Query): ((member: Member) => boolean) | undefined {
  const match = readChoice(query, 'interest_match', MATCHES) ?? 'any';
  const named = readText(query, 'interest_ids')?.split(',');
  const categoryId = readText(query, 'interest_category_id');
  if (named === undefined && categoryId === undefined) return undefined;
  const category = audience.categories.find((candidate) => candidate.id === categoryId);
  const ids = named ?? category?.interests.map((interest) => interest.id) ?? interestIds(audience);
  switch (match) {
    case 'any':
      return (m) => ids.some((id) => m.interests.includes(id));
    case 'all':
      return (m) => ids.every((id) => m.interests.includes(id));
    case 'none':
      return (m) => !ids.some((id) => m.interests.includes(id));
  }
}

/** Statuses the API takes on writes. */
export const WRITABLE_STATUSES = [
  'subscribed',
  'unsubscribed',
  'cleaned',
  'pending',
  'transactional',
] as const;
export type WritableStatus = (typeof WRITABLE_STATUSES)[number];

/** `archived` can be read and filtered by, never written. */
export type MemberStatus = WritableStatus | 'archived';

/** Who did something to a member: the person, a user of the account, or a client of the API. */
export type Actor = 'self' | 'admin' | 'api';

export interface Address {
  addr1: string;
  addr2: string;
  city: string;
  state: string;
  zip: string;
  country: string;
}

/** What a merge field holds. Nothing is `undefined` here and `""` on the wire. */
export type MergeValue = string | number | Address;

/** A tag on a member. Tags are the audience's static segments. */
export interface TagMark {
  id: number;
  /** Seconds since 1970. */
  addedS: number;
}

/**
 * One contact of one audience. Times are whole seconds since 1970: the API knows no finer ones.
 * Arrays are replaced, never changed in place, so that records and snapshots may share them.
 */
export interface Member {
  /** Counts up over the whole account; `web_id` comes from it. */
  readonly serial: number;
  /** 32 hex digits, stable for the contact's life, whatever its address. */
  readonly contactId: string;
  email: string;
  /** md5 of the lower-case address. */
  hash: string;
  status: MemberStatus;
  /** Who closed this contact's consent last; decides whether the API may subscribe it again. */
  closedBy: Actor | undefined;
  closedS: number | undefined;
  reason: string | undefined;
  /** By slot of the audience's merge fields. */
  merge: ReadonlyArray<MergeValue | undefined>;
  /** Ids of the interests the member has chosen. */
  interests: readonly string[];
  /** Ids of the marketing permissions the member has given. */
  permissions: readonly string[];
  tags: readonly TagMark[];
  emailType: string;
  language: string;
  vip: boolean;
  latitude: number;
  longitude: number;
  ipSignup: string;
  signupS: number | undefined;
  ipOpt: string;
  optS: number | undefined;
  changedS: number;
  source: string;
  /** Where it stands in the store's order of changes; the store's own. */
  place: number;
}

let shownS = Number.NaN;
let shown = '';

/** `2026-11-02T08:00:00+00:00`, or `""` when there is no time to show. Remembers the last one: they come in runs. */
export function wireTime(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  if (seconds !== shownS) {
    shownS = seconds;
    shown = `${new Date(seconds * 1000).toISOString().slice(0, 19)}+00:00`;
  }
  return shown;
}

import { type Account, contactIdOf, nowS } from './account.ts';
import type { Audience } from './audience.ts';
import { emailFault, subscriberHash, tidyEmail } from './email-address.ts';
import { interestsOnto } from './interests.ts';
import type { Actor, Member, WritableStatus } from './member.ts';
import type { MemberInput } from './member-bodies.ts';
import { renameFault, statusFault } from './member-rules.ts';
import { mergeOnto } from './merge-values.ts';
import {
  forgottenEmail,
  invalidMergeFields,
  invalidResource,
  memberExists,
  unfitResource,
} from './problem.ts';

/** How a write is carried out. */
export interface WriteOptions {
  /** Lets members in without the merge fields marked required. */
  skipMergeValidation: boolean;
}

/** Address that API clients are recorded under when they name none. */
const CLIENT_IP = '203.0.113.7';
/** Mailchimp's words for a contact unsubscribed by a user or a client. */
const BY_ADMIN = 'N/A (Unsubscribed by admin)';

/**
 * Adds a contact through the API, or brings an archived one back: it keeps its `contact_id`, its values and its
 * tags, and its opt-in time starts anew.
 * @throws Problem when the address is bad, taken or forgotten, the person may not be subscribed, or a value is bad
 */
export function addMember(
  account: Account,
  audience: Audience,
  email: string,
  status: WritableStatus,
  input: MemberInput,
  options: WriteOptions,
): Member {
  const address = tidyEmail(email);
  const fault = emailFault(address);
  if (fault !== undefined) throw fault;
  const hash = subscriberHash(address);
  if (audience.forgotten.has(hash)) throw forgottenEmail(address);
  const archived = audience.members.byHash(hash);
  if (archived !== undefined) {
    if (archived.status !== 'archived') throw memberExists(address);
    const refusal = statusFault(archived, status);
    if (refusal !== undefined) throw refusal;
  }

  const values = readValues(audience, archived, input, !options.skipMergeValidation);
  const now = nowS(account);
  const member = archived ?? blankMember(account, address, hash, status);
  setStatus(audience, member, status, 'api', now);
  applyValues(member, values, input);
  member.optS = values.optS ?? now;
  member.ipOpt = input.ip_opt ?? CLIENT_IP;
  if (archived === undefined) {
    member.changedS = now;
    audience.members.add(member);
  } else {
    audience.members.touch(member, now);
  }
  return member;
}

/**
 * Updates a contact through the API. Everything is checked before anything is changed; `last_changed` moves only
 * when something did.
 * @param email the address the call carries, if any: another one renames the contact
 */
export function updateMember(
  account: Account,
  audience: Audience,
  member: Member,
  email: string | undefined,
  input: MemberInput,
  options: WriteOptions,
): void {
  const newEmail = email === undefined ? undefined : readNewEmail(audience, member, email);
  if (input.status !== undefined && input.status !== member.status) {
    const refusal = statusFault(member, input.status);
    if (refusal !== undefined) throw refusal;
  }
  const required = input.merge_fields !== undefined && !options.skipMergeValidation;
  const values = readValues(audience, member, input, required);

  const now = nowS(account);
  let changed = applyValues(member, values, input);
  if (input.status !== undefined && input.status !== member.status) {
    setStatus(audience, member, input.status, 'api', now);
    changed = true;
  }
  if (newEmail !== undefined) {
    audience.members.rename(member, newEmail);
    changed = true;
  }
  if (changed) audience.members.touch(member, now);
}

/** Gives a contact a status, whoever does it, and notes who closed its consent. Stamps nothing. */
export function setStatus(
  audience: Audience,
  member: Member,
  status: Member['status'],
  by: Actor,
  atS: number,
  reason?: string,
): void {
  const isClosing = status === 'unsubscribed' || status === 'cleaned';
  if (isClosing) {
    member.closedBy = by;
    member.closedS = atS;
    member.reason = reason ?? (by === 'self' ? 'No reason given' : BY_ADMIN);
    if (status === 'unsubscribed') audience.lastUnsubS = atS;
  } else if (status === 'subscribed') {
    member.closedBy = undefined;
    member.closedS = undefined;
    member.reason = undefined;
    audience.lastSubS = atS;
  }
  member.status = status;
}

/** A new contact with nothing in it yet. */
export function blankMember(account: Account, email: string, hash: string, status: WritableStatus): Member {
  const serial = account.nextSerial++;
  return {
    serial,
    contactId: contactIdOf(account, serial),
    email,
    hash,
    status,
    closedBy: undefined,
    closedS: undefined,
    reason: undefined,
    merge: [],
    interests: [],
    permissions: [],
    tags: [],
    emailType: 'html',
    language: '',
    vip: false,
    latitude: 0,
    longitude: 0,
    ipSignup: '',
    signupS: undefined,
    ipOpt: '',
    optS: undefined,
    changedS: 0,
    source: 'API - Generic',
    place: 0,
  };
}

/** The address to rename to, undefined when it stays. Another case of the same address is no change. */
function readNewEmail(audience: Audience, member: Member, email: string): string | undefined {
  const address = tidyEmail(email);
  const hash = subscriberHash(address);
  if (hash === member.hash) return undefined;
  const fault = emailFault(address) ?? renameFault(member);
  if (fault !== undefined) throw fault;
  if (audience.members.byHash(hash) !== undefined) throw memberExists(address);
  if (audience.forgotten.has(hash)) throw forgottenEmail(address);
  return address;
}

/** What a write will leave in a member, read and checked before anything is touched. */
interface Values {
  merge: Member['merge'];
  interests: readonly string[];
  permissions: readonly string[];
  signupS: number | undefined;
  optS: number | undefined;
  changed: boolean;
}

function readValues(
  audience: Audience,
  member: Member | undefined,
  input: MemberInput,
  required: boolean,
): Values {
  const merged = mergeOnto(audience.mergeFields, member?.merge ?? [], input.merge_fields, required);
  if ('faults' in merged) throw invalidMergeFields(merged.faults);
  const chosen = interestsOnto(audience, member?.interests ?? [], input.interests);
  const given = permissionsOnto(audience, member?.permissions ?? [], input.marketing_permissions);
  return {
    merge: merged.merge,
    interests: chosen.interests,
    permissions: given.permissions,
    signupS: readTime(input.timestamp_signup, 'timestamp_signup'),
    optS: readTime(input.timestamp_opt, 'timestamp_opt'),
    changed: merged.changed || chosen.changed || given.changed,
  };
}

function permissionsOnto(
  audience: Audience,
  current: readonly string[],
  sent: MemberInput['marketing_permissions'],
): { permissions: readonly string[]; changed: boolean } {
  let permissions = current;
  for (const { marketing_permission_id: id, enabled } of sent ?? []) {
    if (!audience.permissions.some((known) => known.id === id)) {
      throw invalidResource(`Invalid marketing permission ID: '${id}'.`);
    }
    if (permissions.includes(id) === enabled) continue;
    permissions = enabled ? [...permissions, id] : permissions.filter((known) => known !== id);
  }
  return { permissions, changed: permissions !== current };
}

/** @returns whether anything changed that counts as an edit */
function applyValues(member: Member, values: Values, input: MemberInput): boolean {
  const before = [member.emailType, member.language, member.vip, member.latitude, member.longitude];
  member.merge = values.merge;
  member.interests = values.interests;
  member.permissions = values.permissions;
  member.emailType = input.email_type ?? member.emailType;
  member.language = input.language ?? member.language;
  member.vip = input.vip ?? member.vip;
  member.latitude = input.location?.latitude ?? member.latitude;
  member.longitude = input.location?.longitude ?? member.longitude;
  member.ipSignup = input.ip_signup ?? member.ipSignup;
  member.signupS = values.signupS ?? member.signupS;
  member.ipOpt = input.ip_opt ?? member.ipOpt;
  member.optS = values.optS ?? member.optS;
  const after = [member.emailType, member.language, member.vip, member.latitude, member.longitude];
  return values.changed || after.some((value, i) => value !== before[i]);
}

/** Seconds of an ISO time; undefined when there is none. @throws Problem when it is no time */
export function readTime(text: string | undefined, field: string): number | undefined {
  if (text === undefined || text === '') return undefined;
  const ms = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text.replace(' ', 'T')}Z`);
  if (Number.isNaN(ms)) {
    throw unfitResource([{ field, message: 'Data presented is not a valid date-time.' }]);
  }
  return Math.floor(ms / 1000);
}

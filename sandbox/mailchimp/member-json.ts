import type { Account } from './account.ts';
import { baseUrl } from './account.ts';
import type { Audience } from './audience.ts';
import { type FieldSelection, select, selectionBelow } from './field-selection.ts';
import { interestIds } from './interests.ts';
import { memberLinks } from './links.ts';
import { type Member, type MergeValue, wireTime } from './member.ts';
import type { MergeField } from './merge-fields.ts';

/**
 * Writes members as the JSON of the API's recorded 2026 answers.
 * A page of 1,000 is written straight to text: building objects for `JSON.stringify` would take several times as long.
 */
export type MemberWriter = (member: Member) => string;

type Part = (member: Member) => string;

/** Stands for the hash in the prepared text of `_links`. */
const HASH_MARK = '\u0000';

/** Prepares a writer for one audience as it is laid out now, with the fields selected. */
export function memberWriter(account: Account, audience: Audience, selection: FieldSelection): MemberWriter {
  const parts: Part[] = [];
  for (const [key, part] of allParts(account, audience, selection)) {
    const below = selectionBelow(selection, key);
    if (below === undefined) continue;
    const label = `${parts.length === 0 ? '{' : ','}"${key}":`;
    const isNarrowed = (below.only !== undefined || below.except !== undefined) && key !== 'merge_fields';
    parts.push((member) => {
      const text = part(member);
      if (text === '') return '';
      return label + (isNarrowed ? JSON.stringify(select(JSON.parse(text), below)) : text);
    });
  }
  if (parts.length === 0) return () => '{}';
  return (member) => {
    let text = '';
    for (const part of parts) text += part(member);
    return `${text}}`;
  };
}

/** Every field in the order of the recorded answers. A part that gives '' is left out. */
function allParts(account: Account, audience: Audience, selection: FieldSelection): Array<[string, Part]> {
  const interests = interestIds(audience);
  const isPermissioned = audience.permissions.length > 0;
  return [
    ['id', (m) => `"${m.hash}"`],
    ['email_address', (m) => JSON.stringify(m.email)],
    ['unique_email_id', (m) => `"${m.hash.slice(22)}"`],
    ['contact_id', (m) => `"${m.contactId}"`],
    ['full_name', fullNamePart(audience)],
    ['web_id', (m) => String(webId(m))],
    ['email_type', (m) => `"${m.emailType}"`],
    ['status', (m) => `"${m.status}"`],
    ['unsubscribe_reason', (m) => (m.status === 'unsubscribed' ? JSON.stringify(m.reason ?? '') : '')],
    ['consents_to_one_to_one_messaging', () => 'true'],
    ['sms_phone_number', () => '""'],
    ['sms_subscription_status', () => '""'],
    ['sms_subscription_last_updated', () => '""'],
    ['merge_fields', mergeFieldsPart(audience.mergeFields, selection)],
    // Recorded: an audience without interests has no such key.
    ['interests', interests.length === 0 ? () => '' : interestsPart(interests)],
    ['stats', () => '{"avg_open_rate":0,"avg_click_rate":0}'],
    ['ip_signup', (m) => JSON.stringify(m.ipSignup)],
    ['timestamp_signup', (m) => `"${wireTime(m.signupS)}"`],
    ['ip_opt', (m) => JSON.stringify(m.ipOpt)],
    ['timestamp_opt', (m) => `"${wireTime(m.optS)}"`],
    ['member_rating', () => '2'],
    ['last_changed', (m) => `"${wireTime(m.changedS)}"`],
    ['language', (m) => JSON.stringify(m.language)],
    ['vip', (m) => String(m.vip)],
    ['email_client', () => '""'],
    ['location', locationText],
    ['marketing_permissions', isPermissioned ? (m) => permissionsText(audience, m) : () => ''],
    ['source', (m) => JSON.stringify(m.source)],
    ['tags_count', (m) => String(m.tags.length)],
    ['tags', (m) => (m.tags.length === 0 ? '[]' : tagsText(audience, m))],
    ['list_id', () => `"${audience.id}"`],
    ['_links', linksPart(baseUrl(account), audience.id)],
  ];
}

/** The number a member has in Mailchimp's own screens. */
export function webId(member: Member): number {
  return 479_300_000 + member.serial;
}

function fullNamePart(audience: Audience): Part {
  const first = audience.mergeFields.find((field) => field.tag === 'FNAME')?.slot ?? -1;
  const last = audience.mergeFields.find((field) => field.tag === 'LNAME')?.slot ?? -1;
  return (m) => JSON.stringify(`${textOf(m.merge[first])} ${textOf(m.merge[last])}`.trim());
}

function textOf(value: MergeValue | undefined): string {
  return value === undefined || typeof value === 'object' ? '' : String(value);
}

/** Narrowing is done here, not on the finished text: `fields=members.merge_fields.FNAME` is what clients send. */
function mergeFieldsPart(fields: readonly MergeField[], selection: FieldSelection): Part {
  const below = selectionBelow(selection, 'merge_fields');
  if (below === undefined) return () => '';
  const shown = fields.filter((field) => selectionBelow(below, field.tag) !== undefined);
  const labels = shown.map((field, i) => `${i === 0 ? '' : ','}"${field.tag}":`);
  const slots = shown.map((field) => field.slot);
  const hollow = shown.map((_field, i) => `${labels[i]}""`);
  return (member) => {
    const { merge } = member;
    let text = '{';
    for (let i = 0; i < slots.length; i++) {
      const value = merge[slots[i] ?? -1];
      text += value === undefined ? hollow[i] : labels[i] + JSON.stringify(value);
    }
    return `${text}}`;
  };
}

function interestsPart(ids: readonly string[]): Part {
  const chosen = ids.map((id, i) => `${i === 0 ? '{' : ','}"${id}":true`);
  const left = ids.map((id, i) => `${i === 0 ? '{' : ','}"${id}":false`);
  return (member) => {
    let text = '';
    for (let i = 0; i < ids.length; i++)
      text += member.interests.includes(ids[i] ?? '') ? chosen[i] : left[i];
    return `${text}}`;
  };
}

function locationText(member: Member): string {
  return `{"latitude":${member.latitude},"longitude":${member.longitude},"gmtoff":0,"dstoff":0,"country_code":"","timezone":"","region":""}`;
}

function permissionsText(audience: Audience, member: Member): string {
  return JSON.stringify(
    audience.permissions.map(({ id, text }) => ({
      marketing_permission_id: id,
      text,
      enabled: member.permissions.includes(id),
    })),
  );
}

function tagsText(audience: Audience, member: Member): string {
  const tags = member.tags.map(({ id }) => ({ id, name: audience.segments.get(id)?.name ?? '' }));
  return JSON.stringify(tags);
}

function linksPart(base: string, listId: string): Part {
  const pieces = JSON.stringify(memberLinks(base, listId, HASH_MARK)).split('\\u0000');
  return (member) => pieces.join(member.hash);
}

import type { z } from 'zod';
import { type Account, findAudience, nowS } from './account.ts';
import { type ApiCall, type ApiRoute, pageOf, param } from './api-route.ts';
import type { Audience } from './audience.ts';
import { forgetDeliveries } from './campaign.ts';
import { ALL_FIELDS, selectionBelow } from './field-selection.ts';
import type { Member } from './member.ts';
import { MemberToAdd, MemberToPatch, MemberToPut, readBody } from './member-bodies.ts';
import { announced } from './member-events.ts';
import { memberWriter } from './member-json.ts';
import { listMembers } from './member-listing.ts';
import { canArchive } from './member-rules.ts';
import { addMember, setStatus, updateMember, type WriteOptions } from './member-writes.ts';
import { cannotArchive, notFound, unfitResource } from './problem.ts';
import { readFields, readFlag } from './query.ts';
import { setTags } from './segments.ts';

const ONE = '/lists/:list_id/members/:subscriber_hash';

/** `/lists/{list_id}/members` and single members. */
export const memberRoutes: readonly ApiRoute[] = [
  { method: 'GET', path: '/lists/:list_id/members', operation: 'members.list', handle: getMembers },
  { method: 'POST', path: '/lists/:list_id/members', operation: 'members.add', handle: postMember },
  {
    method: 'GET',
    path: ONE,
    operation: 'members.get',
    handle: (call) => {
      const audience = audienceOf(call);
      return memberWriter(call.account, audience, readFields(call.query))(memberOf(call, audience));
    },
  },
  { method: 'PUT', path: ONE, operation: 'members.put', handle: putMember },
  { method: 'PATCH', path: ONE, operation: 'members.patch', handle: patchMember },
  { method: 'DELETE', path: ONE, operation: 'members.archive', handle: archiveMember },
  {
    method: 'POST',
    path: `${ONE}/actions/delete-permanent`,
    operation: 'members.delete-permanent',
    handle: (call) => {
      const audience = audienceOf(call);
      forgetMember(call.account, audience, memberOf(call, audience));
      return undefined;
    },
  },
];

/** The audience that a call's path names. @throws Problem 404 */
export function audienceOf(call: ApiCall): Audience {
  return findAudience(call.account, param(call, 'list_id'));
}

/** The member that a call's path names, by hash, address or contact id. @throws Problem 404 */
export function memberOf(call: ApiCall, audience: Audience): Member {
  const member = audience.members.find(param(call, 'subscriber_hash'));
  if (member === undefined) throw notFound();
  return member;
}

/** Deletes a contact for good: only the person can bring the address back. */
export function forgetMember(account: Account, audience: Audience, member: Member): void {
  forgetDeliveries(account, audience, member.contactId);
  audience.members.remove(member);
  audience.forgotten.add(member.hash);
}

function getMembers(call: ApiCall): string {
  const audience = audienceOf(call);
  const { rows, total } = pageOf(call, listMembers(audience, call.query));
  const selection = readFields(call.query);
  const parts: string[] = [];
  const below = selectionBelow(selection, 'members');
  if (below !== undefined) {
    const write = memberWriter(call.account, audience, below);
    let text = '"members":[';
    let isFirst = true;
    for (const member of rows) {
      text += isFirst ? write(member) : `,${write(member)}`;
      isFirst = false;
    }
    parts.push(`${text}]`);
  }
  if (selectionBelow(selection, 'list_id') !== undefined) parts.push(`"list_id":"${audience.id}"`);
  if (selectionBelow(selection, 'total_items') !== undefined) parts.push(`"total_items":${total}`);
  if (selectionBelow(selection, '_links') !== undefined) parts.push('"_links":[]');
  return `{${parts.join()}}`;
}

function postMember(call: ApiCall): string {
  const audience = audienceOf(call);
  const body = readBody(MemberToAdd, call.body);
  const known = audience.members.byEmail(body.email_address);
  const member = announced(call.account, audience, known, 'api', () =>
    addMember(call.account, audience, body.email_address, body.status, body, optionsOf(call)),
  );
  const tags = body.tags ?? [];
  setTags(
    call.account,
    audience,
    member,
    tags.map((name) => ({ name, isActive: true })),
  );
  return whole(call, audience, member);
}

/**
 * Insert or update. An address that is not the hash's own renames the contact, or, when the hash is unknown, names
 * the contact to insert: recorded, with "Member Exists" when that address is taken.
 */
function putMember(call: ApiCall): string {
  const audience = audienceOf(call);
  const body = readBody(MemberToPut, call.body);
  const known = audience.members.find(param(call, 'subscriber_hash'));
  if (known !== undefined && known.status !== 'archived') {
    updateWith(call, audience, known, body);
    return whole(call, audience, known);
  }
  const status = body.status ?? body.status_if_new;
  const email = body.email_address ?? known?.email;
  if (email === undefined || status === undefined) {
    const missing = email === undefined ? 'email_address' : 'status_if_new';
    throw unfitResource([{ field: '', message: `Required fields were not provided: ${missing}` }]);
  }
  const added = announced(call.account, audience, known, 'api', () =>
    addMember(call.account, audience, email, status, body, optionsOf(call)),
  );
  return whole(call, audience, added);
}

function patchMember(call: ApiCall): string {
  const audience = audienceOf(call);
  const body = readBody(MemberToPatch, call.body);
  const member = memberOf(call, audience);
  updateWith(call, audience, member, body);
  return whole(call, audience, member);
}

function updateWith(
  call: ApiCall,
  audience: Audience,
  member: Member,
  body: z.infer<typeof MemberToPatch>,
): void {
  announced(call.account, audience, member, 'api', () => {
    updateMember(call.account, audience, member, body.email_address, body, optionsOf(call));
    return member;
  });
}

function archiveMember(call: ApiCall): undefined {
  const audience = audienceOf(call);
  const member = memberOf(call, audience);
  if (!canArchive(member)) throw cannotArchive();
  setStatus(audience, member, 'archived', 'api', nowS(call.account));
  audience.members.touch(member, nowS(call.account));
  return undefined;
}

function optionsOf(call: ApiCall): WriteOptions {
  return { skipMergeValidation: readFlag(call.query, 'skip_merge_validation') ?? false };
}

function whole(call: ApiCall, audience: Audience, member: Member): string {
  return memberWriter(call.account, audience, ALL_FIELDS)(member);
}

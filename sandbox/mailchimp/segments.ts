import { z } from 'zod';
import { type Account, nowS } from './account.ts';
import type { Audience } from './audience.ts';
import type { Member } from './member.ts';
import { invalidResource, notFound } from './problem.ts';

/** A static segment, which Mailchimp also shows as a tag. */
export interface Segment {
  id: number;
  name: string;
  /** Seconds since 1970. */
  createdS: number;
  updatedS: number;
}

/** Most addresses one call may add or remove. */
const MOST_MEMBERS = 500;

/** Body of `POST /lists/{id}/segments`; only static segments are kept here. */
export const NewSegment = z.object({
  name: z.string().min(1),
  static_segment: z.array(z.string()).optional(),
  options: z.unknown().optional(),
});

/** Body of `PATCH /lists/{id}/segments/{segment_id}`. */
export const SegmentChange = NewSegment;

/** Body of `POST /lists/{id}/segments/{segment_id}/members`. */
export const NewSegmentMember = z.object({ email_address: z.string() });

/** Body of `POST /lists/{id}/segments/{segment_id}`. */
export const SegmentBatch = z.object({
  members_to_add: z.array(z.string()).max(MOST_MEMBERS).optional(),
  members_to_remove: z.array(z.string()).max(MOST_MEMBERS).optional(),
});

export function findSegment(audience: Audience, id: string): Segment {
  const segment = audience.segments.get(Number(id));
  if (segment === undefined) throw notFound();
  return segment;
}

/** The tag of that name, in whatever case. */
export function findTag(audience: Audience, name: string): Segment | undefined {
  const wanted = name.trim().toLowerCase();
  for (const segment of audience.segments.values()) {
    if (segment.name.toLowerCase() === wanted) return segment;
  }
  return undefined;
}

export function addSegment(account: Account, audience: Audience, name: string): Segment {
  const at = nowS(account);
  const segment: Segment = { id: account.nextSegment++, name: name.trim(), createdS: at, updatedS: at };
  audience.segments.set(segment.id, segment);
  return segment;
}

/** Adds a segment under a name that must be free, with the members named. */
export function createSegment(
  account: Account,
  audience: Audience,
  body: z.infer<typeof NewSegment>,
): Segment {
  if (body.options !== undefined) {
    throw invalidResource('The sandbox keeps static segments only: send static_segment instead of options.');
  }
  if (findTag(audience, body.name) !== undefined) throw invalidResource('Sorry, that tag already exists.');
  const segment = addSegment(account, audience, body.name);
  changeSegmentMembers(account, audience, segment, body.static_segment ?? [], []);
  return segment;
}

/** Renames a segment and, when members are given, makes exactly those its members. */
export function changeSegment(
  account: Account,
  audience: Audience,
  segment: Segment,
  body: z.infer<typeof SegmentChange>,
): void {
  if (body.options !== undefined) {
    throw invalidResource('The sandbox keeps static segments only: send static_segment instead of options.');
  }
  const holder = findTag(audience, body.name);
  if (holder !== undefined && holder !== segment) throw invalidResource('Sorry, that tag already exists.');
  segment.name = body.name.trim();
  segment.updatedS = nowS(account);
  audience.members.version += 1;
  if (body.static_segment === undefined) return;
  const wanted = new Set<Member>();
  for (const email of body.static_segment) {
    const member = audience.members.byEmail(email);
    if (member !== undefined) wanted.add(member);
  }
  for (const member of segmentMembers(audience, segment)) {
    if (!wanted.has(member)) setTag(account, audience, member, segment, false);
  }
  for (const member of wanted) setTag(account, audience, member, segment, true);
}

/** Members of a segment who are not archived. */
export function segmentMembers(audience: Audience, segment: Segment): Member[] {
  const found: Member[] = [];
  for (const member of audience.members.all()) {
    if (member.status !== 'archived' && member.tags.some((tag) => tag.id === segment.id)) found.push(member);
  }
  return found;
}

/** What a static batch did; addresses that are no members end up in `strangers`. */
export interface SegmentBatchResult {
  added: Member[];
  removed: Member[];
  strangers: string[];
}

export function changeSegmentMembers(
  account: Account,
  audience: Audience,
  segment: Segment,
  add: readonly string[],
  remove: readonly string[],
): SegmentBatchResult {
  const result: SegmentBatchResult = { added: [], removed: [], strangers: [] };
  const change = (emails: readonly string[], isActive: boolean, done: Member[]): void => {
    for (const email of emails) {
      const member = audience.members.byEmail(email);
      if (member === undefined) result.strangers.push(email);
      else if (setTag(account, audience, member, segment, isActive)) done.push(member);
    }
  };
  change(add, true, result.added);
  change(remove, false, result.removed);
  return result;
}

/** Deletes a segment; its members lose the tag. */
export function removeSegment(account: Account, audience: Audience, segment: Segment): void {
  for (const member of audience.members.all()) setTag(account, audience, member, segment, false);
  audience.segments.delete(segment.id);
}

/** Puts a tag on or takes it off; stamps the member when that changes anything. */
export function setTag(
  account: Account,
  audience: Audience,
  member: Member,
  segment: Segment,
  isActive: boolean,
): boolean {
  const has = member.tags.some((tag) => tag.id === segment.id);
  if (has === isActive) return false;
  const at = nowS(account);
  member.tags = isActive
    ? [...member.tags, { id: segment.id, addedS: at }]
    : member.tags.filter((tag) => tag.id !== segment.id);
  segment.updatedS = at;
  audience.members.touch(member, at);
  return true;
}

/** Sets tags by name; an unknown name becomes a new tag when it is put on. @returns whether any changed */
export function setTags(
  account: Account,
  audience: Audience,
  member: Member,
  tags: ReadonlyArray<{ name: string; isActive: boolean }>,
): boolean {
  let changed = false;
  for (const { name, isActive } of tags) {
    let segment = findTag(audience, name);
    if (segment === undefined) {
      if (!isActive) continue;
      segment = addSegment(account, audience, name);
    }
    changed = setTag(account, audience, member, segment, isActive) || changed;
  }
  return changed;
}

/** Makes a member's tags exactly these. @returns whether any changed */
export function replaceTags(
  account: Account,
  audience: Audience,
  member: Member,
  names: readonly string[],
): boolean {
  const wanted = new Set(names.map((name) => name.trim().toLowerCase()));
  const changes = names.map((name) => ({ name, isActive: true }));
  for (const { id } of member.tags) {
    const name = audience.segments.get(id)?.name ?? '';
    if (!wanted.has(name.toLowerCase())) changes.push({ name, isActive: false });
  }
  return setTags(account, audience, member, changes);
}

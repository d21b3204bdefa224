import { baseUrl } from './account.ts';
import { type ApiCall, type ApiRoute, listing, pageOf, param, selected } from './api-route.ts';
import type { Audience } from './audience.ts';
import { ALL_FIELDS, selectionBelow } from './field-selection.ts';
import { resourceLinks } from './links.ts';
import { type Member, wireTime } from './member.ts';
import { readBody, TagChange } from './member-bodies.ts';
import { memberWriter } from './member-json.ts';
import { audienceOf, memberOf } from './member-routes.ts';
import { readTime } from './member-writes.ts';
import { notFound } from './problem.ts';
import { readFields, readFlag, readText } from './query.ts';
import {
  changeSegment,
  changeSegmentMembers,
  createSegment,
  findSegment,
  NewSegment,
  NewSegmentMember,
  removeSegment,
  type Segment,
  SegmentBatch,
  SegmentChange,
  segmentMembers,
  setTag,
  setTags,
} from './segments.ts';

const SEGMENTS = '/lists/:list_id/segments';
const SEGMENT = `${SEGMENTS}/:segment_id`;
const TAGS = '/lists/:list_id/members/:subscriber_hash/tags';

/** Static segments, the tags of members, and the search for tags: three views of one thing. */
export const segmentRoutes: readonly ApiRoute[] = [
  { method: 'GET', path: SEGMENTS, operation: 'segments.list', handle: listSegments },
  {
    method: 'POST',
    path: SEGMENTS,
    operation: 'segments.add',
    handle: (call) => {
      const audience = audienceOf(call);
      return show(call, audience, createSegment(call.account, audience, readBody(NewSegment, call.body)));
    },
  },
  {
    method: 'GET',
    path: SEGMENT,
    operation: 'segments.get',
    handle: (call) => {
      const { audience, segment } = segmentOf(call);
      return selected(call, show(call, audience, segment));
    },
  },
  {
    method: 'PATCH',
    path: SEGMENT,
    operation: 'segments.change',
    handle: (call) => {
      const { audience, segment } = segmentOf(call);
      changeSegment(call.account, audience, segment, readBody(SegmentChange, call.body));
      return show(call, audience, segment);
    },
  },
  {
    method: 'DELETE',
    path: SEGMENT,
    operation: 'segments.remove',
    handle: (call) => {
      const { audience, segment } = segmentOf(call);
      removeSegment(call.account, audience, segment);
      return undefined;
    },
  },
  { method: 'POST', path: SEGMENT, operation: 'segments.batch', handle: postBatch },
  { method: 'GET', path: `${SEGMENT}/members`, operation: 'segments.members', handle: listSegmentMembers },
  {
    method: 'POST',
    path: `${SEGMENT}/members`,
    operation: 'segments.add-member',
    handle: (call) => {
      const { audience, segment } = segmentOf(call);
      const { email_address } = readBody(NewSegmentMember, call.body);
      const member = audience.members.byEmail(email_address);
      if (member === undefined) throw notFound();
      setTag(call.account, audience, member, segment, true);
      return memberWriter(call.account, audience, ALL_FIELDS)(member);
    },
  },
  {
    method: 'DELETE',
    path: `${SEGMENT}/members/:subscriber_hash`,
    operation: 'segments.remove-member',
    handle: (call) => {
      const { audience, segment } = segmentOf(call);
      const member = memberOf(call, audience);
      if (!setTag(call.account, audience, member, segment, false)) throw notFound();
      return undefined;
    },
  },
  { method: 'GET', path: TAGS, operation: 'tags.list', handle: listMemberTags },
  {
    method: 'POST',
    path: TAGS,
    operation: 'tags.set',
    handle: (call) => {
      const audience = audienceOf(call);
      const member = memberOf(call, audience);
      const { tags } = readBody(TagChange, call.body);
      const changes = tags.map(({ name, status }) => ({ name, isActive: status === 'active' }));
      setTags(call.account, audience, member, changes);
      return undefined;
    },
  },
  { method: 'GET', path: '/lists/:list_id/tag-search', operation: 'tags.search', handle: searchTags },
];

function segmentOf(call: ApiCall): { audience: Audience; segment: Segment } {
  const audience = audienceOf(call);
  return { audience, segment: findSegment(audience, param(call, 'segment_id')) };
}

function listSegments(call: ApiCall): object {
  const audience = audienceOf(call);
  const { query } = call;
  const bounds = {
    createdSince: timeOf(call, 'since_created_at'),
    createdBefore: timeOf(call, 'before_created_at'),
    updatedSince: timeOf(call, 'since_updated_at'),
    updatedBefore: timeOf(call, 'before_updated_at'),
  };
  const type = readText(query, 'type');
  const found = [...audience.segments.values()].filter(
    (segment) =>
      (type === undefined || type === 'static') &&
      (bounds.createdSince === undefined || segment.createdS > bounds.createdSince) &&
      (bounds.createdBefore === undefined || segment.createdS < bounds.createdBefore) &&
      (bounds.updatedSince === undefined || segment.updatedS > bounds.updatedSince) &&
      (bounds.updatedBefore === undefined || segment.updatedS < bounds.updatedBefore),
  );
  return listing(call, 'segments', found, (segment) => show(call, audience, segment), {
    path: `/lists/${audience.id}/segments`,
    after: { list_id: audience.id },
  });
}

function show(call: ApiCall, audience: Audience, segment: Segment): object {
  return {
    id: segment.id,
    name: segment.name,
    member_count: countable(call, segmentMembers(audience, segment)).length,
    type: 'static',
    created_at: wireTime(segment.createdS),
    updated_at: wireTime(segment.updatedS),
    options: {
      match: 'any',
      conditions: [
        { condition_type: 'StaticSegment', field: 'static_segment', op: 'static_is', value: segment.id },
      ],
    },
    list_id: audience.id,
    _links: resourceLinks(
      baseUrl(call.account),
      `/lists/${audience.id}/segments/${segment.id}`,
      'Lists/Segments',
    ),
  };
}

/** Only subscribed members, unless the call asks for others too. */
function countable(call: ApiCall, members: readonly Member[]): Member[] {
  const include = {
    subscribed: true,
    pending: false,
    archived: false,
    cleaned: readFlag(call.query, 'include_cleaned') === true,
    transactional: readFlag(call.query, 'include_transactional') === true,
    unsubscribed: readFlag(call.query, 'include_unsubscribed') === true,
  };
  return members.filter((member) => include[member.status]);
}

function listSegmentMembers(call: ApiCall): object {
  const { audience, segment } = segmentOf(call);
  const { rows, total } = pageOf(call, countable(call, segmentMembers(audience, segment)));
  const below = selectionBelow(readFields(call.query), 'members') ?? ALL_FIELDS;
  const write = memberWriter(call.account, audience, below);
  const members: unknown[] = rows.map((member) => JSON.parse(write(member)));
  return selected(call, { members, total_items: total, _links: [] });
}

function postBatch(call: ApiCall): object {
  const { audience, segment } = segmentOf(call);
  const body = readBody(SegmentBatch, call.body);
  const result = changeSegmentMembers(
    call.account,
    audience,
    segment,
    body.members_to_add ?? [],
    body.members_to_remove ?? [],
  );
  const write = memberWriter(call.account, audience, ALL_FIELDS);
  const shown = (members: readonly Member[]): unknown[] => members.map((member) => JSON.parse(write(member)));
  const { added, removed, strangers } = result;
  return {
    members_added: shown(added),
    members_removed: shown(removed),
    errors:
      strangers.length === 0
        ? []
        : [{ email_addresses: strangers, error: 'Email address is not a member of this list.' }],
    total_added: added.length,
    total_removed: removed.length,
    error_count: strangers.length,
    _links: [],
  };
}

function listMemberTags(call: ApiCall): object {
  const audience = audienceOf(call);
  const member = memberOf(call, audience);
  const show = ({ id, addedS }: Member['tags'][number]): object => ({
    id,
    name: audience.segments.get(id)?.name ?? '',
    date_added: wireTime(addedS),
  });
  return listing(call, 'tags', member.tags, show, {
    path: `/lists/${audience.id}/members/${member.hash}/tags`,
  });
}

/** Tags whose name starts with the text, in whatever case; without one, all. */
function searchTags(call: ApiCall): object {
  const audience = audienceOf(call);
  const start = (readText(call.query, 'name') ?? '').toLowerCase();
  const tags = [...audience.segments.values()]
    .filter((segment) => segment.name.toLowerCase().startsWith(start))
    .map(({ id, name }) => ({ id, name }));
  return { tags, total_items: tags.length };
}

function timeOf(call: ApiCall, name: string): number | undefined {
  return readTime(readText(call.query, name), name);
}

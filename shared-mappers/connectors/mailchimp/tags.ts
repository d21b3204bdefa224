import { z } from 'zod';
import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { isJsonObject, parseBodyAs } from '../../http/json-body.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import type { SourceRecord } from '../../model/record.ts';
import { JSON_BODY, memberPath } from './member-path.ts';

/** What a write says about one tag. */
export interface TagChange {
  readonly name: string;
  readonly status: 'active' | 'inactive';
}

/**
 * The `tags` of a payload: a list of names is the member's whole set, a list of `{name, status}` says something about
 * these tags only.
 */
export type TagsWanted =
  | { readonly kind: 'all'; readonly names: readonly string[] }
  | { readonly kind: 'some'; readonly changes: readonly TagChange[] };

const TagList = z.object({ tags: z.array(z.object({ name: z.string() })), total_items: z.number() });
const PAGE_SIZE = 1000;

/** Undefined where the payload does not speak of tags. */
export function tagsIn(payload: JsonObject): TagsWanted | undefined {
  const { tags } = payload;
  if (!isList(tags)) return undefined;
  const names = tags.filter((tag) => typeof tag === 'string');
  if (names.length === tags.length) return { kind: 'all', names };
  return { kind: 'some', changes: tags.flatMap(toChange) };
}

/** The tags a new member gets. */
export function activeNames(wanted: TagsWanted): string[] {
  if (wanted.kind === 'all') return [...wanted.names];
  return wanted.changes.filter(({ status }) => status === 'active').map(({ name }) => name);
}

/**
 * What has to change for a member with `current` tags to have exactly the wanted ones. Mailchimp takes names that
 * differ only in case for the same.
 */
function tagChanges(current: readonly string[], wanted: readonly string[]): TagChange[] {
  const has = new Set(current.map(tagKey));
  const wants = new Set(wanted.map(tagKey));
  return [
    ...wanted.filter((name) => !has.has(tagKey(name))).map((name) => ({ name, status: 'active' as const })),
    ...current
      .filter((name) => !wants.has(tagKey(name)))
      .map((name) => ({ name, status: 'inactive' as const })),
  ];
}

/**
 * Changes the tags of one member: batches can only add, and would set off automations.
 *
 * @param known the member as an answer has just shown it; without it its tags are read
 */
export async function writeTags(
  client: SystemClient,
  audienceId: string,
  memberId: string,
  wanted: TagsWanted,
  known?: SourceRecord,
): Promise<void> {
  const current = async (): Promise<string[]> =>
    (known && tagsOf(known)) ?? (await readTags(client, audienceId, memberId));
  const tags = wanted.kind === 'some' ? wanted.changes : tagChanges(await current(), wanted.names);
  if (tags.length === 0) return;
  const path = `${memberPath(audienceId, memberId)}/tags`;
  // A sync is no act of the person: `is_syncing` keeps automations that start on a tag from starting.
  const body = JSON.stringify({ tags, is_syncing: true });
  const answer = await client.send({ method: 'POST', path, headers: JSON_BODY, body }, { repeatable: true });
  if (answer.status === 404) throw gone(memberId);
}

/** A member's own answer shows up to 50 tags; where it has more, all of them are read. */
export async function withAllTags(
  client: SystemClient,
  audienceId: string,
  record: SourceRecord,
): Promise<SourceRecord> {
  if (!isList(record.values.tags) || tagsOf(record) !== undefined) return record;
  const names = await readTags(client, audienceId, record.id);
  return { ...record, values: { ...record.values, tags: names.map((name) => ({ name })) } };
}

/** Undefined where the answer does not show all of them. */
function tagsOf({ values }: SourceRecord): string[] | undefined {
  const { tags, tags_count: count } = values;
  if (!isList(tags) || typeof count !== 'number' || tags.length < count) return undefined;
  return tags.flatMap((tag) => (isJsonObject(tag) && typeof tag.name === 'string' ? [tag.name] : []));
}

async function readTags(client: SystemClient, audienceId: string, memberId: string): Promise<string[]> {
  const names: string[] = [];
  for (;;) {
    const query = `?count=${PAGE_SIZE}&offset=${names.length}&fields=tags.name,total_items`;
    const path = `${memberPath(audienceId, memberId)}/tags${query}`;
    const answer = await client.send({ method: 'GET', path }, { repeatable: true });
    if (answer.status === 404) throw gone(memberId);
    const { tags, total_items } = parseBodyAs(TagList, answer.body, 'mailchimp');
    names.push(...tags.map(({ name }) => name));
    if (tags.length === 0 || names.length >= total_items) return names;
  }
}

function toChange(tag: JsonValue): TagChange[] {
  if (typeof tag === 'string') return [{ name: tag, status: 'active' }];
  if (!isJsonObject(tag) || typeof tag.name !== 'string') return [];
  return [{ name: tag.name, status: tag.status === 'inactive' ? 'inactive' : 'active' }];
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function tagKey(name: string): string {
  return name.trim().toLowerCase();
}

function gone(recordId: string): StackbridgeError {
  return new StackbridgeError('RECORD_GONE', 'Mailchimp has no such member', {
    system: 'mailchimp',
    recordId,
  });
}

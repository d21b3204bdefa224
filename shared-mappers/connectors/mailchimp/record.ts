import { isJsonObject } from '../../http/json-body.ts';
import { parseInstant } from '../../model/instant.ts';
import type { JsonValue } from '../../model/json.ts';
import type { SourceRecord } from '../../model/record.ts';

/** What is selected beside the mapped columns: who a member is, how old, and what became of it. */
const ALWAYS = ['id', 'contact_id', 'email_address', 'status', 'unsubscribe_reason', 'last_changed'];

const MERGE_TAG = /^[A-Z0-9_]{1,10}$/;

/**
 * The members' part of `fields`: less than half of what a member weighs is ever asked for.
 *
 * @param columns as recipes write them: `FNAME`, `vip`, `tags`, `interests.Topics`
 */
export function fieldsOf(columns: readonly string[]): string[] {
  const fields = new Set(ALWAYS);
  for (const column of columns) {
    const [first = '', second] = column.split('.');
    if (first === 'merge_fields' && second !== undefined) fields.add(`merge_fields.${second}`);
    else fields.add(MERGE_TAG.test(first) ? `merge_fields.${first}` : first);
  }
  // A member shows 50 tags at most: the count tells whether there are more.
  if (fields.has('tags')) fields.add('tags_count');
  return [...fields];
}

/** Reads one member; undefined for anything that is none. */
export function toSourceRecord(member: JsonValue | undefined): SourceRecord | undefined {
  if (!isJsonObject(member)) return undefined;
  const { contact_id: id, last_changed: changed, status } = member;
  if (typeof id !== 'string' || id === '') return undefined;
  const modifiedAt = typeof changed === 'string' ? parseInstant(changed) : undefined;
  return {
    id,
    object: 'member',
    modifiedAt: modifiedAt ?? 0,
    state: status === 'archived' ? 'archived' : 'live',
    values: member,
  };
}

/** A member that the system says it does not have. */
export function goneMember(id: string): SourceRecord {
  return { id, object: 'member', modifiedAt: 0, state: 'gone', values: {} };
}

import { isJsonObject } from '../../http/json-body.ts';
import { parseInstant } from '../../model/instant.ts';
import type { JsonObject, JsonValue, MutableJsonObject } from '../../model/json.ts';
import type { SourceRecord } from '../../model/record.ts';
import { type PersonObject, toLongId } from './identity.ts';

const ALWAYS = ['Id', 'SystemModstamp', 'IsDeleted', 'MasterRecordId'];

/** What a query selects beside the mapped columns: who a record is, how old, and what became of it. */
export const SYSTEM_COLUMNS: Readonly<Record<PersonObject, readonly string[]>> = {
  Contact: ALWAYS,
  Lead: [...ALWAYS, 'IsConverted', 'ConvertedContactId'],
};

/**
 * Reads one row of a query.
 *
 * @param names the top-level names of the mapped columns (`Account` of `Account.Name`): what `values` will hold
 * @returns undefined for a row without an id or a modification time
 */
export function toSourceRecord(
  row: JsonValue,
  object: PersonObject,
  names: readonly string[],
): SourceRecord | undefined {
  if (!isJsonObject(row)) return undefined;
  const id = textOf(row.Id);
  const modifiedAt = parseInstant(textOf(row.SystemModstamp) ?? '');
  if (id === undefined || modifiedAt === undefined) return undefined;

  const values: MutableJsonObject = {};
  for (const name of names) values[name] = row[name] ?? null;
  return { id: longId(id), object, modifiedAt, ...fateOf(row), values };
}

function fateOf(row: JsonObject): Pick<SourceRecord, 'state' | 'successorId'> {
  const contactId = row.IsConverted === true ? textOf(row.ConvertedContactId) : undefined;
  if (contactId !== undefined) return { state: 'converted', successorId: longId(contactId) };
  if (row.IsDeleted !== true) return { state: 'live' };
  // The losers of a merge are deleted and name the winner.
  const winnerId = textOf(row.MasterRecordId);
  return winnerId === undefined ? { state: 'deleted' } : { state: 'merged', successorId: longId(winnerId) };
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Answers carry 18 characters already; checking each of them would cost more than reading it. */
function longId(id: string): string {
  return id.length === 18 ? id : (toLongId(id) ?? id);
}

import { inParallel } from '../../http/in-parallel.ts';
import { isJsonObject, parseJsonBody } from '../../http/json-body.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { Instant } from '../../model/instant.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import type { SourceRecord } from '../../model/record.ts';
import type { Page } from '../../ports/connector.ts';
import type { Audience } from './audience.ts';
import { addressKey, subscriberHash } from './identity.ts';
import { MAX_CONNECTIONS } from './limits.ts';
import { PAGE_SIZE, readListing } from './listing.ts';
import { memberPath } from './member-path.ts';
import { fieldsOf, goneMember, toSourceRecord } from './record.ts';
import { withAllTags } from './tags.ts';

export interface Reader {
  readAll(columns: readonly string[]): AsyncGenerator<Page>;
  readChanges(since: Instant, columns: readonly string[]): AsyncGenerator<Page>;
  readByIds(ids: readonly string[], columns: readonly string[]): Promise<SourceRecord[]>;
  readByKey(field: string, values: readonly string[], columns: readonly string[]): Promise<SourceRecord[]>;
}

/** @param audience resolved at the first read */
export function createReader(client: SystemClient, audience: () => Promise<Audience>): Reader {
  /** Live members and archived ones are two listings; their first pages are read together. */
  async function* listAll(columns: readonly string[], since?: Instant): AsyncGenerator<Page> {
    const { id: audienceId } = await audience();
    const window = { audienceId, columns, ...(since === undefined ? {} : { since }) };
    const live = readListing(client, window);
    const archived = readListing(client, { ...window, status: 'archived' });
    const [firstLive, firstArchived] = await Promise.all([live.next(), archived.next()]);
    if (firstLive.done || firstArchived.done) return;

    const totals = { live: firstLive.value.total, archived: firstArchived.value.total };
    const expected = (): number => totals.live + totals.archived;
    const times = [firstLive.value.serverTime, firstArchived.value.serverTime];
    const known = times.filter((time) => time !== undefined);
    const serverTime = known.length === 0 ? {} : { serverTime: Math.min(...known) };
    const { records, total } = firstLive.value;
    yield { records, expected: expected(), live: total, ...serverTime };
    for await (const { records, total } of live) {
      totals.live = total;
      yield { records, expected: expected() };
    }
    if (totals.archived > 0) yield { records: firstArchived.value.records, expected: expected() };
    for await (const { records, total } of archived) {
      totals.archived = total;
      yield { records, expected: expected() };
    }
  }

  /** @returns undefined where Mailchimp has no such member */
  async function readMember(ref: string, columns: readonly string[]): Promise<SourceRecord | undefined> {
    const { id } = await audience();
    const path = `${memberPath(id, ref)}?fields=${encodeURIComponent(fieldsOf(columns).join())}`;
    const answer = await client.send({ method: 'GET', path }, { repeatable: true });
    if (answer.status === 404) return undefined;
    const record = toSourceRecord(parseJsonBody(answer.body, 'mailchimp'));
    return record === undefined ? undefined : withAllTags(client, id, record);
  }

  function readMembers(
    refs: readonly string[],
    columns: readonly string[],
  ): Promise<(SourceRecord | undefined)[]> {
    return inParallel(refs, MAX_CONNECTIONS, (ref) => readMember(ref, columns));
  }

  /**
   * Members are looked up one a call: for many of them it takes fewer calls to read the audience and pick them out.
   *
   * @returns undefined where it would not
   */
  async function pickOut(
    wanted: number,
    columns: readonly string[],
    isWanted: (record: SourceRecord) => boolean,
  ): Promise<SourceRecord[] | undefined> {
    const { members } = await audience();
    if (members === undefined || callsFor(members) >= wanted) return undefined;
    return filterAll(columns, isWanted, wanted);
  }

  async function filterAll(
    columns: readonly string[],
    isWanted: (record: SourceRecord) => boolean,
    mostCalls: number,
  ): Promise<SourceRecord[] | undefined> {
    const found = new Map<string, SourceRecord>();
    for await (const { records, expected } of listAll(columns)) {
      // Archived members are counted nowhere: how many there are, the first page tells.
      if (callsFor(expected ?? 0) > mostCalls) return undefined;
      for (const record of records) if (isWanted(record)) found.set(record.id, record);
    }
    return [...found.values()];
  }

  async function readByIds(ids: readonly string[], columns: readonly string[]): Promise<SourceRecord[]> {
    const open = new Set(ids);
    const listed = (await pickOut(open.size, columns, ({ id }) => open.has(id))) ?? [];
    for (const { id } of listed) open.delete(id);
    // That a member is gone, only its own 404 tells: a listing may have missed it.
    const rest = [...open];
    const read = await readMembers(rest, columns);
    return [...listed, ...rest.map((id, index) => read[index] ?? goneMember(id))];
  }

  async function readByAddress(
    emails: readonly string[],
    columns: readonly string[],
  ): Promise<SourceRecord[]> {
    const keys = new Set(emails.map(addressKey).filter((key) => key !== ''));
    const isWanted = ({ values }: SourceRecord): boolean =>
      keys.has(addressKey(textOf(values.email_address)));
    const listed = await pickOut(keys.size, columns, isWanted);
    if (listed !== undefined) return listed;
    const read = await readMembers([...keys].map(subscriberHash), columns);
    return read.filter((record) => record !== undefined);
  }

  return {
    readAll: (columns) => listAll(columns),
    readChanges: (since, columns) => listAll(columns, since),
    readByIds,

    async readByKey(field, values, columns) {
      if (values.length === 0) return [];
      if (field === 'email_address') return readByAddress(values, columns);
      if (field === 'contact_id') {
        return (await readByIds(values, columns)).filter(({ state }) => state !== 'gone');
      }
      // Mailchimp has no search for an exact value of a merge field.
      const keys = new Set(values.map(addressKey));
      const isWanted = (record: SourceRecord): boolean =>
        keys.has(addressKey(fieldText(record.values, field)));
      return (await filterAll([...columns, field], isWanted, Number.POSITIVE_INFINITY)) ?? [];
    },
  };
}

/** Each page begins with the last row of the page before; the archived ones take a listing of their own. */
function callsFor(members: number): number {
  return Math.ceil(members / (PAGE_SIZE - 1)) + 1;
}

function fieldText(values: JsonObject, field: string): string {
  const merged = values.merge_fields;
  return textOf((isJsonObject(merged) ? merged[field] : undefined) ?? values[field]);
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

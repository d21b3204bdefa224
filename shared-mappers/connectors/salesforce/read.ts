import type { SystemClient } from '../../http/system-client.ts';
import type { ObjectSchema } from '../../model/field-schema.ts';
import type { Instant } from '../../model/instant.ts';
import type { SourceRecord } from '../../model/record.ts';
import type { Page } from '../../ports/connector.ts';
import { type PersonObject, personObjectOf, toLongId } from './identity.ts';
import { type Listing, readListing } from './listing.ts';
import { SYSTEM_COLUMNS } from './record.ts';
import { anyOf, isOneOf, queryLists, since } from './soql.ts';

export interface Reader {
  readAll(columns: readonly string[]): AsyncGenerator<Page>;
  readChanges(at: Instant, columns: readonly string[]): AsyncGenerator<Page>;
  readByIds(ids: readonly string[], columns: readonly string[]): Promise<SourceRecord[]>;
  readByKey(field: string, values: readonly string[], columns: readonly string[]): Promise<SourceRecord[]>;
  readAnyByKey(field: string, values: readonly string[], columns: readonly string[]): Promise<SourceRecord[]>;
  readMergedInto(ids: readonly string[], columns: readonly string[]): Promise<SourceRecord[]>;
}

export interface ReaderOptions {
  readonly client: SystemClient;
  readonly object: PersonObject;
  /** SOQL condition; listings keep to it, look-ups by id or key mark what lies outside as `filtered`. */
  readonly filter?: string | undefined;
  /** See `SalesforceConnectorOptions.optOuts`. */
  readonly optOuts?: readonly string[] | undefined;
  readonly describe: (object: PersonObject) => Promise<ObjectSchema>;
}

/** The order in which a listing can be taken up again, see `Listing.resume`. */
const BY_CHANGE = 'SystemModstamp, Id';

export function createReader({ client, object, filter, optOuts = [], describe }: ReaderOptions): Reader {
  const filtered = filter === undefined ? [] : [`(${filter})`];
  const filteredOrOut = filtered.map((inside) => anyOf([inside, ...optOuts.map((box) => `${box} = TRUE`)]));

  function listing(
    endpoint: Listing['endpoint'],
    columns: readonly string[],
    conditions: readonly string[],
    from?: Instant,
  ): Listing {
    const resume = (at: Instant | undefined) => ({
      object,
      columns: selected(object, columns),
      where: [...(at === undefined ? [] : [since('SystemModstamp', at)]), ...conditions],
      orderBy: BY_CHANGE,
    });
    return { endpoint, object, query: resume(from), names: topLevel(columns), resume };
  }

  async function lookUp(
    endpoint: Listing['endpoint'],
    of: PersonObject,
    columns: readonly string[],
    where: readonly string[],
  ): Promise<SourceRecord[]> {
    const known = of === object ? columns : await sharedColumns(of, columns);
    const query = { object: of, columns: selected(of, known), where };
    const found: SourceRecord[] = [];
    for await (const page of readListing(client, { endpoint, object: of, query, names: topLevel(known) })) {
      found.push(...page.records);
    }
    return found;
  }

  /** A converted lead is read as a contact, which lacks some of a lead's fields: those stay undefined. */
  async function sharedColumns(of: PersonObject, columns: readonly string[]): Promise<string[]> {
    const { fields } = await describe(of);
    return columns.filter((column) => fields.has(column));
  }

  /** A look-up finds live records outside the filter, too: asked for once more with the condition, they stay away. */
  async function marked(records: readonly SourceRecord[]): Promise<SourceRecord[]> {
    const live = records.filter((record) => record.state === 'live' && record.object === object);
    if (filter === undefined || live.length === 0) return [...records];
    const calls = queryLists(live.map(({ id }) => id)).map((list) =>
      lookUp('query', object, ['Id'], [isOneOf('Id', list), ...filtered]),
    );
    const inside = new Set((await Promise.all(calls)).flat().map(({ id }) => id));
    return records.map((record) =>
      live.includes(record) && !inside.has(record.id) ? { ...record, state: 'filtered' } : record,
    );
  }

  /** Changes of people inside the filter, and of whoever is outside and wants no mail: marked, as in a look-up. */
  async function* readChanges(at: Instant, columns: readonly string[]): AsyncGenerator<Page> {
    const pages = readListing(client, listing('queryAll', columns, filteredOrOut, at));
    for await (const page of pages) {
      const isOut = ({ values }: SourceRecord) => optOuts.some((box) => values[box] === true);
      const out = filter === undefined ? [] : page.records.filter(isOut);
      const outside = new Set(
        (await marked(out)).filter(({ state }) => state === 'filtered').map(({ id }) => id),
      );
      const records = page.records.map(
        (record): SourceRecord => (outside.has(record.id) ? { ...record, state: 'filtered' } : record),
      );
      yield outside.size === 0 ? page : { ...page, records };
    }
  }

  async function havingOneOf(
    endpoint: Listing['endpoint'],
    field: string,
    values: readonly string[],
    columns: readonly string[],
    where: readonly string[] = [],
  ): Promise<SourceRecord[]> {
    const calls = queryLists([...new Set(values)]).map((list) =>
      lookUp(endpoint, object, columns, [isOneOf(field, list), ...where]),
    );
    return marked((await Promise.all(calls)).flat());
  }

  return {
    readAll: (columns) => readListing(client, listing('query', columns, filtered)),

    readChanges,

    async readByIds(ids, columns) {
      const wanted = new Map(ids.map((id) => [toLongId(id) ?? id, id]));
      const calls = (['Contact', 'Lead'] as const).flatMap((of) => {
        const own = [...wanted.keys()].filter(
          (id) => toLongId(id) !== undefined && personObjectOf(id) === of,
        );
        return queryLists(own).map((list) => lookUp('queryAll', of, columns, [isOneOf('Id', list)]));
      });
      const found = (await Promise.all(calls)).flat();
      for (const record of found) wanted.delete(record.id);
      return [...(await marked(found)), ...[...wanted.values()].map((id) => gone(id, object))];
    },

    readByKey(field, values, columns) {
      // A converted lead is its contact's to match.
      return havingOneOf('query', field, values, columns, object === 'Lead' ? ['IsConverted = false'] : []);
    },

    readAnyByKey: (field, values, columns) => havingOneOf('queryAll', field, values, columns),

    readMergedInto: (ids, columns) => havingOneOf('queryAll', 'MasterRecordId', ids, columns),
  };
}

function selected(object: PersonObject, columns: readonly string[]): string[] {
  return [...new Set([...SYSTEM_COLUMNS[object], ...columns])];
}

function topLevel(columns: readonly string[]): string[] {
  return [...new Set(columns.map((column) => column.split('.', 1)[0] ?? column))];
}

function gone(id: string, object: PersonObject): SourceRecord {
  return { id, object: personObjectOf(id) ?? object, modifiedAt: 0, state: 'gone', values: {} };
}

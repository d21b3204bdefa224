import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { fingerprint } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import { otherSide, type Side } from '@stackbridge/shared-mappers/model/side.ts';
import { ADDRESS_OF_ANOTHER } from '@stackbridge/shared-mappers/plan/excluded.ts';
import { stampHome } from '@stackbridge/shared-mappers/plan/stamp-home.ts';
import type { Connector, WriteRequest, WriteResult } from '@stackbridge/shared-mappers/ports/connector.ts';
import { waitsForOthers } from '@stackbridge/shared-mappers/sync/dead-letter.ts';
import type { SyncJob } from '@stackbridge/shared-mappers/sync/job.ts';
import { changeKey } from '@stackbridge/shared-mappers/sync/poll/changed-records.ts';
import type { Delivered } from '@stackbridge/shared-mappers/sync/stateless/delivered-connector.ts';
import type { PersonOutcome } from '@stackbridge/shared-mappers/sync/stateless/person-outcome.ts';
import { readRelatives, sharersKey } from '@stackbridge/shared-mappers/sync/stateless/relatives.ts';
import { syncOneSide } from '@stackbridge/shared-mappers/sync/stateless/sync-one-side.ts';
import {
  type Execution,
  syncWithoutStore,
} from '@stackbridge/shared-mappers/sync/stateless/sync-without-store.ts';
import { fieldMapOf, KEY, MARKS, OPTIONS } from './pair-world.ts';

const HOUR = 3_600_000;
const SYSTEMS = { left: 'salesforce', right: 'mailchimp' } as const;
const MAP = fieldMapOf();
const PROGRESS = { begin: () => {}, advance: () => {}, end: () => {}, call: () => {}, waiting: () => {} };

const JOB: SyncJob = {
  recipe: 'people',
  scope: 'audience',
  leftObject: 'Contact',
  map: MAP,
  options: { ...OPTIONS, owner: { by: 'oldest' } },
  matchKeys: [{ left: ({ email }) => String(email ?? ''), right: ({ email }) => String(email ?? '') }],
  home: stampHome(MAP, MARKS),
  marks: MARKS,
  keyHashOf: (email) => fingerprint(KEY, email),
  mappingVersion: '1',
  overlapMs: 0,
  leftFiltered: false,
};

/** What a step came to: what it hands on, and whether it may pass without the record. */
interface Taken {
  readonly onward?: Delivered;
  readonly waits: boolean;
}

/** Contacts and members of a few people, and both hosts that keep nothing: Zaps, and one that reaches both sides. */
export class PeopleWorld {
  readonly records: Readonly<Record<Side, Map<string, SourceRecord>>> = { left: new Map(), right: new Map() };
  now = HOUR;
  #ids = 0;

  contact(email: string, name: string): string {
    return this.#create('left', { email, name, tier: 'Gold', optedOut: false });
  }

  edit(side: Side, id: string, values: JsonObject): void {
    const record = this.records[side].get(id);
    if (record?.state !== 'live') return;
    this.#put(side, { ...record, values: { ...record.values, ...values } });
  }

  remove(id: string): void {
    const record = this.records.left.get(id);
    if (record?.state === 'live') this.#put('left', { ...record, state: 'deleted' });
  }

  merge(loserId: string, winnerId: string): void {
    const loser = this.records.left.get(loserId);
    const winner = this.records.left.get(winnerId);
    if (loserId === winnerId || loser?.state !== 'live' || winner?.state !== 'live') return;
    this.#put('left', { ...loser, state: 'merged', successorId: winnerId });
    this.#put('left', winner);
  }

  /** What a trigger would show, each under the id by which a Zap sees it once. */
  async poll(side: Side): Promise<ReadonlyMap<string, Delivered>> {
    const shown = new Map<string, Delivered>();
    for (const record of this.records[side].values()) {
      const delivered = await this.#delivered(side, record);
      const { relatives } = delivered;
      const key = relatives === undefined || record.state !== 'live' ? '' : sharersKey(relatives);
      shown.set(`${changeKey(record)}${key}`, delivered);
    }
    return shown;
  }

  /** Both steps of a Zap: the sync step, and that of the other direction with what the first hands on. */
  async take(source: Side, incoming: Delivered): Promise<Pick<Taken, 'waits'>> {
    const { onward, waits } = await this.#step(source, incoming);
    if (onward !== undefined) await this.#step(otherSide(source), onward);
    return { waits };
  }

  /** What a trigger would show of it now. */
  async pack(side: Side, id: string): Promise<Delivered | undefined> {
    const record = this.records[side].get(id);
    return record === undefined ? undefined : this.#delivered(side, record);
  }

  /** What a search for it finds. */
  async find(side: Side, id: string): Promise<Delivered | undefined> {
    return this.records[side].get(id)?.state === 'live' ? this.pack(side, id) : undefined;
  }

  async #step(source: Side, incoming: Delivered): Promise<Taken> {
    this.now += HOUR;
    const side = otherSide(source);
    try {
      const target = this.connector(side);
      const { people } = await syncOneSide(JOB, this.#ports(), { source, incoming, target });
      const isMeant = ({ leftId, rightId }: PersonOutcome): boolean =>
        [leftId, rightId].includes(incoming.record.id);
      const person = people.find(isMeant) ?? people[0];
      const { othersTurn, leftId, rightId, because, issues = [] } = person ?? {};
      const record = this.records[side].get((side === 'left' ? leftId : rightId) ?? '');
      const waits = because === ADDRESS_OF_ANOTHER || issues.some(({ code }) => waitsForOthers(code));
      return othersTurn === undefined || record === undefined
        ? { waits }
        : { waits, onward: await this.#delivered(side, record) };
    } catch (error) {
      if (error instanceof StackbridgeError && error.code === 'SEVERAL_MATCHES') return { waits: false };
      throw error;
    }
  }

  async #delivered(side: Side, record: SourceRecord): Promise<Delivered> {
    const system = SYSTEMS[side];
    if (side === 'right') return { system, record };
    const kin = { connector: this.connector('left'), columns: [], addressField: 'email' };
    const relatives = (await readRelatives([record], kin)).get(record.id) ?? { records: [], sharers: {} };
    return { system, record, relatives };
  }

  async syncBoth(): Promise<Execution> {
    this.now += HOUR;
    const ports = { ...this.#ports(), left: this.connector('left'), right: this.connector('right') };
    return syncWithoutStore(JOB, ports, { scope: { everything: true } });
  }

  /** As people see it. */
  shown(): unknown {
    const [lefts, rights] = (['left', 'right'] as const).map((side) =>
      [...this.records[side].values()].map(({ id, state, values: { stamp: _, partner: __, ...values } }) => ({
        id,
        state,
        ...values,
      })),
    );
    return { lefts, rights };
  }

  connector(side: Side): Connector {
    const all = (): SourceRecord[] => [...this.records[side].values()];
    const having = (field: string, values: readonly string[]): SourceRecord[] =>
      all().filter((record) => values.includes(String(record.values[field] ?? '')));
    async function* pages(records: readonly SourceRecord[]) {
      yield { records, expected: records.length, serverTime: 0 };
    }
    return {
      system: SYSTEMS[side],
      object: side === 'left' ? 'Contact' : 'member',
      capabilities: {
        writeBatch: 1,
        lookupBatch: 100,
        writeConcurrency: 1,
        createIsIdempotent: side === 'right',
        changesTellDeletes: true,
      },
      describe: async () => {
        throw new RangeError('Nothing is described here');
      },
      readAll: () => pages(all().filter(({ state }) => side === 'right' || state === 'live')),
      readChanges: () => pages(all()),
      readByIds: async (ids) => ids.map((id) => this.records[side].get(id) ?? this.#gone(side, id)),
      readByKey: async (field, values) =>
        having(field, values).filter(({ state }) => side === 'right' || state === 'live'),
      ...(side === 'left' ? { readAnyByKey: async (field, values) => having(field, values) } : {}),
      ...(side === 'left'
        ? {
            readMergedInto: async (ids) => all().filter(({ successorId }) => ids.includes(successorId ?? '')),
          }
        : {}),
      write: async (requests) => requests.map((request) => this.#write(side, request)),
    };
  }

  #gone(side: Side, id: string): SourceRecord {
    const object = side === 'left' ? 'Contact' : 'member';
    return { id, object, modifiedAt: 0, state: 'gone', values: {} };
  }

  #write(side: Side, request: WriteRequest): WriteResult {
    if (request.action === 'create') {
      if (side === 'right' && this.#memberAt(String(request.payload.email)) !== undefined)
        return refused('MEMBER_EXISTS');
      const defaults = side === 'left' ? { optedOut: false } : {};
      return {
        outcome: 'written',
        id: this.#create(side, { ...defaults, ...request.payload }),
        created: true,
      };
    }
    const record = this.records[side].get(request.id);
    if (record === undefined || (record.state !== 'live' && record.state !== 'archived'))
      return refused('RECORD_GONE');
    const email = 'payload' in request ? request.payload.email : undefined;
    const holder = typeof email === 'string' && side === 'right' ? this.#memberAt(email) : undefined;
    if (holder !== undefined && holder.id !== record.id) return refused('ADDRESS_TAKEN');
    const payload = 'payload' in request ? request.payload : {};
    const out = request.action === 'opt-out' && side === 'right' ? { status: 'unsubscribed' } : {};
    const values = { ...record.values, ...payload, ...out };
    const state =
      request.action === 'archive' ? 'archived' : request.action === 'restore' ? 'live' : record.state;
    // A write that changes nothing is none to Mailchimp, and one to Salesforce.
    const isNews = state !== record.state || JSON.stringify(values) !== JSON.stringify(record.values);
    if (isNews || side === 'left') this.#put(side, { ...record, state, values });
    return { outcome: 'written', id: record.id, created: false };
  }

  #memberAt(email: string): SourceRecord | undefined {
    return [...this.records.right.values()].find(({ values }) => values.email === email);
  }

  #create(side: Side, values: JsonObject): string {
    this.#ids += 1;
    const id = `${side === 'left' ? '003' : 'm'}${String(this.#ids).padStart(3, '0')}`;
    const object = side === 'left' ? 'Contact' : 'member';
    this.#put(side, { id, object, modifiedAt: 0, state: 'live', values });
    return id;
  }

  #put(side: Side, record: SourceRecord): void {
    this.now += HOUR;
    this.records[side].set(record.id, { ...record, modifiedAt: this.now });
  }

  #ports() {
    let ids = 0;
    return {
      clock: { now: () => this.now },
      random: { next: () => 0, id: () => `id-${ids++}` },
      progress: PROGRESS,
      log: { debug: () => {}, info: () => {}, warn: () => {} },
      stop: { requested: false },
      calls: () => ({}),
    };
  }
}

function refused(code: 'MEMBER_EXISTS' | 'RECORD_GONE' | 'ADDRESS_TAKEN'): WriteResult {
  return { outcome: 'refused', error: new StackbridgeError(code, code) };
}

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FaultEffect } from '@stackbridge/sandbox/faults.ts';
import type { AdminRecord, Desk } from '@stackbridge/sandbox/simulator.ts';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import type { Limits } from '@stackbridge/shared-mappers/http/limiter.ts';
import type { SystemClient, SystemClientOptions } from '@stackbridge/shared-mappers/http/system-client.ts';
import type { FieldSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import type { RecordState, SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type {
  Capabilities,
  Connector,
  Page,
  WriteResult,
} from '@stackbridge/shared-mappers/ports/connector.ts';
import { createHttp, type PooledHttp } from 'stackbridge/http.ts';
import { createTestClient, type TestClient } from '../support/test-client.ts';

/** A connector opened on an empty sandbox, and the desk at which people edit the same records. */
export interface ContractSubject {
  readonly connector: Connector;
  readonly desk: Desk;
  /** The desk's name for what the connector reads: an object, an audience id. */
  readonly collection: string;
}

/** What the contract expects of one system, literally. */
export interface Contract {
  readonly system: 'salesforce' | 'mailchimp';
  readonly interpret: SystemClientOptions['interpret'];
  readonly limits: Limits;
  connection(sandbox: Sandbox, http: PooledHttp): Connection;
  open(sandbox: Sandbox, client: SystemClient): Promise<ContractSubject>;

  /** A person as typed in at the desk, and as the loop writes it; their address is `p<index>@acme.test`. */
  person(index: number): { readonly atDesk: AdminRecord; readonly payload: JsonObject };
  readonly columns: readonly string[];
  readonly emailColumn: string;
  /** `values` of person 1, read with `columns`. */
  readonly values: JsonObject;
  /** An edit at the desk, and an update by the connector that changes one value and empties another. */
  readonly edit: AdminRecord;
  readonly update: { readonly payload: JsonObject; readonly values: JsonObject };
  readonly rename: { readonly payload: JsonObject; readonly email: string };
  /** A payload that the system refuses, and why. */
  readonly invalid: { readonly payload: JsonObject; readonly code: string };
  /** An id of the right form that no record has. */
  readonly unknownId: string;

  readonly capabilities: Capabilities;
  readonly schema: Readonly<Record<string, Partial<FieldSchema>>>;
  readonly object: string;
  /** What a record becomes when a person removes it. */
  readonly removed: RecordState;
  /** Calls that reading 2,500 records takes, and a look for changes where there are none. */
  readonly calls: { readonly readAll: number; readonly idle: number };
  /** Part of the path of a listing and of a batch write. */
  readonly paths: { readonly listing: string; readonly write: string };
}

/** What every connector promises, whatever its system. */
export function keepsTheContract(contract: Contract): void {
  const { system, columns, emailColumn } = contract;
  let sandbox: Sandbox;
  let http: PooledHttp;
  let tools: TestClient;
  let subject: ContractSubject;

  beforeEach(async () => {
    sandbox = await startSandbox();
    http = createHttp();
    const { interpret, limits } = contract;
    const connection = contract.connection(sandbox, http);
    tools = createTestClient({ system, http, interpret, limits, connection });
    subject = await contract.open(sandbox, tools.client);
  });

  afterEach(async () => {
    await http.close();
    await sandbox.close();
  });

  const typeIn = (index: number) => subject.desk.create(subject.collection, contract.person(index).atDesk);
  const held = () => subject.desk.list(subject.collection, { limit: 10_000, offset: 0 }).total;
  const create = (index: number) => ({
    action: 'create' as const,
    email: `p${index}@acme.test`,
    payload: contract.person(index).payload,
    sourceId: `source-${index}`,
  });
  const fault = (path: string, effect: FaultEffect, more: { method?: string; times?: number } = {}) =>
    sandbox.world.faults.add({ system, path, effect, ...more });
  const callsOf = () => tools.events.filter((event) => event === 'call').length;
  const readOne = async (id: string) => {
    const [record] = await subject.connector.readByIds([id], columns);
    return record;
  };

  describe(`the ${system} connector`, () => {
    test('tells what it can do', () => {
      expect(subject.connector.capabilities).toEqual(contract.capabilities);
    });

    test('describes the fields that recipes name', async () => {
      const { fields } = await subject.connector.describe();
      for (const [name, expected] of Object.entries(contract.schema)) {
        expect(fields.get(name)).toMatchObject({ name, ...expected });
      }
    });

    describe('reading everything', () => {
      test('gives each record as the vendor holds it, with total and server time', async () => {
        const id = typeIn(1);
        const pages = await collect(subject.connector.readAll(columns));
        const [first] = pages;

        expect(recordsOf(pages)).toEqual([
          {
            id,
            object: contract.object,
            modifiedAt: sandbox.world.clock.now(),
            state: 'live',
            values: contract.values,
          },
        ]);
        expect(first?.expected).toBe(1);
        expect(first?.serverTime).toBe(sandbox.world.clock.now() - 1_000);
      });

      test('costs the fewest calls its pages allow, and misses nobody', async () => {
        const ids = Array.from({ length: 2_500 }, (_, index) => typeIn(index));
        const records = recordsOf(await collect(subject.connector.readAll(columns)));
        expect(new Set(records.map((record) => record.id))).toEqual(new Set(ids));
        expect(callsOf()).toBe(contract.calls.readAll);
      });

      test('is refused when rows stay missing from it', async () => {
        for (let index = 0; index < 5; index++) typeIn(index);
        // For ever: a system whose pages overlap reads on where one came short.
        fault(contract.paths.listing, { kind: 'truncate', rows: 2 }, { times: 0 });
        const reading = collect(subject.connector.readAll(columns));
        await expect(reading).rejects.toMatchObject({ code: 'LISTING_INCOMPLETE' });
      });
    });

    test('reads what changed since, and what was removed', async () => {
      const [, edited, removed] = [typeIn(1), typeIn(2), typeIn(3)];
      sandbox.world.clock.advance(600_000);
      const since = sandbox.world.clock.now();
      subject.desk.edit(subject.collection, edited, contract.edit);
      subject.desk.remove(subject.collection, removed);

      const records = recordsOf(await collect(subject.connector.readChanges(since, columns)));
      expect(new Map(records.map(({ id, state }) => [id, state]))).toEqual(
        new Map([
          [edited, 'live'],
          [removed, contract.removed],
        ]),
      );
    });

    test('finds out that nothing changed in as few calls as there are listings', async () => {
      typeIn(1);
      sandbox.world.clock.advance(600_000);
      const pages = await collect(subject.connector.readChanges(sandbox.world.clock.now(), columns));
      expect({ records: recordsOf(pages), calls: callsOf() }).toEqual({
        records: [],
        calls: contract.calls.idle,
      });
      expect(pages[0]?.serverTime).toBe(sandbox.world.clock.now() - 1_000);
    });

    test('reads records by id: as they are, as they were removed, or gone', async () => {
      const [live, removed] = [typeIn(1), typeIn(2)];
      subject.desk.remove(subject.collection, removed);
      const records = await subject.connector.readByIds([live, removed, contract.unknownId], columns);
      expect(new Map(records.map(({ id, state }) => [id, state]))).toEqual(
        new Map([
          [live, 'live'],
          [removed, contract.removed],
          [contract.unknownId, 'gone'],
        ]),
      );
    });

    test('reads records by address, whatever its case', async () => {
      const id = typeIn(1);
      typeIn(2);
      const records = await subject.connector.readByKey(
        emailColumn,
        ['P1@Acme.test', 'nobody@acme.test'],
        columns,
      );
      expect(records.map((record) => record.id)).toEqual([id]);
    });

    describe('writing', () => {
      test('creates records that read back as they were sent', async () => {
        const results = await subject.connector.write([create(1)]);
        const [record] = recordsOf(await collect(subject.connector.readAll(columns)));
        expect(results).toMatchObject([{ outcome: 'written', id: record?.id, created: true }]);
        expect(record?.values).toEqual(contract.values);
      });

      test('updates only what it sends, and empties what it is told to', async () => {
        const id = typeIn(1);
        const { payload, values } = contract.update;
        const results = await subject.connector.write([
          { action: 'update', id, email: 'p1@acme.test', payload },
        ]);
        expect(results).toMatchObject([{ outcome: 'written', id, created: false }]);
        expect((await readOne(id))?.values).toEqual(values);
      });

      test('moves an address and keeps the record', async () => {
        const id = typeIn(1);
        const results = await subject.connector.write([
          { action: 'rename', id, payload: contract.rename.payload },
        ]);
        const found = await subject.connector.readByKey(emailColumn, [contract.rename.email], columns);
        expect(results).toMatchObject([{ outcome: 'written', id, created: false }]);
        expect({ found: found.map((record) => record.id), held: held() }).toEqual({ found: [id], held: 1 });
      });

      test('keeps the good of a batch and says what is wrong with the bad, in the order sent', async () => {
        const bad = { ...create(2), payload: contract.invalid.payload };
        const results = await subject.connector.write([create(1), bad, create(3)]);
        expect(results.map(outcomeOf)).toEqual(['written', contract.invalid.code, 'written']);
        expect(held()).toBe(2);
      });

      test('tells when the record is gone', async () => {
        const id = contract.unknownId;
        const email = 'p9@acme.test';
        const { payload } = contract.update;
        const results = await subject.connector.write([{ action: 'update', id, email, payload }]);
        expect(results.map(outcomeOf)).toEqual(['RECORD_GONE']);
        expect(held()).toBe(0);
      });

      test.each([
        ['had landed', 'drop-after'],
        ['had not landed', 'drop-before'],
      ] as const)('creates each record once when the answer is lost and the call %s', async (_name, kind) => {
        fault(contract.paths.write, { kind }, { method: 'POST' });
        const results = await subject.connector.write([create(1), create(2)]);
        expect(results).toMatchObject([
          { outcome: 'written', created: true },
          { outcome: 'written', created: true },
        ]);
        expect(held()).toBe(2);
      });

      test('waits when it is throttled, and loses nothing', async () => {
        fault(contract.paths.write, { kind: 'throttle' }, { method: 'POST' });
        const results = await subject.connector.write([create(1)]);
        expect(results.map(outcomeOf)).toEqual(['written']);
        expect(tools.events.some((event) => event.startsWith('waiting'))).toBe(true);
        expect(held()).toBe(1);
      });

      test('repeats what the server failed at', async () => {
        const id = typeIn(1);
        fault(contract.paths.write, { kind: 'status', status: 503 });
        const { payload } = contract.update;
        const results = await subject.connector.write([
          { action: 'update', id, email: 'p1@acme.test', payload },
        ]);
        expect(results.map(outcomeOf)).toEqual(['written']);
      });
    });
  });
}

async function collect(pages: AsyncIterable<Page>): Promise<Page[]> {
  const all: Page[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

function recordsOf(pages: readonly Page[]): SourceRecord[] {
  return pages.flatMap((page) => page.records);
}

function outcomeOf(result: WriteResult): string {
  return result.outcome === 'written' ? 'written' : result.error.code;
}

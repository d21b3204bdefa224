import { describe, expect, test } from '@jest/globals';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import {
  type Kin,
  MOST_SHARERS,
  readRelatives,
  sharersKey,
} from '@stackbridge/shared-mappers/sync/stateless/relatives.ts';

function contact(id: string, Email: string, rest: Partial<SourceRecord> = {}): SourceRecord {
  return { id, object: 'Contact', modifiedAt: 0, state: 'live', values: { Email }, ...rest };
}

/** A CRM that holds these, and counts what it is asked. */
function crmOf(records: readonly SourceRecord[]): Kin & { readonly asked: string[][] } {
  const asked: string[][] = [];
  const having = async (_: string, addresses: readonly string[]): Promise<SourceRecord[]> => {
    asked.push([...addresses]);
    return records.filter(({ values }) => addresses.includes(String(values.Email).toLowerCase()));
  };
  const connector: Kin['connector'] = {
    readByIds: async (ids) => records.filter(({ id }) => ids.includes(id)),
    readByKey: async () => [],
    readAnyByKey: having,
    readMergedInto: async (ids) => records.filter(({ successorId }) => ids.includes(successorId ?? '')),
  };
  return { connector, columns: ['Email'], addressField: 'Email', asked };
}

describe('the relatives of a record', () => {
  const ada = contact('1', 'family@lovelace.test');
  const byron = contact('2', 'Family@Lovelace.test');

  test('are whoever else has its address; where nobody has it, that is said', async () => {
    const grace = contact('3', 'grace@hopper.test');
    const crm = crmOf([ada, byron, grace]);

    const found = await readRelatives([ada, byron, grace], crm);

    expect(Object.fromEntries(found)).toEqual({
      1: { records: [byron], sharers: { 'family@lovelace.test': ['2'] } },
      2: { records: [ada], sharers: { 'family@lovelace.test': ['1'] } },
      3: { records: [], sharers: { 'grace@hopper.test': [] } },
    });
    expect(crm.asked).toEqual([['family@lovelace.test', 'grace@hopper.test']]);
  });

  test('are whoever had its address before being deleted, and the record that one became, with its own', async () => {
    const deleted = contact('4', 'family@lovelace.test', { state: 'deleted' });
    const merged = contact('5', 'family@lovelace.test', { state: 'merged', successorId: '6' });
    const winner = contact('6', 'king@lovelace.test');
    const neighbour = contact('7', 'king@lovelace.test');

    const found = await readRelatives([ada], crmOf([ada, deleted, merged, winner, neighbour]));

    expect(found.get('1')).toEqual({
      records: [deleted, merged, winner, neighbour],
      sharers: { 'family@lovelace.test': [], 'king@lovelace.test': ['6', '7'] },
    });
  });

  test('are the record that it became itself, through others that were merged too', async () => {
    const lead = contact('1', 'ada@lovelace.test', { state: 'converted', successorId: '2' });
    const between = contact('2', 'ada@lovelace.test', { state: 'merged', successorId: '3' });
    const last = contact('3', 'countess@lovelace.test');

    const found = await readRelatives([lead], crmOf([lead, between, last]));

    expect(found.get('1')?.records).toEqual([between, last]);
  });

  test('of a deleted record are those that were merged into it, through others too, with whoever shares their addresses', async () => {
    const deleted = contact('5', 'ada@lovelace.test', { state: 'deleted' });
    const between = contact('4', 'countess@lovelace.test', { state: 'merged', successorId: '5' });
    const first = contact('3', 'family@lovelace.test', { state: 'merged', successorId: '4' });

    const found = await readRelatives([deleted], crmOf([deleted, between, first, byron]));

    expect(found.get('5')).toEqual({
      records: [between, first, byron],
      sharers: { 'ada@lovelace.test': [], 'countess@lovelace.test': [], 'family@lovelace.test': ['2'] },
    });
  });

  test('are counted where too many have the address', async () => {
    const crowd = Array.from({ length: MOST_SHARERS + 2 }, (_, n) => contact(`${n}`, 'info@acme.test'));
    const [first = ada] = crowd;

    const found = await readRelatives([first], crmOf(crowd));

    expect(found.get('0')).toEqual({ records: [], sharers: { 'info@acme.test': MOST_SHARERS + 1 } });
  });

  test('give it another key when others come to share its address or no longer do, and none where nobody does', () => {
    const key = (...ids: string[]): string => sharersKey({ records: [], sharers: { 'a@b.test': ids } });

    expect([
      key(),
      key('2', '3') === key('3', '2'),
      key('2') === key('3'),
      key('2') === key('2', '3'),
    ]).toEqual(['', true, false, false]);
  });

  test('of a record without an address are nobody, and nobody is asked', async () => {
    const nobody = contact('9', '');
    const crm = crmOf([nobody]);

    expect((await readRelatives([nobody], crm)).get('9')).toEqual({ records: [], sharers: {} });
    expect(crm.asked).toEqual([]);
  });
});

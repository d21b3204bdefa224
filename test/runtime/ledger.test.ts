import { expect, test } from '@jest/globals';
import type { DocumentMemory, LedgerEntry } from '@stackbridge/shared-mappers/model/billing/ledger.ts';
import { openStore } from '../../runtime/store/sqlite-store.ts';

const entry: LedgerEntry = {
  scope: 'xero:1',
  purpose: 'charge',
  source: { kind: 'time-log', id: '9007199254740993001', minutes: 140 },
  documentNumber: 'ZP-7',
  state: 'intended',
  recipe: 'milestones',
  subject: '7',
  line: 2,
  at: 5,
};
const memory: DocumentMemory = {
  scope: 'xero:1',
  recipe: 'milestones',
  number: 'ZP-7',
  subject: '7',
  pending: 'p',
  total: '110.00',
  at: 5,
};

async function openLedger() {
  const store = openStore(':memory:');
  const answer = await store.acquireLease('xero:1', 'here', 0, 60_000);
  if (!('lease' in answer)) throw new Error('The lease is taken');
  return { store, lease: answer.lease };
}

test('the ledger gives back what it was given, by source, by document and by subject', async () => {
  const { store, lease } = await openLedger();

  await store.commitLedger(lease, [
    { kind: 'entry', entry },
    { kind: 'document', memory },
  ]);

  expect(await store.entries('xero:1', [entry.source])).toEqual([entry]);
  expect(await store.entriesOf('xero:1', ['ZP-7'])).toEqual([entry]);
  expect(await store.subjects('xero:1', 'milestones')).toEqual([entry.subject]);
  expect(await store.documents('xero:1', 'milestones', ['7'])).toEqual([memory]);
  expect(await store.entries('xero:2', [entry.source])).toEqual([]);
});

test('an entry is replaced by one of the same key, and forgotten by it', async () => {
  const { store, lease } = await openLedger();
  const billed: LedgerEntry = { ...entry, state: 'billed' };
  const more: LedgerEntry = { ...billed, source: { kind: 'time-log', id: entry.source.id, minutes: 150 } };

  await store.commitLedger(lease, [
    { kind: 'entry', entry },
    { kind: 'entry', entry: billed },
    { kind: 'entry', entry: more },
    { kind: 'forget', key: entry },
  ]);

  expect(await store.entriesOf('xero:1', ['ZP-7'])).toEqual([more]);
});

test('whoever lost the lease writes nothing to the ledger', async () => {
  const { store, lease } = await openLedger();
  await store.releaseLease(lease);
  await store.acquireLease('xero:1', 'there', 0, 60_000);

  await expect(store.commitLedger(lease, [{ kind: 'entry', entry }])).rejects.toThrow();

  expect(await store.entries('xero:1', [entry.source])).toEqual([]);
});

import { expect, test } from '@jest/globals';
import type { LedgerChange } from '@stackbridge/shared-mappers/model/billing/ledger.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import { statusOf } from '../../runtime/commands/recipe-status.ts';
import { openStore } from '../../runtime/store/sqlite-store.ts';

const scope = 'xero:1';
const recipe = 'expenses';

function billed(subject: string, of = recipe): LedgerChange[] {
  const documentNumber = `ZE-${of}-${subject}`;
  const shared = { scope, recipe: of, subject, at: 0 };
  return [
    { kind: 'document', memory: { ...shared, number: documentNumber, total: '1.00' } },
    {
      kind: 'entry',
      entry: {
        ...shared,
        purpose: 'cost',
        source: { kind: 'expense', id: subject, amount: '1.00' },
        documentNumber,
        line: 0,
        state: 'billed',
      },
    },
  ];
}

function failing(subject: string): Parked {
  return {
    kind: 'failure',
    scope,
    recipe,
    subject,
    leftId: subject,
    keyHash: '',
    code: 'ACCOUNT_UNMAPPED',
    fields: [],
    message: 'No account',
    next: 'Map it',
    attempts: 1,
    firstAt: 0,
    lastAt: 0,
  };
}

test('a billing recipe is warned about past 5 % of what its own ledger knows, not at a single failure', async () => {
  using store = openStore(':memory:');
  const answer = await store.acquireLease(scope, 'here', 0, 60_000);
  if (!('lease' in answer)) throw new Error('The lease is taken');
  const { lease } = answer;
  const ids = Array.from({ length: 40 }, (_, at) => `e${at}`);
  await store.commitLedger(lease, [
    ...ids.flatMap((id) => billed(id)),
    ...Array.from({ length: 100 }, (_, at) => billed(`m${at}`, 'milestones')).flat(),
  ]);
  const statusWith = async (failures: number) => {
    const parked = Array.from({ length: failures }, (_, at) => failing(`f${at}`));
    await store.commit(
      lease,
      parked.map((one) => ({ kind: 'park', parked: one })),
    );
    const known = { file: 'expenses.yaml', scope };
    return statusOf(recipe, known, { store, clock: { now: () => 1 } });
  };

  const few = await statusWith(2);
  const many = await statusWith(3);

  expect([few.billed, few.failing, few.warnings]).toEqual([40, 2, []]);
  expect([many.failing, many.warnings]).toEqual([3, ['3 records failing, more than 5 % of 40 billed']]);
});

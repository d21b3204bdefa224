import { expect, test } from '@jest/globals';
import { historyNote } from '@stackbridge/shared-mappers/plan/billing/history-note.ts';
import { BillingWorld, expense, milestone, timeLog } from '../../support/billing-world.ts';

test('a note says what a write bills from where, without people, and nothing where nothing is written', () => {
  const world = new BillingWorld();
  world.put(milestone('m1'), timeLog('l1', { minutes: 80 }), timeLog('l2', { minutes: 60 }));
  world.expenses.set('e1', expense('e1'));

  const [first] = world.run();
  const [second] = world.run();

  const notes = [first, second].flatMap((plan) =>
    plan === undefined ? [] : historyNote(plan, 'Harbour Bridge: Design', 'invoices'),
  );
  expect(notes).toEqual([
    {
      kind: 'note',
      documentNumber: 'ZP-m1',
      note: 'Billed by Stackbridge, recipe invoices. Harbour Bridge: Design: 2 time logs with 140 minutes, 1 expense.',
      words: 'with a note in its history',
    },
  ]);
});

import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { loseAnswers, playSwept, sweep } from '../support/month-end.ts';

const DAY = { file: fileURLToPath(new URL('expenses.yaml', import.meta.url)), exit: 0 };

/** Every call of the swept run that changes something in Xero, of each kind one. */
const WRITES = [
  { method: 'PUT', path: '/BankTransactions?' },
  { method: 'PUT', path: '/Invoices?' },
  { method: 'POST', path: '/Invoices?' },
  { method: 'PUT', path: '/BankTransactions/' },
  { method: 'PUT', path: '/LinkedTransactions' },
  { method: 'PUT', path: '/Invoices/' },
] as const;

/** A case plays the day several times over. */
const LONGEST_MS = 120_000;

test('a day of expenses ends as it says where nothing goes wrong', async () => {
  expect(await playSwept(DAY)).toEqual([]);
});

describe('a crash of a run for expenses', () => {
  // Between reads, too: test/slow.
  test.each([
    { of: 'write', when: 'before', least: 7 },
    { of: 'write', when: 'after', least: 7 },
    { of: 'store', when: 'after', least: 12 },
  ] as const)(
    '$when any $of ends in the same state as without it, nothing lost, nothing booked or linked twice',
    async ({ of, when, least }) => {
      const { swept, ends } = await sweep(of, when, DAY);

      expect(ends).toEqual({});
      expect(swept).toBeGreaterThanOrEqual(least);
    },
    LONGEST_MS,
  );
});

describe('an answer of Xero that never comes', () => {
  const cases = WRITES.flatMap((write) => [
    { ...write, kind: 'drop-before' } as const,
    { ...write, kind: 'drop-after' } as const,
  ]);

  test.each(cases)(
    'to $method $path ($kind), once or all along, ends in the same state',
    async ({ kind, ...write }) => {
      expect(await loseAnswers(write, { kind }, [1, 0], DAY)).toEqual({});
    },
    LONGEST_MS,
  );
});

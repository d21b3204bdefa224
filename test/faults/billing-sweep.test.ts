import { describe, expect, test } from '@jest/globals';
import type { FaultEffect } from '@stackbridge/sandbox/faults.ts';
import { endOf, playMonthEnd, sweep } from '../support/month-end.ts';

/** Every call of the swept run that changes something in Xero. */
const WRITES = [
  { method: 'PUT', path: '/Contacts' },
  { method: 'PUT', path: '/Invoices' },
  { method: 'POST', path: '/Invoices' },
] as const;

/** A case plays the month several times over. */
const LONGEST_MS = 120_000;

test('a month of billing ends as it says where nothing goes wrong', async () => {
  expect(await playMonthEnd()).toEqual([]);
});

describe('a crash of a billing run', () => {
  // Whatever is read anew changes nothing: test/slow cuts between the reads, too.
  test.each([
    { of: 'write', when: 'before', least: WRITES.length },
    { of: 'write', when: 'after', least: WRITES.length },
    { of: 'store', when: 'before', least: 6 },
    { of: 'store', when: 'after', least: 6 },
  ] as const)(
    '$when any $of ends in the same state as without it, nothing lost, nothing billed twice',
    async ({ of, when, least }) => {
      const { swept, ends } = await sweep(of, when);

      expect(ends).toEqual({});
      expect(swept).toBeGreaterThanOrEqual(least);
    },
    LONGEST_MS,
  );
});

describe('an answer of Xero that never comes', () => {
  test(
    'the list of writes is whole',
    async () => {
      const { swept } = await sweep('write', 'after');

      expect(swept).toBe(WRITES.length);
    },
    LONGEST_MS,
  );

  const effects: readonly FaultEffect[] = [
    { kind: 'drop-before' },
    { kind: 'drop-after' },
    { kind: 'status', status: 500 },
  ];
  const cases = WRITES.flatMap((write) => effects.map((effect) => ({ ...write, effect })));

  test.each(cases)(
    'to $method $path ($effect.kind), once, twice or all along, ends in the same state',
    async ({ method, path, effect }) => {
      const ends: Record<number, unknown> = {};
      for (const times of [1, 2, 0]) {
        const fault = { system: 'xero', method, path, effect, times };
        const failures = await endOf({ fault }, { sync: { expect: { counts: {} } } }, { 'clear-faults': {} });
        if (failures.length > 0) ends[times] = failures;
      }

      expect(ends).toEqual({});
    },
    LONGEST_MS,
  );
});

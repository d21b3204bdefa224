import { describe, expect, test } from '@jest/globals';
import { loseAnswers, playMonthEnd, sweep, WRITES } from '../support/month-end.ts';

/** A case plays the month several times over. */
const LONGEST_MS = 120_000;

test('a month of billing ends as it says where nothing goes wrong', async () => {
  expect(await playMonthEnd()).toEqual([]);
});

describe('a crash of a billing run', () => {
  // Between the reads nothing has changed yet: test/slow cuts there, too.
  test.each([
    { of: 'write', when: 'before', least: WRITES.length },
    { of: 'write', when: 'after', least: WRITES.length },
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

  const cases = WRITES.flatMap((write) => [
    { ...write, kind: 'drop-before' } as const,
    { ...write, kind: 'drop-after' } as const,
  ]);

  test.each(cases)(
    'to $method $path ($kind), once or all along, ends in the same state',
    async ({ kind, ...write }) => {
      expect(await loseAnswers(write, { kind }, [1, 0])).toEqual({});
    },
    LONGEST_MS,
  );
});

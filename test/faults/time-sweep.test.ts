import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { loseAnswers, playSwept, sweep } from '../support/month-end.ts';

const WEEK = { file: fileURLToPath(new URL('week-of-time.yaml', import.meta.url)), exit: 0 };

/** Every call of the swept run that changes something in Xero, of each kind one. */
const WRITES = [
  { method: 'PUT', path: '/Contacts' },
  { method: 'POST', path: '/Projects' },
  { method: 'POST', path: '/Tasks' },
  { method: 'POST', path: '/Time' },
  { method: 'PUT', path: '/Time/' },
  { method: 'DELETE', path: '/Time/' },
  { method: 'POST', path: '/Timesheets' },
  { method: 'PUT', path: '/Lines/' },
  { method: 'DELETE', path: '/Lines/' },
] as const;

/** A case plays the week several times over. */
const LONGEST_MS = 120_000;

test('a week of time ends as it says where nothing goes wrong', async () => {
  expect(await playSwept(WEEK)).toEqual([]);
});

describe('a crash of a run for time', () => {
  // Between reads and commits, too: test/slow.
  test.each([
    { of: 'write', when: 'before' },
    { of: 'write', when: 'after' },
  ] as const)(
    '$when any $of ends in the same state as without it, nothing lost, nothing entered or paid twice',
    async ({ of, when }) => {
      const { swept, ends } = await sweep(of, when, WEEK);

      expect(ends).toEqual({});
      expect(swept).toBeGreaterThanOrEqual(12);
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
    'to $method $path ($kind) ends in the same state',
    async ({ kind, ...write }) => {
      expect(await loseAnswers(write, { kind }, [1], WEEK)).toEqual({});
    },
    LONGEST_MS,
  );
});

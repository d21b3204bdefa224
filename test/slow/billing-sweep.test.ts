import { describe, expect, test } from '@jest/globals';
import {
  DAY_OF_BOOKS_INVOICES,
  DAY_OF_EXPENSES,
  MONTH_OF_BILLING,
  WEEK_OF_TIME,
} from '../support/swept-days.ts';
import { loseAnswers, sweep } from '../support/swept-run.ts';

const DAYS = [MONTH_OF_BILLING, DAY_OF_EXPENSES, DAY_OF_BOOKS_INVOICES, WEEK_OF_TIME];

describe.each(DAYS)('$title', (day) => {
  test.each(['before', 'after'] as const)(
    'cut %s any operation of its last run ends in the same state as without it',
    async (when) => {
      const { swept, ends } = await sweep('any', when, day);

      expect(ends).toEqual({});
      expect(swept).toBeGreaterThanOrEqual(day.least.any);
    },
  );
});

const cases = [MONTH_OF_BILLING, DAY_OF_BOOKS_INVOICES].flatMap((day) =>
  day.writes.flatMap((write) => [
    { day, title: day.title, ...write, effect: { kind: 'drop-before' } } as const,
    { day, title: day.title, ...write, effect: { kind: 'drop-after' } } as const,
    { day, title: day.title, ...write, effect: { kind: 'status', status: 500 } } as const,
  ]),
);

test.each(cases)(
  '$title: $method $path ($effect.kind) without an answer, however often, ends in the same state',
  async ({ day, effect, method, path }) => {
    expect(await loseAnswers({ method, path }, effect, [1, 2, 3, 0], day)).toEqual({});
  },
);

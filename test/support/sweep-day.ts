import { describe, expect, test } from '@jest/globals';
import type { SweptDay } from './swept-days.ts';
import { loseAnswers, playSwept, sweep } from './swept-run.ts';

/** A case plays the day several times over. */
const LONGEST_MS = 120_000;

/** Defines the tests of a day whose last run is cut, or loses an answer, wherever it writes. */
export function sweepDay(day: SweptDay): void {
  const { title, writes, least, times } = day;

  test(`${title} ends as it says where nothing goes wrong`, async () => {
    expect(await playSwept(day)).toEqual([]);
  });

  describe(`a crash of the last run of ${title}`, () => {
    // Between the reads nothing has changed yet: test/slow cuts there, too.
    const cuts = [
      { of: 'write', when: 'before', fewest: least.write },
      { of: 'write', when: 'after', fewest: least.write },
      { of: 'store', when: 'after', fewest: least.store },
    ] as const;
    test.each(cuts.filter(({ fewest }) => fewest !== undefined))(
      '$when any $of ends in the same state as without it, nothing lost, nothing done twice',
      async ({ of, when, fewest = 0 }) => {
        const { swept, ends } = await sweep(of, when, day);

        expect(ends).toEqual({});
        expect(swept).toBeGreaterThanOrEqual(fewest);
      },
      LONGEST_MS,
    );
  });

  describe('an answer of Xero that never comes', () => {
    const cases = writes.flatMap((write) => [
      { ...write, kind: 'drop-before' } as const,
      { ...write, kind: 'drop-after' } as const,
    ]);

    test.each(cases)(
      'to $method $path ($kind), however often, ends in the same state',
      async ({ kind, ...write }) => {
        expect(await loseAnswers(write, { kind }, times, day)).toEqual({});
      },
      LONGEST_MS,
    );
  });
}

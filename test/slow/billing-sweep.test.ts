import { expect, test } from '@jest/globals';
import { loseAnswers, sweep, WRITES } from '../support/month-end.ts';

test.each(['before', 'after'] as const)(
  'a billing run that is cut %s any of its operations ends in the same state as without it',
  async (when) => {
    const { swept, ends } = await sweep('any', when);

    expect(ends).toEqual({});
    expect(swept).toBeGreaterThan(50);
  },
);

const cases = WRITES.flatMap((write) => [
  { ...write, effect: { kind: 'drop-before' } } as const,
  { ...write, effect: { kind: 'drop-after' } } as const,
  { ...write, effect: { kind: 'status', status: 500 } } as const,
]);

test.each(cases)(
  '$method $path ($effect.kind) without an answer, however often, ends in the same state',
  async ({ effect, ...write }) => {
    expect(await loseAnswers(write, effect, [1, 2, 3, 0])).toEqual({});
  },
);

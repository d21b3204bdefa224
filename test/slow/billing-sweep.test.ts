import { expect, test } from '@jest/globals';
import { sweep } from '../support/month-end.ts';

test.each(['before', 'after'] as const)(
  'a billing run that is cut %s any of its operations ends in the same state as without it',
  async (when) => {
    const { swept, ends } = await sweep('any', when);

    expect(ends).toEqual({});
    expect(swept).toBeGreaterThan(50);
  },
);

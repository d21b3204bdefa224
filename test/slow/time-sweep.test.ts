import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { sweep } from '../support/month-end.ts';

const WEEK = { file: fileURLToPath(new URL('../faults/week-of-time.yaml', import.meta.url)), exit: 0 };

test.each(['before', 'after'] as const)(
  'a run for time that is cut %s any of its operations ends in the same state as without it',
  async (when) => {
    const { swept, ends } = await sweep('any', when, WEEK);

    expect(ends).toEqual({});
    expect(swept).toBeGreaterThan(50);
  },
);

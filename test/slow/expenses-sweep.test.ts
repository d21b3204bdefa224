import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { sweep } from '../support/month-end.ts';

const DAY = { file: fileURLToPath(new URL('../faults/expenses.yaml', import.meta.url)), exit: 0 };

test.each(['before', 'after'] as const)(
  'a run for expenses that is cut %s any of its operations ends in the same state as without it',
  async (when) => {
    const { swept, ends } = await sweep('any', when, DAY);

    expect(ends).toEqual({});
    expect(swept).toBeGreaterThan(50);
  },
);

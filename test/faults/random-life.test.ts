import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { happenings } from './happening.ts';
import { live } from './life.ts';

/** Always the same lives, unless more are asked for: `LIVES=1000 npm test -- test/faults/random-life.test.ts`. */
const { LIVES } = process.env;
const PLAYED = LIVES === undefined ? { numRuns: 40, seed: 2026 } : { numRuns: Number(LIVES) };

test('whatever people and systems do, nothing is lost or doubled, opt-outs stick, and quiet syncs write nothing', async () => {
  await fc.assert(
    fc.asyncProperty(happenings(), async (each) => {
      expect(await live(each)).toEqual([]);
    }),
    PLAYED,
  );
}, 900_000);

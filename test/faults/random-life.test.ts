import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { happenings } from './happening.ts';
import { live } from './life.ts';

/** Lives that are played; more of them by `LIVES=1000 npm test -- test/faults/random-life.test.ts`. */
const LIVES = Number(process.env.LIVES ?? 40);

test('whatever people and systems do, nothing is lost or doubled, opt-outs stick, and quiet syncs write nothing', async () => {
  await fc.assert(
    fc.asyncProperty(happenings(), async (each) => {
      expect(await live(each)).toEqual([]);
    }),
    { numRuns: LIVES },
  );
}, 600_000);

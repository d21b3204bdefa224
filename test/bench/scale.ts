import { expectCounts, openStage } from './first-sync.ts';
import type { Job } from './job.ts';
import { type Measurement, measured, type Yardstick } from './measurement.ts';

const SMALL = 100_000;
const LARGE = 500_000;

const LARGE_TIME: Yardstick = {
  id: 'time.first-500k',
  what: 'first sync, 500,000 matched: wall time',
  unit: 's',
};
const LARGE_MEMORY: Yardstick = {
  id: 'memory.first-500k',
  what: 'first sync, 500,000 matched: peak memory',
  unit: 'MB',
};
const GROWTH: Yardstick = {
  id: 'memory.growth',
  what: 'peak memory of 500,000 against 100,000',
  unit: 'times',
  floor: 1,
  target: 1.25,
};

/** Five times the records take five times as long, and the same memory: they are streamed. */
export const scaleJob: Job = {
  rows: [LARGE_TIME, LARGE_MEMORY, GROWTH],
  async measure() {
    const small = await firstSync(SMALL);
    const large = await firstSync(LARGE);
    const rows: Measurement[] = [measured(LARGE_TIME, large.wallSeconds)];
    if (small.peakMegabytes !== undefined && large.peakMegabytes !== undefined) {
      rows.push(measured(LARGE_MEMORY, large.peakMegabytes));
      rows.push(measured(GROWTH, large.peakMegabytes / small.peakMegabytes));
    }
    return rows;
  },
};

async function firstSync(contacts: number) {
  await using stage = await openStage({ contacts });
  const run = await stage.sync();
  expectCounts(run, { unchanged: contacts });
  return run;
}

import { describe, expect, test } from '@jest/globals';
import { createLimiter, type Limits } from '@stackbridge/shared-mappers/http/limiter.ts';
import type { StopSignal } from '@stackbridge/shared-mappers/ports/stop-signal.ts';
import { createSleepyClock, NOON } from '../../support/test-client.ts';

const PATIENCE_MS = 900_000;

function setUp(limits: Limits, stop?: StopSignal) {
  const { clock, sleep } = createSleepyClock();
  const waits: string[] = [];
  const progress = {
    begin: () => {},
    advance: () => {},
    end: () => {},
    call: () => {},
    waiting: (_system: string, ms: number, why: string) => waits.push(`${ms} ${why}`),
  };
  const limiter = createLimiter({ system: 'mailchimp', limits, clock, sleep, progress, stop });
  const elapsed = () => clock.now() - NOON;
  return { limiter, waits, elapsed, sleep };
}

describe('a limiter', () => {
  test('lets no more calls in at once than the system has places, first come, first served', async () => {
    const { limiter, sleep } = setUp({ concurrency: 2 });
    const log: string[] = [];
    const call = async (name: string) => {
      await limiter.enter(PATIENCE_MS);
      log.push(`${name} in`);
      await sleep.sleep(100);
      log.push(`${name} out`);
      limiter.leave();
    };
    await Promise.all([call('a'), call('b'), call('c')]);
    expect(log).toEqual(['a in', 'b in', 'a out', 'c in', 'b out', 'c out']);
  });

  test('spreads calls over a sliding window', async () => {
    const { limiter, elapsed, waits } = setUp({ concurrency: 10, rates: [{ calls: 2, windowMs: 60_000 }] });
    const started: number[] = [];
    for (let call = 0; call < 5; call++) {
      await limiter.enter(PATIENCE_MS);
      started.push(elapsed());
      limiter.leave();
    }
    expect(started).toEqual([0, 0, 60_000, 60_000, 120_000]);
    expect(waits).toEqual(['60000 2 calls in 60 s', '60000 2 calls in 60 s']);
  });

  test('holds every call during a pause, and shows the time once', async () => {
    const { limiter, elapsed, waits } = setUp({ concurrency: 10 });
    limiter.pause(30_000, 'too many requests');
    const waited = await Promise.all([limiter.enter(PATIENCE_MS), limiter.enter(PATIENCE_MS)]);
    expect({ waited, elapsed: elapsed(), waits }).toEqual({
      waited: [30_000, 30_000],
      elapsed: 30_000,
      waits: ['30000 too many requests'],
    });
  });

  test('pauses when headers say that nothing is left', async () => {
    const learn = (headers: Readonly<Record<string, string>>) =>
      headers.remaining === '0' ? 5_000 : undefined;
    const { limiter, elapsed } = setUp({ concurrency: 1, learn });
    limiter.learn({ remaining: '7' });
    limiter.learn({ remaining: '0' });
    await limiter.enter(PATIENCE_MS);
    expect(elapsed()).toBe(5_000);
  });

  test('refuses a wait beyond the patience, and gives the place up again', async () => {
    const { limiter, elapsed } = setUp({ concurrency: 1 });
    limiter.pause(10_000, 'too many requests');
    await expect(limiter.enter(9_999)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await limiter.enter(10_000);
    expect(elapsed()).toBe(10_000);
  });

  test('ends its wait when the run is asked to stop', async () => {
    const { limiter } = setUp({ concurrency: 1 }, { requested: true });
    limiter.pause(10_000, 'too many requests');
    await expect(limiter.enter(PATIENCE_MS)).rejects.toMatchObject({ code: 'STOPPED' });
  });

  test('keeps the rates and pauses of one lane from holding another', async () => {
    const { limiter, elapsed } = setUp({ concurrency: 10, rates: [{ calls: 1, windowMs: 60_000 }] });
    await limiter.enter(PATIENCE_MS, 'timelogs');
    limiter.pause(90_000, 'too many requests', 'tasks');
    await limiter.enter(PATIENCE_MS, 'phases');
    expect(elapsed()).toBe(0);
    await limiter.enter(PATIENCE_MS, 'timelogs');
    expect(elapsed()).toBe(60_000);
    await limiter.enter(PATIENCE_MS, 'tasks');
    expect(elapsed()).toBe(90_000);
  });
});

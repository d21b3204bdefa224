import { StackbridgeError } from '../errors/stackbridge-error.ts';
import type { Instant } from '../model/instant.ts';
import type { SystemName } from '../model/side.ts';
import type { Clock } from '../ports/clock.ts';
import type { Progress } from '../ports/progress.ts';
import type { Sleep } from '../ports/sleep.ts';
import type { StopSignal } from '../ports/stop-signal.ts';

/** What one account allows. */
export interface Limits {
  /** Calls under way at once. */
  readonly concurrency: number;
  /** Calls within any window of that length; several may hold together. Default none. */
  readonly rates?: readonly Rate[];
  /** Reads from an answer's headers how long no further call should be sent, in milliseconds. */
  readonly learn?: (headers: Readonly<Record<string, string>>) => number | undefined;
  /**
   * Names the calls that the system counts together: each lane has rates and pauses of its own, the places are shared.
   * Default one lane for all.
   */
  readonly laneOf?: (call: { readonly method: string; readonly path: string }) => string;
}

export interface Rate {
  readonly calls: number;
  readonly windowMs: number;
}

/** Keeps one account's calls within its limits; first come, first served. */
export interface Limiter {
  /**
   * Waits for a place and for the rates. Rejects with `RATE_LIMITED` rather than wait longer than `patienceMs`.
   * @param lane default the one of a system without lanes
   * @returns milliseconds waited for the rates; waiting for a place does not count
   */
  enter(patienceMs: number, lane?: string): Promise<number>;
  /** Gives the place up; once for every `enter` that resolved. */
  leave(): void;
  /** No call of the lane starts within the next `ms`. */
  pause(ms: number, why: string, lane?: string): void;
  learn(headers: Readonly<Record<string, string>>, lane?: string): void;
}

/** What is remembered of the calls that are counted together. */
interface Lane {
  /** Start times of the calls within the longest window, oldest first. */
  starts: Instant[];
  pausedUntil: Instant;
  pausedBecause: string;
  shownUntil: Instant;
}

interface LimiterOptions {
  readonly system: SystemName;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly progress: Progress;
  readonly stop?: StopSignal | undefined;
}

export function createLimiter({ system, limits, clock, sleep, progress, stop }: LimiterOptions): Limiter {
  const { concurrency, rates = [] } = limits;
  const longestWindowMs = Math.max(0, ...rates.map((rate) => rate.windowMs));
  const queue: (() => void)[] = [];
  let underWay = 0;
  const lanes = new Map<string, Lane>();

  function laneNamed(name = ''): Lane {
    const known = lanes.get(name);
    if (known !== undefined) return known;
    const lane: Lane = { starts: [], pausedUntil: 0, pausedBecause: '', shownUntil: 0 };
    lanes.set(name, lane);
    return lane;
  }

  function neededWait(
    { starts, pausedUntil, pausedBecause }: Lane,
    now: Instant,
  ): { ms: number; why: string } {
    let wait = { ms: pausedUntil - now, why: pausedBecause };
    for (const { calls, windowMs } of rates) {
      const earliest = starts[starts.length - calls];
      const ms = earliest === undefined ? 0 : earliest + windowMs - now;
      if (ms > wait.ms) wait = { ms, why: `${calls} calls in ${windowMs / 1000} s` };
    }
    return wait;
  }

  /** Many callers wait for the same moment: the time is shown once. */
  function show(lane: Lane, now: Instant, ms: number, why: string): void {
    const from = Math.max(now, lane.shownUntil);
    if (now + ms <= from) return;
    lane.shownUntil = now + ms;
    progress.waiting(system, lane.shownUntil - from, why);
  }

  async function waitForRates(lane: Lane, patienceMs: number): Promise<number> {
    const since = clock.now();
    for (;;) {
      const now = clock.now();
      const { ms, why } = neededWait(lane, now);
      if (ms <= 0) break;
      if (now - since + ms > patienceMs) {
        throw new StackbridgeError('RATE_LIMITED', `${system} would be waited for too long: ${why}`, {
          system,
          retryAfterMs: ms,
        });
      }
      show(lane, now, ms, why);
      await sleep.sleep(ms);
      if (stop?.requested) throw new StackbridgeError('STOPPED', `Stopped while waiting for ${system}`);
    }
    const now = clock.now();
    if (longestWindowMs > 0) {
      lane.starts.push(now);
      const firstInside = lane.starts.findIndex((at) => at > now - longestWindowMs);
      if (firstInside > 0) lane.starts = lane.starts.slice(firstInside);
    }
    return now - since;
  }

  function pause(ms: number, why: string, lane?: string): void {
    const paused = laneNamed(lane);
    const until = clock.now() + ms;
    if (until <= paused.pausedUntil) return;
    paused.pausedUntil = until;
    paused.pausedBecause = why;
  }

  function leave(): void {
    const next = queue.shift();
    // A waiting caller takes the place over, so that no newcomer slips in between.
    if (next === undefined) underWay -= 1;
    else next();
  }

  return {
    async enter(patienceMs, lane) {
      if (underWay < concurrency) underWay += 1;
      else await new Promise<void>((resolve) => queue.push(resolve));
      try {
        return await waitForRates(laneNamed(lane), patienceMs);
      } catch (error) {
        leave();
        throw error;
      }
    },
    leave,
    pause,
    learn(headers, lane) {
      const ms = limits.learn?.(headers);
      if (ms !== undefined && ms > 0) pause(ms, 'as its headers ask', lane);
    },
  };
}

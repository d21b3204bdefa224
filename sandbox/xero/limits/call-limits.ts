import type { Answer } from '../../simulator.ts';
import type { World } from '../../world.ts';
import { guidOf } from '../books/ids.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Settings } from './settings.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A call's answer as far as the limit looks at it: Node's ServerResponse is one. */
export interface Closing {
  once(event: 'close', listener: () => void): unknown;
}

export type LimitProblem = 'concurrent' | 'minute' | 'day' | 'appminute';

interface Usage {
  underWay: number;
  /** When each call of the last minute came, oldest first. */
  minute: number[];
  day: number;
  /** Start of the day's window that `day` counts in. */
  dayStartMs: number;
}

/** Counts calls per organisation and app, as Xero does, and refuses those above the limits. */
export class CallLimits {
  readonly #world: World;
  readonly #settings: () => Settings;
  readonly #usage = new Map<string, Usage>();
  #app: number[] = [];

  constructor(world: World, settings: () => Settings) {
    this.#world = world;
    this.#settings = settings;
  }

  /**
   * Takes a place for the call until its answer is out.
   * @returns the headers that tell what is left
   * @throws Refusal 429
   */
  enter(tenantId: string, clientId: string, connection: Closing): Record<string, string> {
    const usage = this.#of(tenantId, clientId);
    const nowMs = this.#world.clock.now();
    const settings = this.#settings();
    this.#forget(usage, nowMs);
    usage.underWay += 1;
    connection.once('close', () => {
      usage.underWay -= 1;
    });
    const problem = this.#problem(usage, settings);
    if (problem !== undefined) {
      const answer = this.#refuse(problem, usage, nowMs);
      throw new Refusal(`Rate limit: ${problem}`, {
        ...answer,
        headers: { ...this.#left(usage, settings), ...answer.headers },
      });
    }
    usage.minute.push(nowMs);
    usage.day += 1;
    this.#app.push(nowMs);
    return this.#left(usage, settings);
  }

  /** The answer of a call over a limit; `retryAfterS` where the caller knows better. */
  answer(problem: LimitProblem, retryAfterS: number | undefined): Answer {
    return {
      status: 429,
      headers: {
        'x-rate-limit-problem': spelled(problem, this.#settings().limitSpelling),
        ...(retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) }),
      },
      body: '',
    };
  }

  /** Leaves only so many calls of the day's or the minute's quota. */
  leave(
    tenantId: string,
    clientId: string,
    left: { day?: number | undefined; minute?: number | undefined },
  ): void {
    const usage = this.#of(tenantId, clientId);
    const nowMs = this.#world.clock.now();
    const { perDay, perMinute } = this.#settings();
    this.#forget(usage, nowMs);
    if (left.day !== undefined) usage.day = Math.max(0, perDay - left.day);
    if (left.minute !== undefined) usage.minute = new Array(Math.max(0, perMinute - left.minute)).fill(nowMs);
  }

  clear(): void {
    this.#usage.clear();
    this.#app = [];
  }

  #problem(usage: Usage, settings: Settings): LimitProblem | undefined {
    if (usage.underWay > settings.concurrent) return 'concurrent';
    if (usage.day >= settings.perDay) return 'day';
    if (usage.minute.length >= settings.perMinute) return 'minute';
    return this.#app.length >= settings.appPerMinute ? 'appminute' : undefined;
  }

  /** How long to wait is said of the minute's and the day's limit only. */
  #refuse(problem: LimitProblem, usage: Usage, nowMs: number): Answer {
    if (problem === 'concurrent') return this.answer(problem, undefined);
    const freeMs =
      problem === 'day'
        ? usage.dayStartMs + DAY_MS
        : (problem === 'minute' ? (usage.minute[0] ?? nowMs) : (this.#app[0] ?? nowMs)) + MINUTE_MS;
    return this.answer(problem, Math.max(1, Math.ceil((freeMs - nowMs) / 1000)));
  }

  #left(usage: Usage, settings: Settings): Record<string, string> {
    return {
      'x-daylimit-remaining': String(Math.max(0, settings.perDay - usage.day)),
      'x-minlimit-remaining': String(Math.max(0, settings.perMinute - usage.minute.length)),
      'x-appminlimit-remaining': String(Math.max(0, settings.appPerMinute - this.#app.length)),
    };
  }

  #of(tenantId: string, clientId: string): Usage {
    const key = `${tenantId} ${clientId}`;
    let usage = this.#usage.get(key);
    if (usage === undefined) {
      usage = { underWay: 0, minute: [], day: 0, dayStartMs: dayStart(tenantId, this.#world.clock.now()) };
      this.#usage.set(key, usage);
    }
    return usage;
  }

  #forget(usage: Usage, nowMs: number): void {
    const isRecent = (atMs: number): boolean => atMs > nowMs - MINUTE_MS;
    usage.minute = usage.minute.filter(isRecent);
    if (!isRecent(this.#app[0] ?? nowMs)) this.#app = this.#app.filter(isRecent);
    if (nowMs < usage.dayStartMs + DAY_MS) return;
    usage.dayStartMs += Math.floor((nowMs - usage.dayStartMs) / DAY_MS) * DAY_MS;
    usage.day = 0;
  }
}

/** The day's window is fixed, and begins at another time of day for each organisation. */
function dayStart(tenantId: string, nowMs: number): number {
  const offsetMs = (Number.parseInt(guidOf(`day:${tenantId}`).slice(0, 6), 16) % 86_400) * 1000;
  return Math.floor((nowMs - offsetMs) / DAY_MS) * DAY_MS + offsetMs;
}

const WORDS: Readonly<Record<LimitProblem, readonly [pascal: string, words: string]>> = {
  concurrent: ['ConcurrentLimit', 'Concurrent limit'],
  minute: ['MinuteLimit', 'Minute limit'],
  day: ['DayLimit', 'Day limit'],
  appminute: ['AppMinuteLimit', 'App minute limit'],
};

function spelled(problem: LimitProblem, spelling: Settings['limitSpelling']): string {
  if (spelling === 'plain') return problem;
  return WORDS[problem][spelling === 'pascal' ? 0 : 1];
}

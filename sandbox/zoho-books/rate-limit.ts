import type { SandboxClock } from '../clock.ts';
import type { BooksSettings } from './books-settings.ts';
import { tooManyADay, tooManyAMinute, tooManyAtOnce } from './refusal.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A call's answer as far as the limit looks at it: Node's ServerResponse is one. */
export interface Closing {
  once(event: 'close', listener: () => void): unknown;
}

/** The organisation's calls: at once, in the last minute, since midnight UTC. */
export class RateLimit {
  readonly #clock: SandboxClock;
  #underWay = 0;
  #lastMinute: number[] = [];
  #day = 0;
  #today = 0;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /**
   * Counts a call.
   * @returns the headers that tell what is left of the day
   * @throws BooksRefusal 429
   */
  enter(connection: Closing, { perMinute, perDay, concurrency }: BooksSettings): Record<string, string> {
    this.#underWay += 1;
    connection.once('close', () => {
      this.#underWay -= 1;
    });
    if (this.#underWay > concurrency) throw tooManyAtOnce();

    const now = this.#clock.now();
    this.#lastMinute = this.#lastMinute.filter((at) => at > now - MINUTE_MS);
    const oldest = this.#lastMinute[0];
    if (oldest !== undefined && this.#lastMinute.length >= perMinute) {
      throw tooManyAMinute(Math.ceil((oldest + MINUTE_MS - now) / 1000));
    }
    const day = Math.floor(now / DAY_MS);
    if (day !== this.#day) {
      this.#day = day;
      this.#today = 0;
    }
    if (this.#today >= perDay) throw tooManyADay();
    this.#today += 1;
    this.#lastMinute.push(now);
    return {
      'x-rate-limit-limit': String(perDay),
      'x-rate-limit-remaining': String(perDay - this.#today),
      'x-rate-limit-reset': String(Math.ceil(((day + 1) * DAY_MS - now) / 1000)),
    };
  }

  clear(): void {
    this.#lastMinute = [];
    this.#today = 0;
  }
}

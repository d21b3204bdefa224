import type { SandboxClock } from '../clock.ts';
import type { PortalSettings } from './portal-settings.ts';
import { type Refusal, throttled } from './refusal.ts';

const WINDOW_MS = 2 * 60_000;

interface Pattern {
  /** When its calls of the last two minutes came. */
  calls: number[];
  lockedUntilMs: number;
}

/** The rolling limit: so many calls in two minutes for each path pattern; past it the pattern is locked. */
export class Throttle {
  readonly #clock: SandboxClock;
  #patterns = new Map<string, Pattern>();
  #allLockedUntilMs = 0;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /**
   * Counts a call.
   * @param pattern method and path, ids left out
   * @returns the headers that tell what is left
   * @throws Refusal with the minutes to wait in its text
   */
  enter(pattern: string, rule: PortalSettings['throttle']): Record<string, string> {
    const now = this.#clock.now();
    const state = this.#patterns.get(pattern) ?? { calls: [], lockedUntilMs: 0 };
    this.#patterns.set(pattern, state);
    const lockedUntilMs = Math.max(state.lockedUntilMs, this.#allLockedUntilMs);
    if (lockedUntilMs > now) throw refusalUntil(lockedUntilMs, now, rule);
    if (state.calls.length >= rule.calls) state.calls = state.calls.filter((at) => at > now - WINDOW_MS);
    if (state.calls.length >= rule.calls) {
      state.lockedUntilMs = now + rule.lockMinutes * 60_000;
      state.calls = [];
      throw refusalUntil(state.lockedUntilMs, now, rule);
    }
    state.calls.push(now);
    return {
      ratelimit: String(rule.calls),
      'ratelimit-remaining': String(rule.calls - state.calls.length),
      'ratelimit-window': '2',
      'ratelimit-window-unit': 'MINUTES',
    };
  }

  /** Locks every pattern, as if others had used the portal up. */
  lock(minutes: number): void {
    this.#allLockedUntilMs = this.#clock.now() + minutes * 60_000;
  }

  clear(): void {
    this.#patterns.clear();
    this.#allLockedUntilMs = 0;
  }
}

function refusalUntil(untilMs: number, now: number, rule: PortalSettings['throttle']): Refusal {
  return throttled(rule.calls, Math.ceil((untilMs - now) / 60_000), rule);
}

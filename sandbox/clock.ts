/** How the sandbox's time passes: with the real clock, or only when told to. */
export type ClockMode = 'running' | 'fixed';

/** Where a fixed clock stands unless told otherwise. */
const DEFAULT_START = '2026-11-02T08:00:00Z';

/** The vendors' clock: every stamp, `Date` header and expiry in the sandbox is read from it. */
export class SandboxClock {
  readonly mode: ClockMode;
  #fixedMs: number;
  #offsetMs: number;
  readonly #watchers: Array<() => void> = [];

  /** @param start ISO instant; default: 2026-11-02T08:00:00Z when fixed, the real time when running */
  constructor(mode: ClockMode, start?: string) {
    this.mode = mode;
    this.#fixedMs = instantOf(start ?? DEFAULT_START);
    this.#offsetMs = start === undefined ? 0 : instantOf(start) - Date.now();
  }

  /** Milliseconds since 1970, UTC. */
  now(): number {
    return this.mode === 'fixed' ? this.#fixedMs : Date.now() + this.#offsetMs;
  }

  /** Moves time on by `ms` milliseconds (back when negative: the vendors' clock may be wrong too). */
  advance(ms: number): void {
    this.#fixedMs += ms;
    this.#offsetMs += ms;
    for (const tell of this.#watchers) tell();
  }

  /** Calls back whenever time is moved. */
  onMove(tell: () => void): void {
    this.#watchers.push(tell);
  }

  /** Sets the time to an ISO instant. */
  set(iso: string): void {
    this.advance(instantOf(iso) - this.now());
  }
}

function instantOf(iso: string): number {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) throw new RangeError(`Not an ISO instant: ${iso}`);
  return ms;
}

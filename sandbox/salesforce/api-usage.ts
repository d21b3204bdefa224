import type { Org } from './org.ts';

const HOUR_MS = 3600 * 1000;

/** Calls of the last 24 hours, kept by hour: the limit rolls, it does not start anew at midnight. */
export class ApiUsage {
  readonly #org: Org;
  #byHour = new Map<number, number>();
  #used = 0;
  #hour = Number.NaN;

  constructor(org: Org) {
    this.#org = org;
  }

  /** Counts a call. @returns whether it is still within the limit; one beyond it is not counted */
  take(): boolean {
    this.#roll();
    if (this.#used >= this.#org.settings.dailyApiRequests) return false;
    this.#used += 1;
    this.#byHour.set(this.#hour, (this.#byHour.get(this.#hour) ?? 0) + 1);
    return true;
  }

  used(): number {
    this.#roll();
    return this.#used;
  }

  /** The usage header. Servers lag behind one another, so it jitters by a few calls: advisory only. */
  header(): string {
    const lag = Math.floor(this.#org.world.random() * 7);
    return `api-usage=${Math.max(0, this.#used - lag)}/${this.#org.settings.dailyApiRequests}`;
  }

  /** Uses up calls, as other clients of the org would, until so many are left. */
  leave(left: number): void {
    this.#roll();
    const taken = this.#org.settings.dailyApiRequests - left - this.#used;
    this.#used += taken;
    this.#byHour.set(this.#hour, (this.#byHour.get(this.#hour) ?? 0) + taken);
  }

  clear(): void {
    this.#byHour.clear();
    this.#used = 0;
  }

  #roll(): void {
    const hour = Math.floor(this.#org.world.clock.now() / HOUR_MS);
    if (hour === this.#hour) return;
    this.#hour = hour;
    for (const [past, calls] of this.#byHour) {
      if (past > hour - 24 && past <= hour) continue;
      this.#byHour.delete(past);
      this.#used -= calls;
    }
  }
}

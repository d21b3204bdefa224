const DAY_MS = 86_400_000;

/** The day, UTC, that many days before a moment: `YYYY-MM-DD`. */
export function dayBefore(nowMs: number, days: number): string {
  return new Date(nowMs - days * DAY_MS).toISOString().slice(0, 10);
}

/** When that day's time and expenses were entered: 17:00 UTC. */
export function workdayEnd(day: string): number {
  return Date.parse(`${day}T17:00:00Z`);
}

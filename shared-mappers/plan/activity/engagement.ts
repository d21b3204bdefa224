import type { DeliveredEvent, EventKind } from '../../model/activity.ts';
import type { Instant } from '../../model/instant.ts';
import type { ScoreOptions } from './activity-options.ts';

export const DAY_MS = 86_400_000;

/** What a person's events come to. */
export interface Engagement {
  readonly lastOpen?: Instant;
  readonly lastClick?: Instant;
  readonly opens: number;
  readonly clicks: number;
  readonly score: number;
}

/** The part of an event that counts. */
export type CountedEvent = Pick<DeliveredEvent, 'kind' | 'at' | 'machine'>;

/**
 * Counts the last `days` days before `now`. Machine opens count nowhere, here as elsewhere, unless they were taken for
 * people's. The score is never below zero.
 */
export function engagementOf(
  events: readonly CountedEvent[],
  { points }: ScoreOptions,
  days: number,
  now: Instant,
): Engagement {
  const counts: Record<EventKind, number> = { send: 0, open: 0, click: 0, bounce: 0, unsubscribe: 0 };
  const last: Partial<Record<EventKind, Instant>> = {};
  for (const { kind, at, machine } of events) {
    if (kind === 'follow-up' || machine) continue;
    last[kind] = Math.max(last[kind] ?? at, at);
    if (at > now - days * DAY_MS) counts[kind]++;
  }
  let score = 0;
  for (const kind of ['send', 'open', 'click', 'bounce', 'unsubscribe'] as const) {
    score += counts[kind] * (points[kind] ?? 0);
  }
  return {
    ...(last.open === undefined ? {} : { lastOpen: last.open }),
    ...(last.click === undefined ? {} : { lastClick: last.click }),
    opens: counts.open,
    clicks: counts.click,
    score: Math.max(0, score),
  };
}

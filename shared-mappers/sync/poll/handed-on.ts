import { z } from 'zod';
import type { Instant } from '../../model/instant.ts';
import type { SourceRecord } from '../../model/record.ts';
import { AT_ONCE_MS } from './many-at-once.ts';

/** What polls have handed on, by the source's clock. A host may lose it: what it read then counts as not handed on. */
export const handedOn = z.object({
  /** Changes up to then. */
  until: z.number(),
  /** Of those, what a person has let through up to then: no brake counts it again. */
  letThrough: z.number().exactOptional(),
});
export type HandedOn = Readonly<z.output<typeof handedOn>>;

/** How far polls look back, in milliseconds. */
interface LookBack {
  /** In any case. */
  readonly usualMs: number;
  /** At most, where not everything has been handed on. */
  readonly mostMs: number;
}

type Changed = Pick<SourceRecord, 'modifiedAt'>;

/**
 * From when on a poll reads: what a brake holds up for days is still read once a person lets it through. The hour before
 * the last change is read again, since what was changed at once counts together.
 */
export function readsFrom(
  before: HandedOn | undefined,
  { usualMs, mostMs }: LookBack,
  now: Instant,
): Instant {
  const usual = now - usualMs;
  return before === undefined ? usual : Math.max(now - mostMs, Math.min(usual, before.until - AT_ONCE_MS));
}

/** What a brake looks at: what is new, and what was handed on within the hour before it, a little at a time. */
export function countedOf<Record extends Changed>(
  changed: readonly Record[],
  before: HandedOn | undefined,
): readonly Record[] {
  if (before === undefined) return changed;
  const { until, letThrough = Number.NEGATIVE_INFINITY } = before;
  return changed.filter(({ modifiedAt }) => modifiedAt >= until - AT_ONCE_MS && modifiedAt > letThrough);
}

/** What has been handed on, of what is read once more. */
export function handedOnOf<Record extends Changed>(
  changed: readonly Record[],
  { until }: HandedOn,
): readonly Record[] {
  return changed.filter(({ modifiedAt }) => modifiedAt <= until);
}

/** Until when whatever is new can still be read. @param reachMs how long after a change a poll finds it */
export function heldUntil(
  before: HandedOn | undefined,
  changed: readonly Changed[],
  reachMs: number,
): Instant {
  const fresh = changed.filter(({ modifiedAt }) => modifiedAt > (before?.until ?? Number.NEGATIVE_INFINITY));
  const waiting = fresh.length > 0 ? fresh : changed;
  const oldest = waiting.reduce(
    (first, { modifiedAt }) => Math.min(first, modifiedAt),
    Number.POSITIVE_INFINITY,
  );
  return oldest + reachMs;
}

/**
 * What is known to be handed on once a poll is through.
 *
 * @param readFrom where that poll began
 * @param isLetThrough a person has answered for all of it
 */
export function handedOnAfter(
  before: HandedOn | undefined,
  changed: readonly Changed[],
  readFrom: Instant,
  isLetThrough: boolean,
): HandedOn {
  const from = Math.max(readFrom, before?.until ?? readFrom);
  const until = changed.reduce((latest, { modifiedAt }) => Math.max(latest, modifiedAt), from);
  if (isLetThrough) return { until, letThrough: until };
  return before?.letThrough === undefined ? { until } : { until, letThrough: before.letThrough };
}

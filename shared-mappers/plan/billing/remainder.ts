import { type Decimal, ZERO } from '../../model/billing/decimal.ts';
import type { HeldLine, LineSource } from '../../model/billing/document.ts';
import type { DueItem } from './due-work.ts';
import { isNothing, measureOf, measures, sourceKey, withMeasure } from './source-key.ts';
import type { StandingDocument } from './standing.ts';

/** What is still to be billed of a source, or to be taken back where the measure is negative. */
export interface Portion {
  readonly source: LineSource;
  /** The source as it is now; absent where it is not due any more. */
  readonly item: DueItem | undefined;
  /** The line that billed it last: what is taken back, or given back after all, has its price. */
  readonly billedLine: HeldLine | undefined;
  /** How much of the source that line billed; absent without a line. */
  readonly billedMeasure?: Decimal;
}

/** It is due no more, and no line tells what it cost: only a person can take it back. */
export function isBeyondPrice({ item, billedLine }: Portion): boolean {
  return item === undefined && billedLine === undefined;
}

/** Due minus what stands on documents that are not ours to change, by source; sources that come out even are left out. */
export function remainderOf(due: readonly DueItem[], locked: readonly StandingDocument[]): Portion[] {
  const entries = locked.flatMap((document) => document.entries);
  if (entries.length === 0) {
    return due
      .map((item) => ({ source: sourceOf(item), item, billedLine: undefined }))
      .filter(({ source }) => !isNothing(source));
  }
  const billed = measures(entries);
  const portions: Portion[] = [];
  const add = (source: LineSource, item: DueItem | undefined, measure: Decimal): void => {
    if (measure.isZero()) return;
    const isCorrection = measure.isNegative() || item === undefined;
    const last = isCorrection ? lastLine(source, locked) : undefined;
    portions.push({ source: withMeasure(source, measure), item, billedLine: undefined, ...last });
  };
  for (const item of due) {
    const source = sourceOf(item);
    const key = sourceKey(source);
    add(source, item, measureOf(source).minus(billed.get(key) ?? ZERO));
    billed.delete(key);
  }
  for (const { source } of entries) {
    const key = sourceKey(source);
    const measure = billed.get(key);
    if (measure === undefined) continue;
    add(source, undefined, measure.negated());
    billed.delete(key);
  }
  return portions;
}

export function sourceOf(item: DueItem): LineSource {
  return item.kind === 'time-log'
    ? { kind: item.kind, id: item.id, minutes: item.minutes }
    : { kind: item.kind, id: item.id, amount: item.amount };
}

function lastLine(
  source: LineSource,
  locked: readonly StandingDocument[],
): Required<Pick<Portion, 'billedLine' | 'billedMeasure'>> | undefined {
  const key = sourceKey(source);
  for (const { entries, held } of locked.toReversed()) {
    const entry = entries.find((candidate) => sourceKey(candidate.source) === key);
    if (entry === undefined) continue;
    const billedLine = held?.lines[entry.line];
    return billedLine && { billedLine, billedMeasure: measureOf(entry.source) };
  }
  return undefined;
}

import { Decimal, decimal, plainText, ZERO } from '../../model/billing/decimal.ts';
import type { LineSource } from '../../model/billing/document.ts';
import type { LedgerEntry } from '../../model/billing/ledger.ts';

/** Tells sources of all kinds apart. */
export function sourceKey({ kind, id }: Pick<LineSource, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}

/** Minutes of a log, else the amount: what of a source is counted. */
export function measureOf(source: LineSource): Decimal {
  return new Decimal(source.kind === 'time-log' ? source.minutes : source.amount);
}

/** Whether nothing is to be billed of it. */
export function isNothing(source: LineSource): boolean {
  return source.kind === 'time-log' ? source.minutes === 0 : decimal(source.amount).isZero();
}

/** The same source with another measure. */
export function withMeasure(source: Pick<LineSource, 'kind' | 'id'>, measure: Decimal): LineSource {
  const { kind, id } = source;
  return kind === 'time-log'
    ? { kind, id, minutes: measure.toNumber() }
    : { kind, id, amount: plainText(measure.toFixed()) };
}

/** What entries come to, by source. */
export function measures(entries: Iterable<LedgerEntry>): Map<string, Decimal> {
  const sums = new Map<string, Decimal>();
  for (const { source } of entries) {
    const key = sourceKey(source);
    sums.set(key, (sums.get(key) ?? ZERO).plus(measureOf(source)));
  }
  return sums;
}

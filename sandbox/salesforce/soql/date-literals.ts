import { DateTime, type DateTimeUnit, type DurationUnit } from 'luxon';

/** A stretch of time, milliseconds, the end not included. */
export interface TimeRange {
  fromMs: number;
  toMs: number;
}

const UNITS = ['day', 'week', 'month', 'quarter', 'year'] as const;
type Unit = (typeof UNITS)[number];

const NAMED: Readonly<Record<string, { unit: Unit; shift: number }>> = {
  YESTERDAY: { unit: 'day', shift: -1 },
  TODAY: { unit: 'day', shift: 0 },
  TOMORROW: { unit: 'day', shift: 1 },
  ...Object.fromEntries(
    (['week', 'month', 'quarter', 'year'] as const).flatMap((unit) => [
      [`LAST_${unit.toUpperCase()}`, { unit, shift: -1 }],
      [`THIS_${unit.toUpperCase()}`, { unit, shift: 0 }],
      [`NEXT_${unit.toUpperCase()}`, { unit, shift: 1 }],
    ]),
  ),
};

/** The range a date literal such as `LAST_WEEK` or `N_DAYS_AGO:3` stands for, UTC; undefined for an unknown one. */
export function rangeOfDateLiteral(literal: string, nowMs: number): TimeRange | undefined {
  const now = DateTime.fromMillis(nowMs, { zone: 'utc' });
  const upper = literal.toUpperCase();
  const named = NAMED[upper];
  if (named !== undefined) return whole(now, named.unit, named.shift, 1);
  if (upper === 'LAST_90_DAYS') return whole(now, 'day', -90, 91);
  if (upper === 'NEXT_90_DAYS') return whole(now, 'day', 1, 90);

  const counted = /^(LAST|NEXT)_N_(\w+)S:(\d+)$/.exec(upper);
  const ago = /^N_(\w+)S_AGO:(\d+)$/.exec(upper);
  const unit = UNITS.find((name) => name.toUpperCase() === (counted?.[2] ?? ago?.[1]));
  if (unit === undefined) return undefined;
  if (ago !== null) return whole(now, unit, -Number(ago[2]), 1);
  const n = Number(counted?.[3]);
  if (counted?.[1] === 'NEXT') return whole(now, unit, 1, n);
  // Counted in days, the present day belongs to it; in longer units, only the whole ones before this one.
  return unit === 'day' ? whole(now, unit, -n, n + 1) : whole(now, unit, -n, n);
}

function whole(now: DateTime, unit: DateTimeUnit & DurationUnit, shift: number, count: number): TimeRange {
  const start = now.startOf(unit).plus({ [unit]: shift });
  return { fromMs: start.toMillis(), toMs: start.plus({ [unit]: count }).toMillis() };
}

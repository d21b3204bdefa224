import { DateTime } from 'luxon';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { DueRule } from './invoice-options.ts';

/** `{days: 14}` of 2026-03-01 is 2026-03-15; `{dayOfMonth: 31, months: 1}` of 2026-01-10 is 2026-02-28. */
export function dueDateOf(date: CalendarDate, rule: DueRule): CalendarDate {
  const from = DateTime.fromISO(date, { zone: 'utc' });
  if (!from.isValid) throw new RangeError(`${date} is no calendar date`);
  const due =
    'days' in rule
      ? from.plus({ days: rule.days })
      : lastOrDay(from.startOf('month').plus({ months: rule.months }), rule.dayOfMonth);
  return due.toFormat('yyyy-MM-dd');
}

function lastOrDay(month: DateTime, day: number): DateTime {
  return month.set({ day: Math.min(day, month.endOf('month').day) });
}

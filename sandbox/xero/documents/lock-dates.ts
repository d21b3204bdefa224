import type { Organisation } from '../books/organisation.ts';
import { type CalendarDate, spokenDate } from '../wire/wire-time.ts';

/** Nothing dated on or before a lock date may be written. Faults go to `faults`. */
export function checkLockDates(organisation: Organisation, date: CalendarDate, faults: string[]): void {
  const { endOfYearLockDate, periodLockDate } = organisation;
  if (endOfYearLockDate !== null && date <= endOfYearLockDate) {
    faults.push(
      `The document date cannot be before the end of year lock date, currently set at ${spokenDate(endOfYearLockDate)}`,
    );
  } else if (periodLockDate !== null && date <= periodLockDate) {
    faults.push(
      `The document date cannot be before the period lock date, currently set at ${spokenDate(periodLockDate)}`,
    );
  }
}

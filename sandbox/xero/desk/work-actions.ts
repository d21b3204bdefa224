import type { Books } from '../books/books.ts';
import type { TimeEntry } from '../books/project.ts';
import type { Timesheet } from '../books/timesheet.ts';

/** Invoicing a project in Xero's screens marks its time; locking it does, too. */
export function setTimeStatus(books: Books, ids: readonly string[], status: TimeEntry['status']): void {
  for (const id of ids) {
    const entry = books.timeEntries.get(id);
    if (entry === undefined) throw new RangeError(`No such time entry: ${id}`);
    books.timeEntries.put({ ...entry, status });
  }
}

/** Someone approves a timesheet, sends it back, or runs the pay run that takes it. */
export function setTimesheetStatus(books: Books, id: string, status: Timesheet['status']): void {
  const timesheet = books.timesheets.get(id);
  if (timesheet === undefined) throw new RangeError(`No such timesheet: ${id}`);
  books.timesheets.put({ ...timesheet, status, updatedMs: books.now() });
}

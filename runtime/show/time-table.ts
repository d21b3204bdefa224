import { clock } from '@stackbridge/shared-mappers/plan/billing/clock.ts';
import type {
  TimeEntryPreview,
  TimesheetPreview,
} from '@stackbridge/shared-mappers/plan/billing/time-preview.ts';
import { shortened } from './shortened.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';

/** Which time goes where: one row an entry. */
export function printTimeEntries(entries: readonly TimeEntryPreview[], { print, paint }: Terminal): void {
  if (entries.length === 0) return;
  print();
  print(paint.bold('Time entries of Xero Projects'));
  print(
    table(
      [
        { title: '' },
        { title: 'date' },
        { title: 'person' },
        { title: 'project' },
        { title: 'task' },
        { title: 'time', align: 'right' },
        { title: 'before', align: 'right' },
        { title: 'says' },
      ],
      entries.map(({ action, date, person, project, task, minutes, minutesBefore, description }) => [
        paint.cyan(action),
        date,
        person,
        project,
        task,
        action === 'delete' ? '' : clock(minutes),
        minutesBefore === undefined ? '' : clock(minutesBefore),
        shortened(description),
      ]),
      paint.dim,
    ),
  );
}

/** What is paid on which day: one table a timesheet. */
export function printTimesheet({ action, title, lines }: TimesheetPreview, { print, paint }: Terminal): void {
  print();
  print(`${paint.cyan(action)}  ${paint.bold('Timesheet')}  ${title}`);
  if (lines.length === 0) {
    print('  no hours any more');
    return;
  }
  print(
    table(
      [{ title: 'date' }, { title: 'paid as' }, { title: 'hours', align: 'right' }],
      lines.map(({ date, rate, hours }) => [date, rate, hours]),
      paint.dim,
    ),
  );
}

import type { CalendarDate, DecimalText } from '../../model/billing/money.ts';
import type { EarningsRate } from '../../ports/payroll-target.ts';
import type { TimeEntryPlan, TimeState } from './time-facts.ts';
import type { TimesheetPlan } from './timesheet-facts.ts';

/** A time entry as a person reads it before it is written: a row of a table. */
export interface TimeEntryPreview {
  readonly kind: 'time-entry';
  readonly action: 'create' | 'update' | 'delete';
  readonly date: CalendarDate;
  readonly person: string;
  readonly project: string;
  readonly task: string;
  readonly minutes: number;
  /** What the entry says now; absent for a create. */
  readonly minutesBefore?: number;
  readonly description: string;
}

/** A timesheet, with the hours of each day. */
export interface TimesheetPreview {
  readonly kind: 'timesheet';
  readonly action: 'create' | 'update' | 'delete';
  readonly title: string;
  readonly lines: readonly {
    readonly date: CalendarDate;
    /** Name of the earnings rate. */
    readonly rate: string;
    readonly hours: DecimalText;
  }[];
}

/** @param places what there is in the accounts and what will be, under the ids of the plan */
export function previewOfEntry(
  { write }: TimeEntryPlan,
  { projects, tasks, users }: Pick<TimeState, 'projects' | 'tasks' | 'users'>,
): TimeEntryPreview | undefined {
  if (write === undefined) return undefined;
  const { action } = write;
  const entry = action === 'delete' ? write.held : write.entry;
  const nameOf = (list: readonly { readonly id: string; readonly name: string }[], id: string): string =>
    list.find((item) => item.id === id)?.name ?? id;
  return {
    kind: 'time-entry',
    action,
    date: entry.date,
    person: nameOf(users, entry.userId),
    project: nameOf(projects, entry.projectId),
    task: nameOf(tasks, entry.taskId),
    minutes: action === 'delete' ? 0 : entry.minutes,
    ...(action === 'create' ? {} : { minutesBefore: write.held.minutes }),
    description: entry.description,
  };
}

export function previewOfTimesheet(
  { write, title }: TimesheetPlan,
  rates: readonly EarningsRate[],
): TimesheetPreview | undefined {
  if (write === undefined) return undefined;
  const lines = write.timesheet.lines.map(({ date, earningsRateId, units }) => ({
    date,
    rate: rates.find(({ id }) => id === earningsRateId)?.name ?? earningsRateId,
    hours: units,
  }));
  return { kind: 'timesheet', action: write.action, title, lines };
}

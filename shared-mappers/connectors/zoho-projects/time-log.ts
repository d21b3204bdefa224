import { z } from 'zod';
import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { TimeLog } from '../../model/billing/project-work.ts';
import { approvalOf, isBillable } from './billing-words.ts';
import { calendarDate, instant } from './dates.ts';
import { minutesOf } from './duration.ts';
import { firstText, idOf, Reference, Text, ZohoId } from './identity.ts';
import { rowsUnder } from './listing.ts';
import { PersonRow, personIdOf, personNameOf } from './person.ts';

/** What time is logged on; a listing holds one kind. Issues are `issue` in the question and `bug` in the answer. */
export type TimeLogModule = 'task' | 'issue' | 'general';
export const TIME_LOG_MODULES: readonly TimeLogModule[] = ['task', 'issue', 'general'];

/** Names of the modified time and of the billing and approval keys differ between the API's own writers. */
const LogRow = z.object({
  id: ZohoId,
  log_hour: Text,
  hours: Text,
  date: Text,
  notes: Text,
  log_notes: Text,
  log_name: Text,
  billing_status: Text,
  bill_status: Text,
  approval: z.object({ status: Text }).nullish().catch(undefined),
  approval_status: Text,
  owner: PersonRow.nullish(),
  module_detail: Reference,
  last_modified_time: Text,
  last_updated_time: Text,
  modified_time: Text,
});

const Day = z.object({ date: Text, log_details: z.array(LogRow).nullish() });
const daysOf = rowsUnder(Day, 'time_logs');

/** One log with the day it was listed under. */
export type LogRow = z.infer<typeof LogRow> & { readonly day: string | null | undefined };

/** `time_logs[].log_details[]`: logs come grouped by day. */
export function logRowsOf(body: unknown): LogRow[] {
  return daysOf(body).flatMap(({ date, log_details }) =>
    (log_details ?? []).map((log) => ({ ...log, day: date })),
  );
}

const Totals = z.object({ log_hours: z.object({ total_hours: z.string() }) });

/** The minutes that an answer says its listing has; undefined where it does not. */
export function statedMinutes(body: unknown): number | undefined {
  const total = Totals.safeParse(body).data?.log_hours.total_hours;
  return total === undefined ? undefined : minutesOf(total);
}

/** @throws StackbridgeError `SERVER_ERROR` where date or duration cannot be read: no log is billed by guess */
export function minutesOfLog({ id, log_hour, hours }: LogRow): number {
  const text = firstText(log_hour, hours);
  const minutes = text === undefined ? undefined : minutesOf(text);
  if (minutes === undefined) throw unreadable(id, 'duration');
  return minutes;
}

/** The task or issue that the log is on; undefined for general time. */
export function workItemOf({ module_detail }: LogRow, module: TimeLogModule): string | undefined {
  return module === 'general' ? undefined : idOf(module_detail);
}

export function toTimeLog(
  row: LogRow,
  module: TimeLogModule,
  projectId: string,
  milestoneId: string | undefined,
): TimeLog {
  const date = calendarDate(firstText(row.date, row.day));
  if (date === undefined) throw unreadable(row.id, 'date');
  const taskId = workItemOf(row, module);
  const taskName = firstText(row.module_detail?.name, row.log_name);
  const personEmail = firstText(row.owner?.email);
  const modifiedAt = instant(firstText(row.last_modified_time, row.last_updated_time, row.modified_time));
  return {
    id: row.id,
    projectId,
    ...(milestoneId === undefined ? {} : { milestoneId }),
    ...(taskId === undefined ? {} : { taskId }),
    ...(taskName === undefined ? {} : { taskName }),
    personId: row.owner ? personIdOf(row.owner) : '',
    personName: row.owner ? personNameOf(row.owner) : '',
    ...(personEmail === undefined ? {} : { personEmail }),
    date,
    minutes: minutesOfLog(row),
    billable: isBillable(firstText(row.billing_status, row.bill_status)),
    approval: approvalOf(firstText(row.approval?.status, row.approval_status)),
    notes: firstText(row.notes, row.log_notes) ?? '',
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
  };
}

function unreadable(id: string, what: string): StackbridgeError {
  return new StackbridgeError(
    'SERVER_ERROR',
    `Zoho Projects gives time log ${id} without a readable ${what}`,
    {
      system: 'zoho-projects',
      recordId: id,
    },
  );
}

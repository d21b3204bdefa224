import { z } from 'zod';
import type { Books } from '../books/books.ts';
import { CHARGE_TYPES, type Project, type ProjectTask, type TimeEntry } from '../books/project.ts';
import type { Timesheet } from '../books/timesheet.ts';

const Status = z.enum(['ACTIVE', 'LOCKED', 'INVOICED']);

/** A project as its screen takes one. */
export const ProjectValues = z.strictObject({
  contact: z.string().optional(),
  name: z.string().optional(),
  status: z.enum(['INPROGRESS', 'CLOSED']).optional(),
});

export const TaskValues = z.strictObject({
  project: z.string().optional(),
  name: z.string().optional(),
  rate: z.number().optional(),
  chargeType: z.enum(CHARGE_TYPES).optional(),
  status: Status.optional(),
});

export const TimeEntryValues = z.strictObject({
  task: z.string().optional(),
  user: z.string().optional(),
  date: z.iso.date().optional(),
  minutes: z.int().min(1).optional(),
  description: z.string().optional(),
  status: Status.optional(),
});

/** A timesheet, with the hours of some days at the first earnings rate. */
export const TimesheetValues = z.strictObject({
  employee: z.string().optional(),
  startDate: z.iso.date().optional(),
  endDate: z.iso.date().optional(),
  hours: z.record(z.iso.date(), z.number().min(0)).optional(),
});

/** @throws RangeError for a contact or project that is not there */
export function writeProject(
  books: Books,
  values: z.infer<typeof ProjectValues>,
  previous?: Project,
): Project {
  const contactId = values.contact ?? previous?.contactId ?? '';
  if (books.contacts.get(contactId) === undefined) throw new RangeError(`No such contact: ${contactId}`);
  return books.projects.put({
    ...previous,
    id: previous?.id ?? books.ids.next(),
    contactId,
    name: values.name ?? previous?.name ?? 'Project',
    status: values.status ?? previous?.status ?? 'INPROGRESS',
  });
}

export function writeTask(
  books: Books,
  values: z.infer<typeof TaskValues>,
  previous?: ProjectTask,
): ProjectTask {
  const projectId = values.project ?? previous?.projectId ?? '';
  if (books.projects.get(projectId) === undefined) throw new RangeError(`No such project: ${projectId}`);
  return books.tasks.put({
    ...previous,
    id: previous?.id ?? books.ids.next(),
    projectId,
    name: values.name ?? previous?.name ?? 'Task',
    rate: values.rate ?? previous?.rate ?? 0,
    chargeType: values.chargeType ?? previous?.chargeType ?? 'TIME',
    status: values.status ?? previous?.status ?? 'ACTIVE',
  });
}

/** @throws RangeError for a task or user that is not there */
export function writeTimeEntry(
  books: Books,
  values: z.infer<typeof TimeEntryValues>,
  previous?: TimeEntry,
): TimeEntry {
  const task = books.tasks.get(values.task ?? previous?.taskId ?? '');
  if (task === undefined) throw new RangeError(`No such task: ${values.task ?? ''}`);
  const user =
    values.user === undefined
      ? previous?.userId
      : [...books.users.rows()].find(({ id, email }) => id === values.user || email === values.user)?.id;
  if (user === undefined) throw new RangeError(`No such user: ${values.user ?? ''}`);
  return books.timeEntries.put({
    ...previous,
    id: previous?.id ?? books.ids.next(),
    projectId: task.projectId,
    taskId: task.id,
    userId: user,
    dateUtc: values.date === undefined ? (previous?.dateUtc ?? '') : `${values.date}T02:00:00Z`,
    enteredMs: previous?.enteredMs ?? books.now(),
    duration: values.minutes ?? previous?.duration ?? 1,
    description: values.description ?? previous?.description ?? '',
    status: values.status ?? previous?.status ?? 'ACTIVE',
  });
}

/** @throws RangeError for an employee that is not there */
export function writeTimesheet(
  books: Books,
  values: z.infer<typeof TimesheetValues>,
  previous?: Timesheet,
): Timesheet {
  const employee = books.employees.get(values.employee ?? previous?.employeeId ?? '');
  if (employee === undefined) throw new RangeError(`No such employee: ${values.employee ?? ''}`);
  const rate = books.earningsRates.rows().next().value;
  const lines = Object.entries(values.hours ?? {}).map(([date, units]) => ({
    id: books.ids.next(),
    date,
    earningsRateId: rate?.id ?? '',
    units,
  }));
  return books.timesheets.put({
    id: previous?.id ?? books.ids.next(),
    employeeId: employee.id,
    calendarId: employee.calendarId ?? '',
    startDate: values.startDate ?? previous?.startDate ?? '',
    endDate: values.endDate ?? previous?.endDate ?? '',
    status: previous?.status ?? 'draft',
    lines: values.hours === undefined ? (previous?.lines ?? []) : lines,
    createdMs: previous?.createdMs ?? books.now(),
    updatedMs: books.now(),
  });
}

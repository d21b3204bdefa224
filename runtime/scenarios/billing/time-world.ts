import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { withoutSeal } from '@stackbridge/shared-mappers/plan/billing/time-seal.ts';
import { z } from 'zod';
import { type Difference, differences } from '../difference.ts';
import type { BillingExpectation } from './billing-scenario.ts';
import type { Names } from './names.ts';

const EVERYTHING = { limit: 1_000_000, offset: 0 };
const wantedRows = z.record(z.string(), z.unknown());

const Project = z.object({ projectId: z.string(), name: z.string() });
const Task = z.object({ taskId: z.string(), projectId: z.string(), name: z.string() });
const User = z.object({ id: z.string(), email: z.string() });
const Entry = z.object({
  taskId: z.string(),
  projectId: z.string(),
  userId: z.string(),
  dateUtc: z.string(),
  duration: z.number(),
  description: z.string(),
  status: z.string(),
});
const Employee = z.object({ id: z.string(), firstName: z.string(), lastName: z.string() });
const Sheet = z.object({
  employeeID: z.string(),
  startDate: z.string(),
  endDate: z.string(),
  status: z.string(),
  timesheetLines: z.array(z.object({ date: z.string(), numberOfUnits: z.coerce.number() })),
});

/** What of Xero's projects, time and timesheets is not as a scenario says. */
export function timeDifferences(
  { projects, timeEntries, timesheets }: BillingExpectation,
  names: Names,
  sandbox: Sandbox,
): Difference[] {
  const rows = <Row>(collection: string, row: z.ZodType<Row>): Row[] =>
    sandbox.admin
      .records('xero', collection, EVERYTHING)
      .records.map((record) => row.parse(JSON.parse(JSON.stringify(record))));
  const found: Difference[] = [];

  if (projects !== undefined) {
    const held = rows('projects', Project).map(({ projectId, name }) => [
      name,
      rows('tasks', Task)
        .filter((task) => task.projectId === projectId)
        .map((task) => task.name)
        .sort(),
    ]);
    const wanted = Object.entries(projects).map(([name, tasks]) => [name, [...tasks].sort()]);
    found.push(...differences('projects', wanted.sort(), held.sort()));
  }
  if (timeEntries !== undefined) {
    const nameOf = new Map<string, string>([
      ...rows('projects', Project).map(({ projectId, name }) => [projectId, name] as const),
      ...rows('tasks', Task).map(({ taskId, name }) => [taskId, name] as const),
      ...rows('users', User).map(({ id, email }) => [id, email] as const),
    ]);
    const held = rows('timeEntries', Entry).map(
      ({ projectId, taskId, userId, dateUtc, duration, description, status }) => ({
        // Where the ledger stands is the host's matter.
        key: withoutSeal(description),
        values: {
          project: nameOf.get(projectId),
          task: nameOf.get(taskId),
          user: nameOf.get(userId),
          date: dateUtc.slice(0, 10),
          minutes: duration,
          status,
        },
      }),
    );
    found.push(...compared('timeEntries', wantedRows.parse(names.filled(timeEntries)), held));
  }
  if (timesheets !== undefined) {
    const people = new Map(
      rows('employees', Employee).map(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`]),
    );
    const held = rows('timesheets', Sheet).map(
      ({ employeeID, startDate, endDate, status, timesheetLines }) => ({
        key: `${people.get(employeeID)} ${startDate.slice(0, 10)}`,
        values: { to: endDate.slice(0, 10), status, hours: hoursOf(timesheetLines) },
      }),
    );
    found.push(...compared('timesheets', wantedRows.parse(names.filled(timesheets)), held));
  }
  return found;
}

/** Two of one key show in the list of keys. */
function compared(
  what: string,
  wanted: Readonly<Record<string, unknown>>,
  held: readonly { readonly key: string; readonly values: object }[],
): Difference[] {
  const keys = differences(what, Object.keys(wanted).sort(), held.map(({ key }) => key).sort());
  if (keys.length > 0) return keys;
  return held.flatMap(({ key, values }) => differences(key, wanted[key], values));
}

/** A list, so that a day too many shows. */
function hoursOf(lines: readonly { readonly date: string; readonly numberOfUnits: number }[]): string[] {
  return lines
    .filter(({ numberOfUnits }) => numberOfUnits !== 0)
    .map(({ date, numberOfUnits }) => `${date.slice(0, 10)} ${numberOfUnits}`)
    .sort();
}

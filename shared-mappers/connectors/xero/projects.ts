import { z } from 'zod';
import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { type ExactJsonObject, exactNumber, parseExactBodyAs, toExactJson } from '../../http/exact-json.ts';
import type { SystemClient } from '../../http/system-client.ts';
import { plainText } from '../../model/billing/decimal.ts';
import type {
  AccountsProject,
  AccountsTask,
  ChargeType,
  DesiredTimeEntry,
  HeldTimeEntry,
  TimeTarget,
} from '../../ports/xero-projects.ts';
import { JSON_BODY, PROJECTS } from './api.ts';
import { textKey } from './identity.ts';
import { readListing } from './listing.ts';
import { sendOnce } from './once.ts';
import { addDays } from './wire-time.ts';

/** "pageSize" is at most 500 here. */
const PAGE_SIZE = 500;
/** "Ten in the morning UTC" is one and the same calendar date from Hawaii (0:00) to New Zealand's summer (23:00). */
const TIME_OF_DAY = 'T10:00:00Z';

const CHARGE_TYPES: Readonly<Record<ChargeType, string>> = {
  time: 'TIME',
  fixed: 'FIXED',
  'non-chargeable': 'NON_CHARGEABLE',
};

const ProjectRow = z
  .object({
    projectId: z.string(),
    name: z.string(),
    contactId: z.string().nullish(),
    currencyCode: z.string().nullish(),
    status: z.string().nullish(),
  })
  .transform(
    ({ projectId, name, contactId, currencyCode, status }): AccountsProject => ({
      id: projectId,
      name,
      ...(contactId ? { contactId } : {}),
      ...(currencyCode ? { currency: currencyCode } : {}),
      open: status === 'INPROGRESS',
    }),
  );

const TaskRow = z
  .object({
    taskId: z.string(),
    projectId: z.string(),
    name: z.string(),
    chargeType: z.enum(['TIME', 'FIXED', 'NON_CHARGEABLE']),
    rate: z.object({ currency: z.string(), value: z.string() }).nullish(),
    status: z.string().nullish(),
  })
  .transform(
    ({ taskId, projectId, name, chargeType, rate, status }): AccountsTask => ({
      id: taskId,
      projectId,
      name,
      chargeType: chargeType === 'TIME' ? 'time' : chargeType === 'FIXED' ? 'fixed' : 'non-chargeable',
      ...(rate ? { rate: { currency: rate.currency, value: plainText(rate.value) } } : {}),
      open: (status ?? 'ACTIVE') === 'ACTIVE',
    }),
  );

const UserRow = z
  .object({ userId: z.string(), name: z.string().nullish(), email: z.string().nullish() })
  .transform(({ userId, name, email }) => ({ id: userId, name: name ?? '', email: email ?? '' }));

const TimeRow = z
  .object({
    timeEntryId: z.string(),
    projectId: z.string(),
    taskId: z.string(),
    userId: z.string(),
    dateUtc: z.string(),
    duration: z.string().regex(/^\d+$/),
    description: z.string().nullish(),
    status: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['active', 'locked', 'invoiced'])),
  })
  .transform(
    ({ timeEntryId, dateUtc, duration, description, ...rest }): HeldTimeEntry => ({
      id: timeEntryId,
      ...rest,
      date: dateUtc.slice(0, 10),
      minutes: Number(duration),
      description: description ?? '',
    }),
  );

/** @param client as for `createXeroConnector`, best the same one; needs the scope `projects` */
export function createXeroProjects(client: SystemClient): TimeTarget {
  function list<Row extends { readonly id: string }>(
    path: string,
    row: z.ZodType<Row>,
    query: Readonly<Record<string, string>> = {},
  ): Promise<Row[]> {
    const listing = { path: `${PROJECTS}${path}`, query, rows: 'items', row, pageSize: PAGE_SIZE };
    return readListing(client, { ...listing, idOf: ({ id }) => id }).then((rows) => rows ?? []);
  }

  async function post<Row>(path: string, body: ExactJsonObject, row: z.ZodType<Row>): Promise<Row> {
    const request = { method: 'POST', path: `${PROJECTS}${path}`, headers: JSON_BODY } as const;
    const answer = await client.send({ ...request, body: toExactJson(body) }, { repeatable: false });
    return parseExactBodyAs(row, answer.body, 'xero');
  }

  const projects = (query?: Readonly<Record<string, string>>): Promise<AccountsProject[]> =>
    list('/Projects', ProjectRow, query);
  const tasks = (projectId: string): Promise<AccountsTask[]> =>
    list(`${projectPath(projectId)}/Tasks`, TaskRow);

  /** A day more on both sides: times of day near midnight are another date in UTC. */
  async function timeEntries(
    projectId: string,
    { from, to }: { readonly from: string; readonly to: string },
  ): Promise<HeldTimeEntry[]> {
    const found = await list(`${projectPath(projectId)}/Time`, TimeRow, {
      dateAfterUtc: `${from}T00:00:00Z`,
      dateBeforeUtc: `${addDays(to, 1)}T00:00:00Z`,
    });
    return found.filter(({ date }) => date >= from && date <= to);
  }

  /** As it is now, where that is as it was planned on; undefined where it is gone. @throws StackbridgeError otherwise */
  async function asPlanned(held: HeldTimeEntry): Promise<HeldTimeEntry | undefined> {
    const path = `${PROJECTS}${timePath(held)}`;
    const answer = await unlessGone(client.send({ method: 'GET', path }, { repeatable: true }));
    if (answer === undefined) return undefined;
    const current = parseExactBodyAs(TimeRow, answer.body, 'xero');
    if (current.status !== 'active') {
      throw new StackbridgeError('TIME_ENTRY_CLOSED', `The time entry is ${current.status}`, about(held));
    }
    const isSame =
      isSameEntry(current, held) && current.minutes === held.minutes && current.date === held.date;
    if (isSame) return current;
    throw new StackbridgeError('TIME_ENTRY_CHANGED', 'A person has changed the time entry', about(held));
  }

  return {
    system: 'xero',
    projects: () => projects(),
    createProject: ({ name, contactId }) =>
      sendOnce(
        () => post('/Projects', { contactId, name }, ProjectRow),
        async () =>
          (await projects({ contactID: contactId })).find(
            (project) => textKey(project.name) === textKey(name),
          ),
      ),

    tasks,
    createTask: ({ projectId, name, chargeType, rate }) =>
      sendOnce(
        () =>
          post(
            `${projectPath(projectId)}/Tasks`,
            {
              name,
              rate: { currency: rate.currency, value: exactNumber(rate.value) },
              chargeType: CHARGE_TYPES[chargeType],
            },
            TaskRow,
          ),
        async () => (await tasks(projectId)).find((task) => textKey(task.name) === textKey(name)),
      ),

    users: () => list('/ProjectsUsers', UserRow),

    timeEntries,
    createTimeEntry: (entry) =>
      sendOnce(
        () => post(`${projectPath(entry.projectId)}/Time`, timePayload(entry), TimeRow),
        async () =>
          (await timeEntries(entry.projectId, { from: entry.date, to: entry.date })).find((held) =>
            isSameEntry(held, entry),
          ),
      ),

    async updateTimeEntry(held, entry) {
      if ((await asPlanned(held)) === undefined) {
        throw new StackbridgeError('TIME_ENTRY_GONE', 'The time entry was deleted', about(held));
      }
      const path = `${PROJECTS}${timePath(held)}`;
      const body = toExactJson(timePayload(entry));
      await client.send({ method: 'PUT', path, headers: JSON_BODY, body }, { repeatable: true });
    },

    async deleteTimeEntry(held) {
      if ((await asPlanned(held)) === undefined) return;
      const path = `${PROJECTS}${timePath(held)}`;
      await unlessGone(client.send({ method: 'DELETE', path }, { repeatable: true }));
    },
  };
}

function about({ id }: HeldTimeEntry) {
  return { system: 'xero', recordId: id } as const;
}

async function unlessGone<Result>(call: Promise<Result>): Promise<Result | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof StackbridgeError && error.code === 'RECORD_GONE') return undefined;
    throw error;
  }
}

function projectPath(projectId: string): string {
  return `/Projects/${encodeURIComponent(projectId)}`;
}

function timePath({ projectId, id }: Pick<HeldTimeEntry, 'projectId' | 'id'>): string {
  return `${projectPath(projectId)}/Time/${encodeURIComponent(id)}`;
}

function timePayload({ userId, taskId, date, minutes, description }: DesiredTimeEntry): ExactJsonObject {
  return { userId, taskId, dateUtc: `${date}${TIME_OF_DAY}`, duration: minutes, description };
}

function isSameEntry(held: HeldTimeEntry, { userId, taskId, description }: DesiredTimeEntry): boolean {
  return held.userId === userId && held.taskId === taskId && held.description === description;
}

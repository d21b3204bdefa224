import { beforeEach, describe, expect, test } from '@jest/globals';
import { seedXero } from '../../../sandbox/xero/seed/seed-xero.ts';
import { pick, type Shown } from './invoice-calls.ts';
import { type Answered, type Method, type ServedXero, serveXero } from './served-xero.ts';

const P = '/projects.xro/2.0';
const UNKNOWN = '3bf6a4a4-9dcb-4c1e-9f4b-35a6f3f2e0a1';

let served: ServedXero;
let contactId: string;
let userId: string;
beforeEach(async () => {
  served = await serveXero();
  [contactId = ''] = seedXero(served.xero.books(), { contacts: 1, invoices: 0 }).contacts;
  userId = served.xero.books().users.rows().next().value?.id ?? '';
});

function call(method: Method, path: string, body?: object): Promise<Answered> {
  return served.call(method, `${P}${path}`, body === undefined ? {} : { body });
}

async function make(path: string, body: object): Promise<Shown> {
  return Object((await call('POST', path, body)).body);
}

async function project(): Promise<string> {
  return String((await make('/Projects', { contactId, name: 'Website' })).projectId);
}

async function task(projectId: string, changes: object = {}): Promise<string> {
  const body = { name: 'Build', rate: { currency: 'AUD', value: 99.99 }, chargeType: 'TIME', ...changes };
  return String((await make(`/Projects/${projectId}/Tasks`, body)).taskId);
}

function timeOf(taskId: string, changes: object = {}): object {
  return { userId, taskId, dateUtc: '2026-11-01T09:00:00Z', duration: 20, ...changes };
}

async function faults(method: Method, path: string, body?: object): Promise<unknown> {
  const answered = await call(method, path, body);
  return answered.status === 400 ? Object(answered.body).modelState : answered.status;
}

describe('projects of the simulated Xero', () => {
  test('time is charged by the minute, and fixed prices and free tasks are not', async () => {
    const id = await project();
    const byTime = await task(id);
    await task(id, { name: 'Launch', chargeType: 'FIXED', rate: { currency: 'AUD', value: 500 } });
    const free = await task(id, { name: 'Sales', chargeType: 'NON_CHARGEABLE' });
    for (const one of [timeOf(byTime), timeOf(byTime, { duration: 121 }), timeOf(free, { duration: 60 })]) {
      await call('POST', `/Projects/${id}/Time`, one);
    }

    const { body } = await call('GET', `/Projects/${id}`);

    // 141 minutes at 99.99 an hour are 234.9765.
    expect(
      pick(
        Object(body),
        'minutesLogged',
        'minutesToBeInvoiced',
        'totalTaskAmount',
        'totalToBeInvoiced',
        'status',
      ),
    ).toEqual({
      minutesLogged: 201,
      minutesToBeInvoiced: 141,
      totalTaskAmount: { currency: 'AUD', value: 734.98 },
      totalToBeInvoiced: { currency: 'AUD', value: 734.98 },
      status: 'INPROGRESS',
    });
  });

  test('what Xero’s own screens have invoiced or locked stays as it is', async () => {
    const id = await project();
    const made = await make(`/Projects/${id}/Time`, timeOf(await task(id)));
    const at = `/Projects/${id}/Time/${String(made.timeEntryId)}`;
    served.xero.actions['time-status']?.run({ timeEntries: [made.timeEntryId], status: 'INVOICED' });

    const refusal = { status: ['A time entry that is INVOICED cannot be changed.'] };
    expect([
      await faults('PUT', at, timeOf(String(made.taskId))),
      await faults('DELETE', at),
      Object((await call('GET', `/Projects/${id}`)).body).taskAmountInvoiced.value,
      Object((await call('GET', `/Projects/${id}/Time?states=ACTIVE`)).body).items,
    ]).toEqual([refusal, refusal, 33.33, []]);
  });

  test('a closed project takes no time', async () => {
    const id = await project();
    const taskId = await task(id);
    await call('PATCH', `/Projects/${id}`, { status: 'CLOSED' });

    expect(await faults('POST', `/Projects/${id}/Time`, timeOf(taskId))).toEqual({
      projectId: ['Time cannot be logged to a closed project.'],
    });
  });

  test.each<[string, object, unknown]>([
    ['no minutes', { duration: 0 }, { duration: ['Duration must be between 1 and 59940 minutes.'] }],
    ['an unknown user', { userId: UNKNOWN }, { userId: ['The user could not be found.'] }],
    [
      'a task of another project',
      { taskId: UNKNOWN },
      { taskId: ['The task could not be found in the project.'] },
    ],
    ['half a minute', { duration: 0.5 }, { duration: [expect.any(String)] }],
    ['a date that is none', { dateUtc: 'yesterday' }, { dateUtc: [expect.any(String)] }],
  ])('time with %s is refused', async (_what, changes, expected) => {
    const id = await project();

    expect(await faults('POST', `/Projects/${id}/Time`, timeOf(await task(id), changes))).toEqual(expected);
  });

  test('what a project and a task must have', async () => {
    const id = await project();

    expect([
      await faults('POST', '/Projects', { contactId: UNKNOWN, name: ' ' }),
      await faults('POST', `/Projects/${id}/Tasks`, {
        name: 'x',
        rate: { currency: 'USD', value: 1 },
        chargeType: 'TIME',
      }),
      await faults('POST', `/Projects/${id}/Tasks`, {
        name: 'x',
        rate: { currency: 'AUD', value: 1 },
        chargeType: 'HOURLY',
      }),
      await faults('GET', `/Projects/${UNKNOWN}`),
    ]).toEqual([
      { name: ['The Name field is required.'], contactId: ['The contact could not be found.'] },
      { 'rate.currency': ['The currency of the rate must be the currency of the project.'] },
      { chargeType: [expect.any(String)] },
      404,
    ]);
  });

  test('a task with time on it cannot be deleted', async () => {
    const id = await project();
    const taskId = await task(id);
    await call('POST', `/Projects/${id}/Time`, timeOf(taskId));

    expect(await faults('DELETE', `/Projects/${id}/Tasks/${taskId}`)).toEqual({
      taskId: ['A task with time entries cannot be deleted.'],
    });
  });

  test('lists are paged, fifty at a time unless asked otherwise, five hundred at most', async () => {
    for (let i = 0; i < 3; i++) await project();

    expect([
      Object((await call('GET', '/Projects?page=2&pageSize=2')).body).pagination,
      Object((await call('GET', '/Projects')).body).pagination,
      await faults('GET', '/Projects?pageSize=501'),
    ]).toEqual([
      { page: 2, pageSize: 2, pageCount: 2, itemCount: 3 },
      { page: 1, pageSize: 50, pageCount: 1, itemCount: 3 },
      { pageSize: ['PageSize must be a number between 1 and 500.'] },
    ]);
  });
});

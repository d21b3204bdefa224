import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  logIds,
  type ServedZoho,
  type SmallPortal,
  serveZoho,
  smallPortal,
  timeLogs,
  titleOf,
  valuesOf,
} from './served-zoho.ts';

let served: ServedZoho;
let small: SmallPortal;
beforeEach(async () => {
  served = await serveZoho();
  small = smallPortal(served);
});
afterEach(() => served.close());

function log(date: string, values: object = {}): string {
  return served.projects.desk.create('logs', { task: small.task, date, hours: '2:20', ...values });
}

function path(query: Record<string, string> = {}): string {
  return timeLogs(small.project, query);
}

/** The same listing over all projects. */
function portalPath(query: Record<string, string> = {}): string {
  return path(query).replace(`/projects/${small.project}`, '');
}

describe('time logs', () => {
  test('come by days, hours as HH:MM, read as billing_status', async () => {
    const id = log('2026-10-01', { notes: 'Bernoulli', approval: 'Approved' });
    log('2026-10-01', { hours: '0:45', bill_status: 'Non Billable' });

    const { body } = await served.portal(path());

    expect(body).toMatchObject({
      log_hours: { total_hours: '03:05', billable_hours: '02:20', non_billable_hours: '00:45' },
      time_logs: [{ date: '2026-10-01', log_hours: { total_hours: '03:05' } }],
    });
    expect(Object(body).time_logs[0].log_details[0]).toEqual({
      id,
      log_hour: '02:20',
      notes: 'Bernoulli',
      date: '2026-10-01',
      owner: { zpuid: small.ada, name: 'Ada Lovelace', first_name: 'Ada', email: 'ada@acme.test' },
      added_by: expect.objectContaining({ zpuid: small.ada }),
      billing_status: 'Billable',
      approval: { status: 'Approved' },
      type: 'task',
      module_detail: { type: 'task', id: small.task, name: 'Translate', prefix: 'SB-1-T1' },
      project: { id: small.project, name: 'Engine' },
    });
  });

  test('are listed for one kind of work a call; what is asked for as issue is answered as bug', async () => {
    const ofTask = log('2026-10-01');
    const ofIssue = log('2026-10-02', { task: undefined, issue: small.issue });
    const general = log('2026-10-03', { task: undefined, project: small.project, log_name: 'Meeting' });
    const of = (module: string) => served.portal(path({ module }));

    expect(logIds((await of('{"type":"task"}')).body)).toEqual([ofTask]);
    const issues = (await of('{"type":"issue"}')).body;
    expect(logIds(issues)).toEqual([ofIssue]);
    expect(valuesOf(issues, 'module_detail')).toMatchObject([{ type: 'bug', id: small.issue }]);
    const generals = (await of('{"type":"general"}')).body;
    expect(logIds(generals)).toEqual([general]);
    expect(valuesOf(generals, 'log_name')).toEqual(['Meeting']);
    expect((await of(`{"type":"task","id":"${small.issue}"}`)).status).toBe(204);
    expect(titleOf(await of('{"type":"bug"}'))).toEqual([400, 'PATTERN_NOT_MATCHED']);
  });

  test('are not listed without a kind of work', async () => {
    const without = path().replace(/&module=[^&]*/, '');

    expect(await served.portal(without)).toMatchObject({
      status: 400,
      body: { error: { details: [{ field_name: 'module' }] } },
    });
  });

  test('are listed for at most six months at a time', async () => {
    const span = (end_date: string) => served.portal(path({ start_date: '2026-05-01', end_date }));
    log('2026-05-01');

    expect((await span('2026-11-01')).status).toBe(200);
    expect(await span('2026-11-02')).toMatchObject({
      status: 400,
      body: { error: { details: [{ message: 'The date range should not be more than 6 months.' }] } },
    });
  });

  test('are listed by the ISO week of the first day where no view is asked for, whatever the last day', async () => {
    const monday = log('2026-10-05');
    const sunday = log('2026-10-11');
    log('2026-10-12');
    const query = portalPath({ start_date: '2026-10-07', end_date: '2026-10-30' });

    const { body } = await served.portal(query.replace('view_type=customdate&', ''));

    expect(logIds(body)).toEqual([monday, sunday]);
  });

  test.each([
    ['day', ['2026-10-07']],
    ['week', ['2026-10-05', '2026-10-07']],
    ['month', ['2026-10-01', '2026-10-05', '2026-10-07', '2026-10-31']],
  ])('of a %s', async (view_type, days) => {
    for (const day of ['2026-09-30', '2026-10-01', '2026-10-05', '2026-10-07', '2026-10-31']) log(day);

    const { body } = await served.portal(path({ view_type, start_date: '2026-10-07' }));

    expect(Object(body).time_logs.map(({ date }: { date: string }) => date)).toEqual(days);
  });

  test('can be asked for by the day of their last change', async () => {
    const old = log('2026-01-15');
    served.world.clock.advance(86_400_000);
    served.accounts.reset();
    const query = path({ start_date: '2026-11-03', end_date: '2026-11-03', fetch_by_modified_time: 'true' });
    const before = await served.portal(query);
    served.projects.desk.edit('logs', old, { hours: '3:00' });

    expect(before.status).toBe(204);
    expect(logIds((await served.portal(query)).body)).toEqual([old]);
  });

  test('are gone without a trace when they are deleted', async () => {
    served.projects.desk.remove('logs', log('2026-10-01'));

    expect((await served.portal(path())).status).toBe(204);
  });

  test('may keep their words as log_notes', async () => {
    served.settings({ notesKey: 'log_notes' });
    log('2026-10-01', { notes: 'here' });

    expect(valuesOf((await served.portal(path())).body, 'log_notes')).toEqual(['here']);
  });
});

describe('pages of time logs', () => {
  test('repeat the last log of a day that continues', async () => {
    const [a, b] = [log('2026-10-01'), log('2026-10-01')];
    const c = log('2026-10-01');

    expect(logIds((await served.portal(path({ per_page: '2' }))).body)).toEqual([a, b]);
    expect(logIds((await served.portal(path({ per_page: '2', page: '2' }))).body)).toEqual([b, c]);
  });

  test('of the portal always promise another, and past the end show the last one again', async () => {
    const id = log('2026-10-01');
    const page = async (n: string) => (await served.portal(portalPath({ page: n }))).body;

    expect(await page('1')).toMatchObject({ page_info: { has_next_page: true } });
    expect(await page('9')).toMatchObject({ page_info: { page: 9, has_next_page: true } });
    expect(logIds(await page('9'))).toEqual([id]);
    served.settings({ pastTheEnd: 'nothing' });
    expect(await page('2')).toBeUndefined();
  });

  test('of a project end honestly, unless the portal is of the other sort', async () => {
    log('2026-10-01');
    const promise = async () => Object((await served.portal(path())).body).page_info.has_next_page;

    expect(await promise()).toBe(false);
    served.settings({ endless: 'all-time-logs' });
    expect(await promise()).toBe(true);
  });
});

describe('a log written by the API', () => {
  const base = (): string => `/zoho-projects/api/v3/portal/stackbridge/projects/${small.project}`;
  const body = () => ({
    date: '2026-10-01',
    bill_status: 'Billable',
    hours: '02:30',
    notes: 'by hand',
    owner_zpuid: small.ada,
    module: { type: 'task', id: small.task },
  });

  test('is created with 201, changed by PATCH, deleted with 204', async () => {
    const created = await served.call('POST', `${base()}/log`, { body: body() });
    const one = `${base()}/logs/${Object(created.body).id}`;
    const changed = await served.call('PATCH', one, { body: { hours: '03:00' } });
    const read = await served.call('GET', one);
    const deleted = await served.call('DELETE', one);

    expect(created).toMatchObject({
      status: 201,
      body: { log_hour: '02:30', approval: { status: 'Pending' } },
    });
    expect(changed).toMatchObject({ status: 200, body: { log_hour: '03:00' } });
    expect(read.body).toEqual(changed.body);
    expect(deleted).toMatchObject({ status: 204, text: '' });
    expect((await served.call('GET', one)).status).toBe(404);
  });

  test('is refused for hours that are no HH:MM', async () => {
    const answer = await served.call('POST', `${base()}/log`, { body: { ...body(), hours: '2.5' } });

    expect(answer).toMatchObject({ status: 400, body: { error: { details: [{ field_name: 'hours' }] } } });
  });

  test('cannot be changed once it is approved', async () => {
    const id = log('2026-10-01', { approval: 'Approved' });

    const answer = await served.call('PATCH', `${base()}/logs/${id}`, { body: { hours: '03:00' } });

    expect(answer).toMatchObject({
      status: 400,
      body: { error: { details: [{ message: 'Cannot update approved timelogs' }] } },
    });
  });

  test('is approved at once in a portal that asks nobody, and knows no approval where there is none', async () => {
    served.settings({ approval: 'auto' });
    const approved = await served.call('POST', `${base()}/log`, { body: body() });
    served.settings({ approval: 'off' });
    const other = await served.call('POST', `${base()}/log`, { body: body() });

    expect(approved.body).toMatchObject({ approval: { status: 'Approved' } });
    expect(other.body).not.toHaveProperty('approval');
  });
});

describe('approval, which only the old API knows', () => {
  const approve = (place: string, form: Record<string, string>) =>
    served.call('POST', `/zoho-projects/restapi/portal/stackbridge/projects/${small.project}/${place}`, {
      body: new URLSearchParams(form),
    });
  const statusOf = (id: string) => served.projects.portal.logs.find(id)?.approval;

  test('is given for tasks, issues and general time by a form', async () => {
    const ofTask = log('2026-10-01');
    const ofIssue = log('2026-10-01', { task: undefined, issue: small.issue });
    const general = log('2026-10-01', { task: undefined, project: small.project });
    await approve(`tasks/${small.task}/logs/${ofTask}/approval`, { approval: 'approve' });
    await approve(`bugs/${small.issue}/logs/${ofIssue}/approval`, { approval: 'reject', reason: 'twice' });
    await approve(`logs/${general}/approval`, { approval: 'approve' });
    await approve(`logs/${general}/approval`, { approval: 'pending' });

    expect([ofTask, ofIssue, general].map(statusOf)).toEqual(['Approved', 'Rejected', 'Pending']);
  });

  test('is refused with a slash at the end, and for another word', async () => {
    const id = log('2026-10-01');
    const place = `tasks/${small.task}/logs/${id}/approval`;

    expect(await approve(`${place}/`, { approval: 'approve' })).toMatchObject({
      body: { error: { code: 6891 } },
    });
    expect(await approve(place, { approval: 'yes' })).toMatchObject({
      status: 400,
      body: {
        error: { code: 6832, message: 'Input Parameter Does not Match the Pattern Specified' },
      },
    });
  });
});

test('the old API lists logs with numeric ids, and with texts beside them', async () => {
  const id = log('2026-10-01', { approval: 'Approved' });
  const query = 'users_list=all&view_type=month&date=10-01-2026&bill_status=All&component_type=task';

  const { text, body } = await served.call(
    'GET',
    `/zoho-projects/restapi/portal/stackbridge/projects/${small.project}/logs/?${query}`,
  );

  expect(text).toContain(`"id":${id},"id_string":"${id}"`);
  expect(valuesOf(body, 'tasklogs')).toMatchObject([
    [{ hours: 2, minutes: 20, total_minutes: 140, bill_status: 'Billable', approval_status: 'Approved' }],
  ]);
});

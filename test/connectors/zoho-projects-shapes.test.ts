import { describe, expect, test } from '@jest/globals';
import {
  approvalOf,
  isBillable,
} from '@stackbridge/shared-mappers/connectors/zoho-projects/billing-words.ts';
import { createZohoProjectsConnector } from '@stackbridge/shared-mappers/connectors/zoho-projects/connector.ts';
import { calendarDate } from '@stackbridge/shared-mappers/connectors/zoho-projects/dates.ts';
import { minutesOf } from '@stackbridge/shared-mappers/connectors/zoho-projects/duration.ts';
import { windowsOf } from '@stackbridge/shared-mappers/connectors/zoho-projects/windows.ts';
import type { HttpRequest } from '@stackbridge/shared-mappers/ports/http.ts';
import { all, projectsClientOf } from './zoho-account.ts';

const PORTALS = '[{"id":9007199254740993,"name":"acme"}]';
const PATH = '/api/v3/portal/9007199254740993';

/** Answers by path and page; whatever is not scripted is empty. */
function portalAnswering(bodies: Readonly<Record<string, string | readonly string[]>>) {
  const asked: string[] = [];
  const http = {
    async send({ url }: HttpRequest) {
      const { pathname, searchParams } = new URL(url);
      asked.push(`${pathname}${searchParams.has('module') ? ` ${searchParams.get('module')}` : ''}`);
      const key = searchParams.has('module')
        ? (JSON.parse(searchParams.get('module') ?? '').type as string)
        : pathname;
      const script = pathname === '/api/v3/portals' ? PORTALS : bodies[key];
      const page = Number(searchParams.get('page') ?? '1');
      const body = typeof script === 'string' ? (page === 1 ? script : '') : (script?.[page - 1] ?? '');
      return { status: body === '' ? 204 : 200, headers: {}, body };
    },
  };
  const { client } = projectsClientOf(http);
  return { asked, source: createZohoProjectsConnector({ client }) };
}

const log = (id: number | string, more = '') =>
  `{"id":${id},"log_hour":"00:10","date":"2026-07-01","billing_status":"Billable"${more}}`;
const day = (...logs: string[]) => `{"date":"2026-07-01","log_details":[${logs.join()}]}`;

describe('time logs in odd shapes', () => {
  const read = (pages: string | readonly string[]) => {
    const { source } = portalAnswering({ general: pages });
    return all(source.timeLogs('77', '2026-07-01', '2026-07-31'));
  };

  test('neighbouring ids past 2^53 stay two, written as numbers or as text', async () => {
    const logs = await read(
      `{"time_logs":[${day(log('1802231000000000001'), log('"1802231000000000002"'))}]}`,
    );
    expect(logs.map(({ id }) => id)).toEqual(['1802231000000000001', '1802231000000000002']);
  });

  test('no page is the last because it says so', async () => {
    const info = '"page_info":[{"page":"1","per_page":"200","page_count":"1","has_next_page":"false"}]';
    const logs = await read([
      `{${info},"time_logs":[${day(log(1))}]}`,
      `{${info},"time_logs":[${day(log(1), log(2))}]}`,
      `{${info},"time_logs":[${day(log(2))}]}`,
      `{${info},"time_logs":[${day(log(3))}]}`,
    ]);
    expect(logs.map(({ id }) => id)).toEqual(['1', '2']);
  });

  test('nor because it says so and is full, or does not say how many rows a page has', async () => {
    const rows = (from: number, count: number) =>
      Array.from({ length: count }, (_, at) => `{"id":"${from + at}","name":"A","is_completed":true}`).join();
    const full = (from: number) =>
      `{"page_info":{"per_page":"3","has_next_page":"false"},"phases":[${rows(from, 3)}]}`;
    const silent = (from: number) => `{"page_info":{"has_next_page":false},"phases":[${rows(from, 2)}]}`;
    const last =
      '{"page_info":{"per_page":3,"has_next_page":false},"phases":[{"id":"9","name":"Z","is_completed":true}]}';
    const path = `${PATH}/projects/77/phases`;

    const read = await Promise.all(
      [
        [full(1), full(4), last, full(6)],
        [silent(1), silent(3), last, full(6)],
      ].map((pages) => all(portalAnswering({ [path]: pages }).source.milestones('77'))),
    );

    expect(read.map((milestones) => milestones.map(({ id }) => id).join())).toEqual([
      '1,2,3,4,5,6,9',
      '1,2,3,4,9',
    ]);
  });

  test('a listing that says there is more for ever ends where nothing is new', async () => {
    const page = `{"page_info":{"has_next_page":true},"time_logs":[${day(log(1))}]}`;
    expect(await read(Array.from({ length: 50 }, () => page))).toHaveLength(1);
  });

  test.each([
    ['a bare array of days', `[${day(log(1))}]`, 1],
    ['a day without logs', '{"time_logs":[{"date":"2026-07-01","log_details":null}]}', 0],
    ['no days', '{"time_logs":[]}', 0],
    ['nothing but the page', '{"page_info":{"page":1}}', 0],
    [
      'the billing status under its writing name',
      `{"time_logs":[${day('{"id":"1","log_hour":"00:10","bill_status":"Billable"}')}]}`,
      1,
    ],
  ])('%s is read', async (_what, body, billable) => {
    expect((await read(body)).filter((row) => row.billable)).toHaveLength(billable);
  });

  test.each([
    ['no duration', '{"id":"1","date":"2026-07-01"}'],
    ['a duration in hours with a comma', '{"id":"1","date":"2026-07-01","log_hour":"2,5"}'],
    ['no id', '{"log_hour":"00:10","date":"2026-07-01"}'],
  ])('a log with %s is not billed by guess', async (_what, row) => {
    await expect(read(`{"time_logs":[${day(row)}]}`)).rejects.toMatchObject({ code: 'SERVER_ERROR' });
  });

  test('another shape is told by its place and without its values', async () => {
    await expect(read('{"timelogs":{"secret":"value"}}')).rejects.toMatchObject({
      code: 'SERVER_ERROR',
      message: 'Zoho Projects answered in an unknown shape (at "time_logs")',
    });
  });

  test('issues are asked for as issues and answered as bugs', async () => {
    const { source, asked } = portalAnswering({
      issue: `{"time_logs":[${day(log(5, ',"module_detail":{"id":"31","type":"bug","name":"Crash"}'))}]}`,
      [`${PATH}/projects/77/issues`]: '{"issues":[{"id":"31","milestone":{"id":"8"}}]}',
    });
    const [row] = await all(source.timeLogs('77', '2026-07-01', '2026-07-31'));
    expect(row).toMatchObject({ milestoneId: '8', taskId: '31', taskName: 'Crash' });
    expect(asked).toContain(`${PATH}/projects/77/timelogs {"type":"issue"}`);
  });
});

test.each([
  ['"milestone":{"id":"8","name":"Launch"}', '8'],
  ['"milestone":"8"', '8'],
  ['"phase":{"id":8}', '8'],
  ['"milestone_id":"8"', '8'],
  ['"milestone":{}', undefined],
  ['"milestone":null', undefined],
  ['"milestone_id":"0"', undefined],
])('a task with %s is on milestone %s', async (reference, milestoneId) => {
  const { source } = portalAnswering({
    task: `{"time_logs":[${day(log(5, ',"module_detail":{"id":"31"}'))}]}`,
    [`${PATH}/projects/77/tasks`]: `{"tasks":[{"id":"31",${reference}}]}`,
  });
  const [row] = await all(source.timeLogs('77', '2026-07-01', '2026-07-31'));
  expect(row?.milestoneId).toBe(milestoneId);
});

describe('milestones in odd shapes', () => {
  const read = (body: string) => {
    const { source } = portalAnswering({ [`${PATH}/projects/77/phases`]: body });
    return all(source.milestones('77'));
  };

  test.each([
    ['"status":{"is_closed_type":true}', true],
    ['"status":{"statusId":"1","statusName":"Done","closed":"true"}', true],
    ['"status":{"name":"Active"},"status_type":"closed"', true],
    ['"is_completed":true', true],
    ['"status":{"is_closed_type":false},"is_completed":true', false],
  ])('%s is closed: %s', async (status, closed) => {
    const [row] = await read(`{"phases":[{"id":"1","name":"A",${status}}]}`);
    expect(row?.closed).toBe(closed);
  });

  test('one that does not say whether it is closed says so, and the others are read', async () => {
    const rows = await read('{"phases":[{"id":"1","name":"A"},{"id":"2","name":"B","is_completed":true}]}');
    expect(rows).toEqual([
      {
        id: '1',
        projectId: '77',
        name: 'A',
        closed: false,
        closedFault: 'Zoho Projects does not say whether it is closed',
      },
      { id: '2', projectId: '77', name: 'B', closed: true },
    ]);
  });

  test('the day of closing is read where it is told', async () => {
    const [row] = await read(
      '[{"id":"1","name":"A","is_completed":true,"completed_on":"2026-07-09T11:25:58.000Z"}]',
    );
    expect(row?.closedOn).toBe('2026-07-09');
  });
});

describe('words, days and durations', () => {
  test.each([
    ['Approved', 'approved'],
    ['approved', 'approved'],
    ['Auto Approved', 'approved'],
    ['Pending', 'pending'],
    ['Submitted', 'pending'],
    ['Unapproved', 'pending'],
    ['Rejected', 'rejected'],
    ['', 'not-needed'],
    [undefined, 'not-needed'],
  ])('the approval %s is %s', (text, approval) => expect(approvalOf(text)).toBe(approval));

  test.each([
    ['Billable', true],
    ['billable', true],
    ['Non Billable', false],
    ['Non-Billable', false],
    ['non_billable', false],
    ['Invoiced', false],
    [undefined, false],
  ])('%s is billable: %s', (text, billable) => expect(isBillable(text)).toBe(billable));

  test.each([
    ['02:20', 140],
    ['2:05', 125],
    ['100:00', 6000],
    ['00:60', undefined],
    ['2.5', undefined],
    ['', undefined],
  ])('%s are %s minutes', (text, minutes) => expect(minutesOf(text)).toBe(minutes));

  test.each([
    ['2026-07-01', '2026-07-01'],
    ['2026-07-01T23:30:00.000Z', '2026-07-01'],
    ['07-31-2026', '2026-07-31'],
    ['tomorrow', undefined],
    [null, undefined],
  ])('%s is the day %s', (text, date) => expect(calendarDate(text)).toBe(date));

  test.each([
    ['2026-01-01', '2026-01-01', ['2026-01-01..2026-01-01']],
    ['2026-01-01', '2026-06-30', ['2026-01-01..2026-06-30']],
    ['2026-01-01', '2026-07-01', ['2026-01-01..2026-06-30', '2026-07-01..2026-07-01']],
    [
      '2025-08-31',
      '2026-08-30',
      ['2025-08-31..2026-02-27', '2026-02-28..2026-08-27', '2026-08-28..2026-08-30'],
    ],
    ['2026-02-01', '2026-01-31', []],
  ])('%s to %s is read in %j', (from, to, windows) => {
    expect(windowsOf(from, to).map((window) => `${window.from}..${window.to}`)).toEqual(windows);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { all, openZohoAccount, stageProject, type ZohoAccount } from './zoho-account.ts';

let sandbox: Sandbox;
let account: ZohoAccount;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => {
  account = openZohoAccount(sandbox, {
    fixedAmountField: 'cf_fixed_amount',
    webUrl: 'https://projects.zoho.eu/',
  });
});
afterEach(() => account.close());

const create = (collection: string, values: Record<string, unknown>) =>
  sandbox.admin.create('zoho-projects', collection, values);
const portalSettings = (settings: Record<string, unknown>) =>
  sandbox.admin.act('zoho-projects', 'settings', settings);

const YEAR = ['2026-01-01', '2026-12-31'] as const;

describe('time logs', () => {
  test('of tasks, issues and in general come with their milestone, person and whole minutes', async () => {
    const { person, project, milestone, task, issue } = stageProject(sandbox);
    const mia = { personId: person, personName: 'Mia Brandt', personEmail: 'mia@agency.test' };
    const onTask = create('logs', {
      task,
      date: '2026-07-01',
      hours: '02:20',
      approval: 'Approved',
      notes: 'Hero',
    });
    const onIssue = create('logs', {
      issue,
      date: '2026-07-02',
      hours: '100:05',
      bill_status: 'Non Billable',
      approval: 'Rejected',
    });
    const general = create('logs', { project, date: '2026-07-03', hours: '00:45', log_name: 'Call' });

    expect(await all(account.projects.timeLogs(project, ...YEAR))).toEqual([
      {
        id: onTask,
        projectId: project,
        milestoneId: milestone,
        taskId: task,
        taskName: 'Home page',
        ...mia,
        date: '2026-07-01',
        minutes: 140,
        billable: true,
        approval: 'approved',
        notes: 'Hero',
      },
      {
        id: onIssue,
        projectId: project,
        milestoneId: milestone,
        taskId: issue,
        taskName: 'Broken link',
        ...mia,
        date: '2026-07-02',
        minutes: 6005,
        billable: false,
        approval: 'rejected',
        notes: '',
      },
      {
        id: general,
        projectId: project,
        taskName: 'Call',
        ...mia,
        date: '2026-07-03',
        minutes: 45,
        billable: true,
        approval: 'pending',
        notes: '',
      },
    ]);
  });

  test('of a portal without approval need none, and notes are found by either name', async () => {
    const { project, task } = stageProject(sandbox);
    create('logs', { task, date: '2026-07-01', hours: '01:00', notes: 'Hero' });
    portalSettings({ approval: 'off', notesKey: 'log_notes' });

    const [log] = await all(account.projects.timeLogs(project, ...YEAR));

    expect(log).toMatchObject({ approval: 'not-needed', notes: 'Hero' });
  });

  test('of two years are read in windows of six months, the ends included', async () => {
    const { project, task } = stageProject(sandbox);
    const dates = ['2025-01-01', '2025-06-30', '2025-07-01', '2025-12-31', '2026-01-01', '2026-12-31'];
    for (const date of dates) create('logs', { task, date, hours: '01:00' });
    create('logs', { task, date: '2027-01-01', hours: '01:00' });

    const logs = await all(account.projects.timeLogs(project, '2025-01-01', '2026-12-31'));

    expect(logs.map(({ date }) => date)).toEqual(dates);
  });

  test.each([
    ['pages that say nothing of themselves', { pageInfo: 'absent' }],
    ['pages that say it in an array', { pageInfo: 'array' }],
    ['pages that say it in text', { pageInfo: 'texts' }],
    ['a listing that never ends and repeats its last page', { endless: 'all-time-logs' }],
    ['a listing that never ends and runs empty', { endless: 'all-time-logs', pastTheEnd: 'nothing' }],
    ['fewer rows than asked for', { maxPerPage: 7 }],
    ['empty listings of zero bytes', { emptyLists: 'zero-bytes' }],
    ['empty listings that are wrapped', { emptyLists: 'wrapped' }],
    ['listings without anything around them', { bareLists: ['portals', 'projects', 'users'] }],
    ['wrapped portals', { bareLists: [] }],
    ['ids that are numbers past 2^53', { ids: 'numbers' }],
  ])('are each read once from %s', async (_what, settings) => {
    const { project, task, milestone } = stageProject(sandbox);
    portalSettings({ maxPerPage: 10, ...settings });
    const ids = Array.from({ length: 25 }, (_, index) =>
      create('logs', { task, date: index < 15 ? '2026-07-01' : '2026-07-02', hours: '00:30' }),
    );

    const logs = await all(account.projects.timeLogs(project, ...YEAR));

    expect(logs.map(({ id }) => id)).toEqual(ids);
    expect(new Set(logs.map(({ milestoneId }) => milestoneId))).toEqual(new Set([milestone]));
    expect((await all(account.projects.projects())).map(({ id }) => id)).toEqual([project]);
  });

  test('that come to fewer minutes than stated make the listing incomplete', async () => {
    const { project, task } = stageProject(sandbox);
    for (const hours of ['01:00', '02:00']) create('logs', { task, date: '2026-07-01', hours });
    sandbox.admin.addFault({
      system: 'zoho-projects',
      operation: 'timelogs.list',
      times: 0,
      effect: { kind: 'truncate', rows: 1 },
    });

    await expect(all(account.projects.timeLogs(project, ...YEAR))).rejects.toMatchObject({
      code: 'LISTING_INCOMPLETE',
    });
  });

  test('of a portal without issues are those of tasks and in general', async () => {
    const { project, task } = stageProject(sandbox);
    const log = create('logs', { task, date: '2026-07-01', hours: '01:00' });
    portalSettings({ modulesOff: ['issues'] });

    const logs = await all(account.projects.timeLogs(project, ...YEAR));

    expect(logs.map(({ id }) => id)).toEqual([log]);
  });

  test('on a task that the listing has lost still find their milestone', async () => {
    const { project, task, milestone } = stageProject(sandbox);
    create('logs', { task, date: '2026-07-01', hours: '01:00' });
    sandbox.admin.addFault({
      system: 'zoho-projects',
      operation: 'tasks.list',
      times: 0,
      effect: { kind: 'empty' },
    });

    const [log] = await all(account.projects.timeLogs(project, ...YEAR));

    expect(log?.milestoneId).toBe(milestone);
    expect(account.calls()['tasks.get']).toBe(1);
  });

  test.each([
    ['where the total of the listing is stated', {}, 3 + 1],
    ['where portals have a next page for ever', { endless: 'all-time-logs' }, 3 + 1],
    ['where pages hold fewer than was asked for', { maxPerPage: 100 }, 3 + 3],
  ])('are read at no page above what they fill %s', async (_what, settings, pages) => {
    const { project, task } = stageProject(sandbox);
    portalSettings(settings);
    for (let index = 0; index < 400; index++) create('logs', { task, date: '2026-07-01', hours: '00:30' });

    const logs = await all(account.projects.timeLogs(project, '2026-07-01', '2026-07-31'));

    expect(logs).toHaveLength(400);
    expect(account.calls()).toEqual({ 'portals.list': 1, 'timelogs.list': pages, 'tasks.list': 1 });
  });

  test.each([
    ['says nothing about itself', { pageInfo: 'absent' }, 3 + 1],
    ['has a next page for ever', { endless: 'all-time-logs' }, 3 + 1],
  ])('on one page that %s end with a page that has nothing new', async (_what, settings, pages) => {
    const { project, task } = stageProject(sandbox);
    portalSettings(settings);
    create('logs', { task, date: '2026-07-01', hours: '00:30' });

    const logs = await all(account.projects.timeLogs(project, '2026-07-01', '2026-07-31'));

    expect(logs).toHaveLength(1);
    expect(account.calls()['timelogs.list']).toBe(pages);
  });

  test('of several windows find their tasks in one listing, read as far as they need it', async () => {
    const { project } = stageProject(sandbox);
    const tasks = Array.from({ length: 450 }, (_, at) => create('tasks', { project, name: `Task ${at}` }));
    const [first, , second] = [tasks[0], tasks[1], tasks[210]];
    create('logs', { task: first, date: '2025-07-01', hours: '00:30' });
    create('logs', { task: second, date: '2026-07-01', hours: '00:30' });
    create('logs', { task: tasks[220], date: '2026-07-01', hours: '00:30' });

    const logs = await all(account.projects.timeLogs(project, '2025-07-01', '2026-07-31'));

    expect(logs).toHaveLength(3);
    expect(account.calls()).toMatchObject({ 'tasks.list': 2 });
  });
});

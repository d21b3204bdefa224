import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createXeroPayroll } from '@stackbridge/shared-mappers/connectors/xero/payroll.ts';
import { createXeroProjects } from '@stackbridge/shared-mappers/connectors/xero/projects.ts';
import { openOrganisation, type XeroOrganisation } from './xero-organisation.ts';

let organisation: XeroOrganisation;
beforeEach(async () => {
  organisation = await openOrganisation();
});
afterEach(() => organisation.close());

test('time goes onto a project once, whatever answers are lost', async () => {
  const projects = createXeroProjects(organisation.connect().client);
  const [user] = await projects.users();
  const { contactId } = organisation;
  const project = await projects.createProject({ name: 'Kitchen', contactId });
  const rate = { currency: 'AUD', value: '150.5' };
  const task = await projects.createTask({ projectId: project.id, name: 'Design', chargeType: 'time', rate });
  const entry = {
    projectId: project.id,
    taskId: task.id,
    userId: user?.id ?? '',
    date: '2026-11-02',
    minutes: 140,
    description: 'Design [log 77]',
  };

  organisation.fault('POST', '/Time', { kind: 'drop-after' });
  const held = await projects.createTimeEntry(entry);
  await projects.updateTimeEntry(held, { ...entry, minutes: 60 });

  expect(task).toMatchObject({ name: 'Design', chargeType: 'time', rate, open: true });
  expect(await projects.projects()).toMatchObject([{ name: 'Kitchen', contactId, open: true }]);
  expect(await projects.tasks(project.id)).toEqual([task]);
  const dated = { from: '2026-11-02', to: '2026-11-02' };
  expect(await projects.timeEntries(project.id, dated)).toEqual([{ ...held, minutes: 60 }]);
  await expect(projects.deleteTimeEntry(held)).rejects.toMatchObject({ code: 'TIME_ENTRY_CHANGED' });
  await projects.deleteTimeEntry({ ...held, minutes: 60 });
  await projects.deleteTimeEntry({ ...held, minutes: 60 });
  expect(await projects.timeEntries(project.id, dated)).toEqual([]);
});

test.each(['v1', 'v2'] as const)(
  'a timesheet of Australia (%s) is made once and changed',
  async (timesheets) => {
    organisation.sandbox.admin.act('xero', 'seed', { employees: 1, contacts: 0, invoices: 0 });
    const payroll = createXeroPayroll({
      client: organisation.connect().client,
      country: 'AU',
      timesheets,
    });
    const [employee] = await payroll.employees();
    const [calendar] = await payroll.payCalendars();
    const [ordinary, overtime] = await payroll.earningsRates();
    const line = { date: '2026-11-03', earningsRateId: ordinary?.id ?? '', units: '7.3333' };
    const wanted = {
      employeeId: employee?.id ?? '',
      payCalendarId: employee?.payCalendarId ?? '',
      from: '2026-11-02',
      to: '2026-11-08',
      lines: [line],
    };

    organisation.fault('POST', '/Timesheets', { kind: 'drop-after' });
    const held = await payroll.createTimesheet(wanted);
    const lines = [line, { ...line, date: '2026-11-08', earningsRateId: overtime?.id ?? '', units: '2' }];
    const changed = await payroll.updateTimesheet(held, { ...wanted, lines });

    expect(calendar).toMatchObject({ name: 'Weekly', frequency: 'weekly', periodStart: '2026-11-02' });
    expect(held).toEqual({ ...wanted, id: held.id, status: 'draft' });
    expect(changed).toEqual({ ...held, lines });
    const found = await payroll.timesheets({ from: '2026-11-05', to: '2026-11-05' });
    expect(await Promise.all(found.map(payroll.readTimesheet))).toEqual([changed]);
    await expect(payroll.updateTimesheet(held, wanted)).rejects.toMatchObject({ code: 'TIMESHEET_CHANGED' });
    organisation.sandbox.admin.act('xero', 'timesheet-status', { timesheet: held.id, status: 'approved' });
    await expect(payroll.updateTimesheet(changed, wanted)).rejects.toMatchObject({
      code: 'TIMESHEET_CLOSED',
    });
    expect(organisation.sandbox.admin.records('xero', 'timesheets').total).toBe(1);
  },
);

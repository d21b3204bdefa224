import { describe, expect, test } from '@jest/globals';
import type { TimeLog } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import {
  planTimesheets,
  timesheetsToRead,
} from '@stackbridge/shared-mappers/plan/billing/plan-timesheets.ts';
import { answeredChanges } from '@stackbridge/shared-mappers/plan/billing/time-plan.ts';
import type { TimesheetFacts } from '@stackbridge/shared-mappers/plan/billing/timesheet-facts.ts';
import type { FoundTimesheet, HeldTimesheet } from '@stackbridge/shared-mappers/ports/payroll-target.ts';
import { MemoryLedger } from '../../support/billing-ledger.ts';
import { BillingWorld, timeLog } from '../../support/billing-world.ts';

const context = { ...new BillingWorld().context, recipe: 'time' };

describe('a timesheet', () => {
  const options = { approval: 'required', earningsRate: 'Ordinary Hours' } as const;

  function factsOf(
    ledger: MemoryLedger,
    logs: readonly TimeLog[],
    held: readonly FoundTimesheet[] = [],
  ): TimesheetFacts {
    return {
      logs,
      span: { from: '2026-03-02', to: '2026-03-15' },
      employees: [{ id: 'emp', name: 'Ada', email: 'ada@example.test', payCalendarId: 'cal', active: true }],
      calendars: [{ id: 'cal', name: 'Weekly', frequency: 'weekly', periodStart: '2026-01-05' }],
      rates: [{ id: 'ordinary', name: 'Ordinary Hours', units: 'Hours', active: true }],
      held,
      entries: ledger.entries(),
      memories: ['02', '09'].flatMap((day) => ledger.memories(`ZPAY-emp-2026-03-${day}`)),
      decisions: [],
    };
  }

  test('adds the minutes of a day up before they become hours', () => {
    const logs = [20, 20, 20].map((minutes, at) => timeLog(`l${at}`, { minutes, billable: at === 0 }));
    const { plans } = planTimesheets(factsOf(new MemoryLedger(), logs), options, context);
    expect(plans.map(({ write }) => write)).toMatchObject([
      {
        action: 'create',
        timesheet: {
          employeeId: 'emp',
          payCalendarId: 'cal',
          from: '2026-03-02',
          to: '2026-03-08',
          lines: [{ date: '2026-03-02', earningsRateId: 'ordinary', units: '1' }],
        },
      },
    ]);
  });

  test('is of a pay period that is read whole', () => {
    const logs = [timeLog('l1', { date: '2026-03-16' })];
    expect(planTimesheets(factsOf(new MemoryLedger(), logs), options, context)).toEqual({
      plans: [],
      leftOut: [{ kind: 'time-log', id: 'l1', because: 'its pay period is not read whole' }],
    });
  });

  /** Makes the timesheets, and remembers them. */
  function made(ledger: MemoryLedger, logs: readonly TimeLog[]): HeldTimesheet[] {
    return planTimesheets(factsOf(ledger, logs), options, context).plans.flatMap(({ write }, at) => {
      if (write?.action !== 'create') return [];
      ledger.commit([...write.intent, ...answeredChanges(write, { id: `sheet-${at}` })]);
      return [{ ...write.timesheet, id: `sheet-${at}`, status: 'draft' as const }];
    });
  }

  function outcomesOf(ledger: MemoryLedger, logs: readonly TimeLog[], held: readonly FoundTimesheet[]) {
    return planTimesheets(factsOf(ledger, logs, held), options, context).plans.map(({ outcome, proposals }) =>
      [outcome, ...proposals.map(({ code }) => code)].join(' '),
    );
  }

  test('follows its logs while it is a draft, and is left once it is approved', () => {
    const ledger = new MemoryLedger();
    const [draft] = made(ledger, [timeLog('l1')]);
    if (draft === undefined) throw new Error('nothing is created');
    const edited = [timeLog('l1', { minutes: 90 })];
    const byHand = { ...draft, lines: draft.lines.map((line) => ({ ...line, units: '4' })) };
    expect([
      outcomesOf(ledger, [timeLog('l1')], [draft]),
      outcomesOf(ledger, edited, [draft]),
      outcomesOf(ledger, [], [draft]),
      outcomesOf(ledger, edited, [{ ...draft, status: 'approved' }]),
      outcomesOf(ledger, edited, [byHand]),
      outcomesOf(ledger, [timeLog('l1')], [byHand]),
      outcomesOf(ledger, [timeLog('l1')], []),
    ]).toEqual([
      ['leave'],
      ['update'],
      ['update'],
      ['propose TIMESHEET_CLOSED'],
      ['propose TIMESHEET_CHANGED'],
      ['leave'],
      ['propose TIMESHEET_GONE'],
    ]);
  });

  test('is read line by line only where something has changed since it was sent', () => {
    const ledger = new MemoryLedger();
    const [draft] = made(ledger, [timeLog('l1')]);
    if (draft === undefined) throw new Error('nothing is created');
    const { lines: _, ...listed } = draft;
    const reads = [[timeLog('l1')], [timeLog('l1', { minutes: 90 })]].map(
      (logs) => timesheetsToRead(factsOf(ledger, logs, [listed]), options, context).length,
    );
    expect([outcomesOf(ledger, [timeLog('l1')], [listed]), reads]).toEqual([['leave'], [0, 1]]);
  });

  test('whose update broke off between two lines is still ours, unless a person changed a line since', () => {
    const ledger = new MemoryLedger();
    const logs = [timeLog('l1'), timeLog('l2', { date: '2026-03-03' })];
    const [draft] = made(ledger, logs);
    if (draft === undefined) throw new Error('nothing is created');
    const edited = logs.map((log) => ({ ...log, minutes: 90 }));
    const [plan] = planTimesheets(factsOf(ledger, edited, [draft]), options, context).plans;
    ledger.commit(plan?.write?.intent ?? []);
    const [first, ...others] = draft.lines;
    if (first === undefined) throw new Error('it has no lines');
    const half = { ...draft, lines: [{ ...first, units: '1.5' }, ...others] };
    const byHand = { ...draft, lines: [{ ...first, units: '4' }, ...others] };
    expect([outcomesOf(ledger, edited, [half]), outcomesOf(ledger, edited, [byHand])]).toEqual([
      ['update'],
      ['propose TIMESHEET_CHANGED'],
    ]);
  });

  test('of a log whose day moved to another period gains it after the other has lost it', () => {
    const ledger = new MemoryLedger();
    const [draft] = made(ledger, [timeLog('l1')]);
    if (draft === undefined) throw new Error('nothing is created');
    const moved = [timeLog('l1', { date: '2026-03-10' })];
    const writes = (held: FoundTimesheet) =>
      planTimesheets(factsOf(ledger, moved, [held]), options, context).plans.map(
        ({ subject, outcome, write }) => [subject, outcome, write?.after ?? []],
      );
    expect([writes(draft), writes({ ...draft, status: 'approved' })]).toEqual([
      [
        ['ZPAY-emp-2026-03-02', 'update', []],
        ['ZPAY-emp-2026-03-09', 'create', ['ZPAY-emp-2026-03-02']],
      ],
      [['ZPAY-emp-2026-03-02', 'propose', []]],
    ]);
  });

  test('keeps its hours while a mistake in the account map is not mended', () => {
    const ledger = new MemoryLedger();
    const held = made(ledger, [timeLog('l1')]);
    const facts = { ...factsOf(ledger, [timeLog('l1')], held), rates: [] };
    const { plans } = planTimesheets(facts, options, context);
    expect(plans.map(({ subject, outcome }) => [subject, outcome])).toEqual([['person:p1', 'parked']]);
  });

  test('is made up to the employee’s last day, which may be still to come', () => {
    const facts = factsOf(new MemoryLedger(), [timeLog('l1', { date: '2026-03-03' })]);
    const outcomes = ['2026-03-02', '2026-03-03', '2026-12-31'].map((lastDay) => {
      const employees = facts.employees.map((one) => ({ ...one, lastDay }));
      return planTimesheets({ ...facts, employees }, options, context).plans.map(({ outcome }) => outcome);
    });

    expect(outcomes).toEqual([['parked'], ['create'], ['create']]);
  });

  test('that stands is left when its employee has left since', () => {
    const ledger = new MemoryLedger();
    const held = made(ledger, [timeLog('l1')]);
    const left = (logs: readonly TimeLog[]) => {
      const facts = factsOf(ledger, logs, held);
      const employees = facts.employees.map((one) => ({ ...one, active: false }));
      return planTimesheets({ ...facts, employees }, options, context).plans.map(({ outcome }) => outcome);
    };
    expect([left([timeLog('l1')]), left([timeLog('l1', { minutes: 90 })])]).toEqual([['leave'], ['parked']]);
  });

  test('of somebody payroll does not know waits', () => {
    const logs = [timeLog('l1', { personEmail: 'nobody@example.test' })];
    const { plans } = planTimesheets(factsOf(new MemoryLedger(), logs), options, context);
    expect(plans.map(({ outcome, issues }) => [outcome, issues.map(({ code }) => code)])).toEqual([
      ['parked', ['ACCOUNT_UNMAPPED']],
    ]);
  });
});

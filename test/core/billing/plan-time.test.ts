import { describe, expect, test } from '@jest/globals';
import type { TimeLog } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import { planTimeEntries } from '@stackbridge/shared-mappers/plan/billing/plan-time-entries.ts';
import { planTimesheets } from '@stackbridge/shared-mappers/plan/billing/plan-timesheets.ts';
import type {
  TimeOptions,
  TimePlan,
  TimeState,
} from '@stackbridge/shared-mappers/plan/billing/time-facts.ts';
import { timeNeeds } from '@stackbridge/shared-mappers/plan/billing/time-needs.ts';
import type { TimesheetFacts } from '@stackbridge/shared-mappers/plan/billing/timesheet-facts.ts';
import type { HeldTimesheet } from '@stackbridge/shared-mappers/ports/payroll-target.ts';
import type { HeldTimeEntry } from '@stackbridge/shared-mappers/ports/xero-projects.ts';
import { MemoryLedger } from '../../support/billing-ledger.ts';
import { BillingWorld, PROJECT, timeLog } from '../../support/billing-world.ts';

const context = { ...new BillingWorld().context, recipe: 'time' };
const OPTIONS: TimeOptions = {
  approval: 'required',
  nonBillable: false,
  create: { projects: true, tasks: true },
  text: '{task}: {notes}',
};
const ACCOUNTS = {
  projects: [{ id: 'xp', name: 'Harbour Bridge', open: true }],
  tasks: [{ id: 'xt', projectId: 'xp', name: 'Design', chargeType: 'time', open: true }],
  users: [{ id: 'xu', name: 'Ada', email: 'ada@example.test' }],
} as const;
const span = { from: '2026-02-28', to: '2026-04-01' };

function timeOf(logs: readonly TimeLog[]) {
  return { project: PROJECT, contact: { id: 'contact' }, logs, span };
}

function stateOf(ledger: MemoryLedger, held: readonly HeldTimeEntry[] = []): TimeState {
  const entries = ledger.entries();
  return { ...ACCOUNTS, held, entries, memories: ledger.memories('l1'), decisions: [] };
}

function planOne(ledger: MemoryLedger, logs: readonly TimeLog[], held: readonly HeldTimeEntry[] = []) {
  const [plan] = planTimeEntries(timeOf(logs), stateOf(ledger, held), OPTIONS, context);
  if (plan === undefined) throw new Error('nothing is planned');
  return plan;
}

/** Carries a create out, and remembers it unless the answer is lost. */
function created(ledger: MemoryLedger, plan: TimePlan, isAnswered = true): HeldTimeEntry {
  if (plan.write?.action !== 'create') throw new Error('nothing is created');
  ledger.commit([...plan.intent, ...(isAnswered ? plan.confirmation : [])]);
  return { ...plan.write.entry, id: 'entry-1', status: 'active' };
}

describe('a time entry', () => {
  test('is made of an approved log, and bears its mark', () => {
    const plan = planOne(new MemoryLedger(), [timeLog('l1', { notes: 'Sketches', minutes: 140 })]);
    expect(plan.write).toEqual({
      action: 'create',
      entry: {
        projectId: 'xp',
        taskId: 'xt',
        userId: 'xu',
        date: '2026-03-02',
        minutes: 140,
        description: 'Design: Sketches [ZT-l1]',
      },
    });
  });

  test('is found by its mark after an answer that never came', () => {
    const ledger = new MemoryLedger();
    const held = created(ledger, planOne(ledger, [timeLog('l1')]), false);
    const again = planOne(ledger, [timeLog('l1')], [held]);
    ledger.commit(again.remember);
    expect([again.outcome, ledger.entries().map(({ state }) => state)]).toEqual(['leave', ['billed']]);
  });

  test('follows its log while it is active, and is left when it is locked or a person changed it', () => {
    const ledger = new MemoryLedger();
    const held = created(ledger, planOne(ledger, [timeLog('l1')]));
    const edited = [timeLog('l1', { minutes: 90 })];
    const outcomes = [
      planOne(ledger, edited, [held]),
      planOne(ledger, edited, [{ ...held, status: 'invoiced' }]),
      planOne(ledger, edited, [{ ...held, minutes: 75 }]),
      planOne(ledger, edited),
    ].map(({ outcome, proposals }) => [outcome, ...proposals.map(({ code }) => code)]);
    expect(outcomes).toEqual([
      ['update'],
      ['propose', 'DOCUMENT_CLOSED'],
      ['propose', 'DOCUMENT_CHANGED_BY_PERSON'],
      ['propose', 'DOCUMENT_VOIDED'],
    ]);
  });

  test('goes when its log is rejected or gone', () => {
    const ledger = new MemoryLedger();
    const held = created(ledger, planOne(ledger, [timeLog('l1')]));
    expect([
      planOne(ledger, [timeLog('l1', { approval: 'rejected' })], [held]).write,
      planOne(ledger, [], [held]).write,
    ]).toEqual([
      { action: 'delete', id: 'entry-1', projectId: 'xp' },
      { action: 'delete', id: 'entry-1', projectId: 'xp' },
    ]);
  });

  test('is not made of a log that is on an invoice', () => {
    const world = new BillingWorld();
    world.put(
      { id: 'm1', projectId: PROJECT.id, name: 'One', closed: true, closedOn: '2026-03-31' },
      timeLog('l1'),
    );
    world.run();
    const plan = planOne(world.ledger, [timeLog('l1')]);
    expect([plan.outcome, plan.because]).toEqual(['excluded', 'taken by the recipe invoices']);
  });

  test('asks for the project, then for the tasks that are not there', () => {
    const logs = [timeLog('l1'), timeLog('l2', { taskName: 'Review' })];
    const state = stateOf(new MemoryLedger());
    expect([
      timeNeeds(timeOf(logs), { ...state, projects: [] }, OPTIONS, context).needs,
      timeNeeds(timeOf(logs), state, OPTIONS, context).needs,
    ]).toEqual([
      [{ need: 'project', name: 'Harbour Bridge', contactId: 'contact' }],
      [
        {
          need: 'task',
          projectId: 'xp',
          name: 'Review',
          chargeType: 'time',
          rate: { currency: 'AUD', value: '150' },
        },
      ],
    ]);
  });
});

describe('a timesheet', () => {
  const options = { approval: 'required', earningsRate: 'Ordinary Hours' } as const;

  function factsOf(
    ledger: MemoryLedger,
    logs: readonly TimeLog[],
    held: readonly HeldTimesheet[] = [],
  ): TimesheetFacts {
    return {
      logs,
      span: { from: '2026-03-02', to: '2026-03-15' },
      employees: [{ id: 'emp', name: 'Ada', email: 'ada@example.test', payCalendarId: 'cal', active: true }],
      calendars: [{ id: 'cal', name: 'Weekly', frequency: 'weekly', periodStart: '2026-01-05' }],
      rates: [{ id: 'ordinary', name: 'Ordinary Hours', units: 'Hours', active: true }],
      held,
      entries: ledger.entries(),
      memories: ledger.memories('ZPAY-emp-2026-03-02'),
      decisions: [],
    };
  }

  test('adds the minutes of a day up before they become hours', () => {
    const logs = [20, 20, 20].map((minutes, at) => timeLog(`l${at}`, { minutes, billable: at === 0 }));
    const { plans } = planTimesheets(factsOf(new MemoryLedger(), logs), options, context);
    expect(plans.map(({ write }) => write)).toEqual([
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

  test('follows its logs while it is a draft, and is left once it is approved', () => {
    const ledger = new MemoryLedger();
    const [first] = planTimesheets(factsOf(ledger, [timeLog('l1')]), options, context).plans;
    if (first?.write?.action !== 'create') throw new Error('nothing is created');
    ledger.commit([...first.intent, ...first.confirmation]);
    const held = { ...first.write.timesheet, id: 'sheet-1', status: 'draft' } as const;
    const edited = [timeLog('l1', { minutes: 90 })];
    const outcomes = [
      planTimesheets(factsOf(ledger, [timeLog('l1')], [held]), options, context),
      planTimesheets(factsOf(ledger, edited, [held]), options, context),
      planTimesheets(factsOf(ledger, [], [held]), options, context),
      planTimesheets(factsOf(ledger, edited, [{ ...held, status: 'approved' }]), options, context),
    ].map(({ plans }) => plans.map(({ outcome }) => outcome));
    expect(outcomes).toEqual([['leave'], ['update'], ['update'], ['propose']]);
  });

  test('of somebody payroll does not know waits', () => {
    const logs = [timeLog('l1', { personEmail: 'nobody@example.test' })];
    const { plans } = planTimesheets(factsOf(new MemoryLedger(), logs), options, context);
    expect(plans.map(({ outcome, issues }) => [outcome, issues.map(({ code }) => code)])).toEqual([
      ['parked', ['ACCOUNT_UNMAPPED']],
    ]);
  });
});

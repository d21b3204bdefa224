import { describe, expect, test } from '@jest/globals';
import type { TimeLog } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import { planTimeEntries } from '@stackbridge/shared-mappers/plan/billing/plan-time-entries.ts';
import type {
  TimeEntryPlan,
  TimeOptions,
  TimeState,
} from '@stackbridge/shared-mappers/plan/billing/time-facts.ts';
import { answeredChanges } from '@stackbridge/shared-mappers/plan/billing/time-plan.ts';
import type { HeldTimeEntry } from '@stackbridge/shared-mappers/ports/xero-projects.ts';
import { MemoryLedger } from '../../support/billing-ledger.ts';
import { BillingWorld, PROJECT, timeLog } from '../../support/billing-world.ts';

const context = { ...new BillingWorld().context, recipe: 'time' };
const OPTIONS: TimeOptions = {
  approval: 'required',
  nonBillable: false,
  create: { projects: true, tasks: true },
  taskName: '{task}',
  text: '{task}: {notes}',
};
const ACCOUNTS = {
  projects: [{ id: 'xp', name: 'Harbour Bridge', open: true }],
  tasks: [{ id: 'xt', projectId: 'xp', name: 'Design', chargeType: 'time', open: true }],
  users: [{ id: 'xu', name: 'Ada', email: 'ada@example.test' }],
} as const;
const span = { from: '2026-02-28', to: '2026-04-01' };

function timeOf(logs: readonly TimeLog[], project = PROJECT) {
  return { project, contact: { id: 'contact' }, logs, span };
}

function stateOf(ledger: MemoryLedger, held: readonly HeldTimeEntry[] = []): TimeState {
  const entries = ledger.entries();
  return { ...ACCOUNTS, held, entries, memories: ledger.memories('l1'), decisions: [] };
}

function planOne(
  ledger: MemoryLedger,
  logs: readonly TimeLog[],
  held: readonly HeldTimeEntry[] = [],
  changes: Partial<TimeState> = {},
) {
  const state = { ...stateOf(ledger, held), ...changes };
  const [plan] = planTimeEntries([timeOf(logs)], state, OPTIONS, context).plans;
  if (plan === undefined) throw new Error('nothing is planned');
  return plan;
}

/** Carries a create out, and remembers it unless the answer is lost. */
function created(ledger: MemoryLedger, plan: TimeEntryPlan, isAnswered = true): HeldTimeEntry {
  if (plan.write?.action !== 'create') throw new Error('nothing is created');
  ledger.commit([
    ...plan.write.intent,
    ...(isAnswered ? answeredChanges(plan.write, { id: 'entry-1' }) : []),
  ]);
  return { ...plan.write.entry, id: 'entry-1', status: 'active' };
}

describe('a time entry', () => {
  test('is made of an approved log, and bears its mark', () => {
    const plan = planOne(new MemoryLedger(), [timeLog('l1', { notes: 'Sketches', minutes: 140 })]);
    expect(plan.write).toMatchObject({
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
      ['propose', 'TIME_ENTRY_CLOSED'],
      ['propose', 'TIME_ENTRY_CHANGED'],
      ['propose', 'TIME_ENTRY_GONE'],
    ]);
  });

  test('is left as a person edited it while its log has not changed since', () => {
    const ledger = new MemoryLedger();
    const held = created(ledger, planOne(ledger, [timeLog('l1')]));
    const outcomes = [
      planOne(ledger, [timeLog('l1')], [{ ...held, description: 'Tidied up' }]),
      planOne(ledger, [timeLog('l1')], [{ ...held, minutes: 75, status: 'invoiced' }]),
    ].map(({ outcome, remember }) => [outcome, remember.length]);
    expect(outcomes).toEqual([
      ['leave', 0],
      ['leave', 0],
    ]);
  });

  test('that stands is left although its project is closed by now', () => {
    const ledger = new MemoryLedger();
    const held = created(ledger, planOne(ledger, [timeLog('l1')]));
    const closed = { projects: [{ id: 'xp', name: 'Harbour Bridge', open: false }] };
    const outcomes = [
      planOne(ledger, [timeLog('l1')], [held], closed),
      planOne(ledger, [timeLog('l1', { minutes: 90 })], [held], closed),
    ].map(({ outcome, issues }) => [outcome, ...issues.map(({ code }) => code)]);
    expect(outcomes).toEqual([['leave'], ['parked', 'ACCOUNT_UNUSABLE']]);
  });

  test('moves to another project by leaving the one it is on, and is not missed in between', () => {
    const ledger = new MemoryLedger();
    const held = created(ledger, planOne(ledger, [timeLog('l1')]));
    const other = { ...PROJECT, id: 'p2', name: 'Opera House' };
    const moved = timeOf([timeLog('l1', { projectId: 'p2' })], other);
    const there = {
      projects: [...ACCOUNTS.projects, { id: 'xo', name: 'Opera House', open: true }],
      tasks: [...ACCOUNTS.tasks, { ...ACCOUNTS.tasks[0], id: 'xt2', projectId: 'xo' }],
    };
    const planMove = (found: readonly HeldTimeEntry[]) =>
      planTimeEntries([timeOf([]), moved], { ...stateOf(ledger, found), ...there }, OPTIONS, context).plans;

    const [plan] = planMove([held]);
    if (plan?.write?.action !== 'update') throw new Error('nothing is moved');
    ledger.commit(plan.write.intent);

    expect(plan.write).toMatchObject({ held, moves: true, entry: { projectId: 'xo', taskId: 'xt2' } });
    expect(planMove([held]).map(({ write }) => write?.action)).toEqual(['update']);
    expect(planMove([]).map(({ write }) => write?.action)).toEqual(['create']);
    const landed: HeldTimeEntry = { ...plan.write.entry, id: 'entry-2', status: 'active' };
    expect(planMove([landed]).map(({ outcome }) => outcome)).toEqual(['leave']);
  });

  test('that landed unanswered is updated, and still known as ours when that is not answered either', () => {
    const ledger = new MemoryLedger();
    const held = created(ledger, planOne(ledger, [timeLog('l1')]), false);
    const edited = planOne(ledger, [timeLog('l1', { minutes: 90 })], [held]);
    ledger.commit(edited.write?.intent ?? []);
    expect([edited.outcome, planOne(ledger, [timeLog('l1', { minutes: 90 })], [held]).outcome]).toEqual([
      'update',
      'update',
    ]);
  });

  test('goes when its log is rejected or gone', () => {
    const ledger = new MemoryLedger();
    const held = created(ledger, planOne(ledger, [timeLog('l1')]));
    expect([
      planOne(ledger, [timeLog('l1', { approval: 'rejected' })], [held]).write,
      planOne(ledger, [], [held]).write,
    ]).toMatchObject([
      { action: 'delete', held },
      { action: 'delete', held },
    ]);
  });

  test('that a person has seen to is asked about again when its log changes once more', () => {
    const ledger = new MemoryLedger();
    const held = { ...created(ledger, planOne(ledger, [timeLog('l1')])), status: 'invoiced' } as const;
    const first = planOne(ledger, [timeLog('l1', { minutes: 90 })], [held]);
    const { documentNumber = '', key: of = '' } = first.proposals[0] ?? {};
    const decisions = [{ documentNumber, answer: 'settled', of }] as const;

    const late = planOne(ledger, [timeLog('l1', { minutes: 95 })], [held], { decisions });
    const seen = planOne(ledger, [timeLog('l1', { minutes: 90 })], [held], { decisions });
    ledger.commit(seen.remember);

    expect([late.outcome, seen.outcome]).toEqual(['propose', 'leave']);
    expect(planOne(ledger, [timeLog('l1', { minutes: 90 })], [held]).outcome).toBe('leave');
    expect(planOne(ledger, [timeLog('l1', { minutes: 95 })], [held]).outcome).toBe('propose');
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

  test('whose ledger was lost keeps its log from other recipes', () => {
    const ledger = new MemoryLedger();
    const held = created(ledger, planOne(ledger, [timeLog('l1')]));
    const lost = new MemoryLedger();
    const plan = planOne(lost, [timeLog('l1', { minutes: 90 })], [held]);
    lost.commit(plan.remember);
    expect([plan.outcome, lost.entries().map(({ source }) => source.id)]).toEqual(['propose', ['l1']]);
  });

  test('asks for the project and the tasks that are not there, and for nothing else', () => {
    const logs = [timeLog('l1'), timeLog('l2', { taskName: 'Review' })];
    const state = stateOf(new MemoryLedger());
    const needsOf = (changes: Partial<TimeState>) =>
      planTimeEntries([timeOf(logs)], { ...state, ...changes }, OPTIONS, context).needs;
    const rate = { currency: 'AUD', value: '150' };
    const task = { need: 'task', chargeType: 'time', rate } as const;

    expect(needsOf({ projects: [], tasks: [] })).toEqual([
      {
        need: 'project',
        id: `new:${PROJECT.id}`,
        name: 'Harbour Bridge',
        contactId: 'contact',
        party: { id: 'c1', name: 'City of Sydney' },
      },
      { ...task, id: `new:new:${PROJECT.id}:design`, projectId: `new:${PROJECT.id}`, name: 'Design' },
      { ...task, id: `new:new:${PROJECT.id}:review`, projectId: `new:${PROJECT.id}`, name: 'Review' },
    ]);
    expect(needsOf({})).toEqual([{ ...task, id: 'new:xp:review', projectId: 'xp', name: 'Review' }]);
    expect(needsOf({ users: [] })).toEqual([]);
  });

  test('keeps to the project its time went to, whatever that is called now', () => {
    const ledger = new MemoryLedger();
    const first = planTimeEntries([timeOf([timeLog('l1')])], stateOf(ledger), OPTIONS, context);
    ledger.commit(first.remember);
    const renamed = timeOf([timeLog('l1')], { ...PROJECT, name: 'Harbour Tunnel' });
    const state = { ...stateOf(ledger), memories: ledger.memories(PROJECT.id) };
    const { plans } = planTimeEntries([renamed], state, OPTIONS, context);
    expect(plans.map(({ write }) => write)).toMatchObject([{ action: 'create', entry: { projectId: 'xp' } }]);
  });

  test.each([
    ['two rates for one task', { tasks: [] }, 'RATES_DIFFER'],
    [
      'a task that nobody is charged for',
      { tasks: [{ ...ACCOUNTS.tasks[0], chargeType: 'non-chargeable' as const }] },
      'ACCOUNT_UNUSABLE',
    ],
    [
      'two projects of one name',
      { projects: [1, 2].map((n) => ({ ...ACCOUNTS.projects[0], id: `x${n}` })) },
      'SEVERAL_MATCHES',
    ],
    [
      'two users of one name',
      { users: [1, 2].map((n) => ({ ...ACCOUNTS.users[0], id: `u${n}` })) },
      'SEVERAL_MATCHES',
    ],
  ])('waits for %s', (_, changes, code) => {
    const logs = [timeLog('l1'), timeLog('l2', { personEmail: 'grace@example.test' })];
    const plan = planOne(new MemoryLedger(), logs, [], changes);
    expect([plan.outcome, plan.issues.map((issue) => issue.code)]).toEqual(['parked', [code]]);
  });
});

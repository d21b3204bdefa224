import { expect } from '@jest/globals';
import { z } from 'zod';
import {
  EXPENSES_RECIPE,
  enterTime,
  MILESTONE_RECIPE,
  TIME_RECIPE,
  ZOHO_INVOICE_RECIPE,
} from '../support/billing-recipes.ts';
import type { Given } from '../support/packaged-app.ts';
import { anExpense, anInvoice, MONTH, ofXero } from './billing-scenes.ts';
import { type Case, failing, type Row, type Stage } from './row.ts';

/** What writes to Xero, or looks there for what to ask. */
export const BILLING_ACTION_ROWS: readonly Row[] = [
  {
    ...ofXero,
    method: 'creates.xero_milestone_invoice.operation.perform',
    writes: true,
    scene: completed,
    gives: expect.objectContaining({ outcome: 'created' }),
    empty: { scene: () => ({}), expected: failing('AppError', 'work: ') },
    paging: 'it writes one invoice',
    refused: inLockedBooks(completed),
    replayGives: expect.objectContaining({ outcome: 'there already' }),
  },
  {
    ...ofXero,
    method: 'creates.xero_answer_difference.operation.perform',
    writes: true,
    scene: questioned,
    gives: expect.objectContaining({ outcome: 'created', number: expect.stringMatching(/-2$/) }),
    empty: { scene: () => ({}), expected: failing('AppError', 'delivery: ') },
    paging: 'it answers about one document',
    refused: inLockedBooks(questioned),
    replayGives: expect.objectContaining({ outcome: 'there already' }),
  },
  {
    ...ofXero,
    method: 'creates.xero_time_entry.operation.perform',
    writes: true,
    scene: approved,
    gives: expect.objectContaining({ outcome: 'entered' }),
    empty: { scene: () => ({}), expected: failing('AppError', 'time: ') },
    paging: 'it enters one log',
    refused: {
      scene: (stage) => refusingTime(stage, approved),
      expected: failing('HaltedError', '['),
    },
    replayGives: expect.objectContaining({ outcome: 'there already' }),
  },
  {
    ...ofXero,
    method: 'creates.xero_time_entry.operation.perform',
    writes: true,
    scene: changed,
    gives: expect.objectContaining({ outcome: 'entered', written: 1 }),
    empty: {
      scene: async (stage) => {
        const given = await changed(stage);
        const recipe = TIME_RECIPE.replace('name: time', 'name: time\nprojects: [Another]');
        return { inputData: { ...given.inputData, recipe } };
      },
      expected: { results: expect.objectContaining({ outcome: 'nothing is due', entries: [] }) },
    },
    paging: 'a project comes with all of its time',
    refused: {
      scene: (stage) => refusingTime(stage, changed),
      expected: {
        results: expect.objectContaining({
          outcome: 'differs',
          needsAttention: true,
          entries: [expect.objectContaining({ outcome: 'failed', code: 'REJECTED' })],
        }),
      },
    },
    replayGives: expect.objectContaining({ outcome: 'there already', written: 0 }),
  },
  {
    ...ofXero,
    method: 'creates.xero_expense.operation.perform',
    writes: true,
    scene: recorded,
    gives: expect.objectContaining({ outcome: 'created' }),
    empty: { scene: () => ({}), expected: failing('AppError', 'expense: ') },
    paging: 'it books one expense',
    refused: inLockedBooks(recorded),
    replayGives: expect.objectContaining({ outcome: 'there already' }),
  },
  {
    ...ofXero,
    method: 'creates.xero_zoho_invoice.operation.perform',
    writes: true,
    scene: invoiced,
    gives: expect.objectContaining({ outcome: 'created', number: 'INV-000012' }),
    empty: { scene: () => ({}), expected: failing('AppError', 'invoice: ') },
    paging: 'it writes one invoice',
    refused: inLockedBooks(invoiced),
    replayGives: expect.objectContaining({ outcome: 'there already' }),
  },
  {
    ...ofXero,
    method: 'creates.xero_gone.operation.perform',
    scene: someGone,
    gives: expect.objectContaining({ outcome: 'differs', count: 1 }),
    writes: true,
    empty: { scene: () => ({}), expected: failing('AppError', 'listing: ') },
    paging: 'it looks at everything that has changed, however many pages that is',
    refused: {
      scene: async (stage) => {
        const given = await someGone(stage);
        return { inputData: { ...given.inputData, organisation: 'Nonesuch' } };
      },
      expected: failing('AppError', 'does not reach Nonesuch; it reaches Demo Company'),
    },
  },
];

const DAY_MS = 86_400_000;

/** Up to tomorrow. */
function inLockedBooks(scene: (stage: Stage) => Promise<Given>): Case {
  return {
    scene: async (stage) => {
      const given = await scene(stage);
      const { admin, world } = stage.sandbox;
      const period = new Date(world.clock.now() + DAY_MS).toISOString().slice(0, 10);
      admin.act('xero', 'lock-dates', { period });
      return given;
    },
    expected: failing('HaltedError', 'lock'),
  };
}

async function refusingTime(stage: Stage, scene: (stage: Stage) => Promise<Given>): Promise<Given> {
  const given = await scene(stage);
  const effect = { kind: 'status', status: 400 } as const;
  stage.sandbox.world.faults.add({ system: 'xero', path: '/Time', method: 'POST', times: 0, effect });
  return given;
}

const milestones = z.array(z.looseObject({ work: z.string() }));

/** A milestone as its trigger hands it on. */
async function completed({ sandbox, accounts, call }: Stage): Promise<Given> {
  sandbox.admin.seedZoho({ exact: true, projects: 1, milestones: 1, logs: 3 });
  const outcome = await call('triggers.zoho_milestone_completed.operation.perform', {
    authData: accounts.zoho,
    inputData: { ...MONTH, expenses: false },
  });
  const [milestone] = milestones.parse('results' in outcome ? outcome.results : outcome.error);
  return { inputData: { recipe: MILESTONE_RECIPE, work: milestone?.work } };
}

const read = z.looseObject({ milestoneId: z.string(), readAt: z.number(), logs: z.array(z.unknown()) });

/** A milestone of which an hour was added after its invoice was authorised, with a person's answer. */
async function questioned(stage: Stage): Promise<Given> {
  const { inputData } = await completed(stage);
  const { work, ...recipe } = z.object({ work: z.string(), recipe: z.string() }).parse(inputData);
  const { logs, ...rest } = read.parse(JSON.parse(work));
  const earlier = JSON.stringify({ ...rest, readAt: rest.readAt - 1, logs: logs.slice(1) });
  await stage.call('creates.xero_milestone_invoice.operation.perform', {
    authData: stage.accounts.xero,
    inputData: { ...recipe, work: earlier },
  });
  const documentNumber = `ZP-${rest.milestoneId}`;
  stage.sandbox.admin.act('xero', 'authorise', { invoice: documentNumber });
  return { inputData: { ...recipe, delivery: work, documentNumber, answer: 'next-invoice' } };
}

/** An expense as its trigger hands it on. */
async function recorded(stage: Stage): Promise<Given> {
  const expense = await taken(stage, 'hydrators.zohoExpense', anExpense(stage));
  return { inputData: { recipe: EXPENSES_RECIPE, expense } };
}

/** An invoice of the books as its trigger hands it on. */
async function invoiced(stage: Stage): Promise<Given> {
  const invoice = await taken(stage, 'hydrators.zohoInvoice', anInvoice(stage));
  return { inputData: { recipe: ZOHO_INVOICE_RECIPE, invoice } };
}

/** An expense that is booked in Xero and gone from the books. */
async function someGone(stage: Stage): Promise<Given> {
  const { sandbox, accounts, call } = stage;
  const given = await recorded(stage);
  await call('creates.xero_expense.operation.perform', { ...given, authData: accounts.xero });
  sandbox.world.clock.advance(1_000);
  const listing = JSON.stringify({ list: 'expenses', listed: [], readAt: sandbox.world.clock.now() });
  return { inputData: { recipe: EXPENSES_RECIPE, listing } };
}

/** What a later step is given for a field of a trigger's item. */
async function taken({ accounts, call }: Stage, method: string, given: Given): Promise<unknown> {
  const outcome = await call(method, { ...given, authData: accounts.zoho });
  return 'results' in outcome ? outcome.results : outcome.error;
}

const logs = z.array(z.looseObject({ entry: z.string() }));

/** Time as its trigger hands it on. */
async function approved({ sandbox, accounts, call }: Stage): Promise<Given> {
  enterTime(sandbox);
  const outcome = await call('triggers.zoho_time_approved.operation.perform', {
    authData: accounts.zoho,
    inputData: MONTH,
  });
  const [log] = logs.parse('results' in outcome ? outcome.results : outcome.error);
  return { inputData: { recipe: TIME_RECIPE, time: log?.entry } };
}

const times = z.array(z.looseObject({ time: z.string() }));

/** All the time of a project as its trigger hands it on. */
async function changed({ sandbox, accounts, call }: Stage): Promise<Given> {
  enterTime(sandbox);
  const outcome = await call('triggers.zoho_time_changed.operation.perform', { authData: accounts.zoho });
  const [project] = times.parse('results' in outcome ? outcome.results : outcome.error);
  return { inputData: { recipe: TIME_RECIPE, time: project?.time } };
}

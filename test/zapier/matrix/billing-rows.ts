import { expect } from '@jest/globals';
import { z } from 'zod';
import {
  EXPENSES_RECIPE,
  enterExpense,
  enterTime,
  MILESTONE_RECIPE,
  TIME_RECIPE,
} from '../support/billing-recipes.ts';
import type { Given } from '../support/packaged-app.ts';
import { type Case, failing, type Row, type Scene, type Stage } from './row.ts';

/** More than a page of Zoho's (200), and than one of Xero's (1,000). */
const MANY_AT_ZOHO = 210;
const MANY_IN_XERO = 1_010;

const NOTHING = { results: [] };
const SOMETHING = expect.arrayContaining([expect.objectContaining({ id: expect.any(String) })]);
const ONE_LOOK_UP = 'it looks up one value';

const ofProjects = {
  account: 'zoho',
  system: 'zoho-projects',
  refused: {
    scene: () => ({ inputData: { portal: 'nonesuch' } }),
    expected: failing('AppError', 'nonesuch'),
  },
} as const satisfies Partial<Row>;

const ofBooks = {
  account: 'zoho',
  system: 'zoho-books',
  refused: {
    scene: () => ({ inputData: { booksOrganisation: 'Nonesuch' } }),
    expected: failing('AppError', 'Nonesuch'),
  },
} as const satisfies Partial<Row>;

const ofXero = {
  account: 'xero',
  system: 'xero',
  refused: {
    scene: () => ({
      inputData: { organisation: 'Nonesuch', value: 'Acme', account: '200', number: 'INV-7' },
    }),
    expected: failing('AppError', 'does not reach Nonesuch; it reaches Demo Company'),
  },
} as const satisfies Partial<Row>;

const MONTH = { lookBack: 720 };
const nothing = { scene: () => ({ inputData: MONTH }), expected: NOTHING } as const;

/** Each costs a call of its own, and the books take 90 a minute. */
function tooMany(seed: (stage: Stage) => void): Case {
  return {
    scene: many(seed, MANY_AT_ZOHO).scene,
    expected: failing('ThrottledError', 'would be waited for too long: 90 calls in 60 s'),
  };
}

function many(seed: (stage: Stage) => void, count: number): { scene: Scene; count: number } {
  return {
    scene: (stage) => {
      seed(stage);
      return { inputData: MONTH };
    },
    count,
  };
}

const work = ({ sandbox }: Stage): Given => {
  sandbox.admin.seedZoho({ projects: 2 });
  return { inputData: MONTH };
};

const zoho: readonly Row[] = [
  {
    ...ofProjects,
    method: 'triggers.zoho_milestone_completed.operation.perform',
    scene: work,
    gives: SOMETHING,
    empty: nothing,
    paging: many(({ sandbox }) => {
      sandbox.admin.seedZoho({ exact: true, projects: 1, milestones: MANY_AT_ZOHO, logs: 1 });
    }, MANY_AT_ZOHO),
  },
  {
    ...ofProjects,
    method: 'triggers.zoho_time_approved.operation.perform',
    scene: work,
    gives: SOMETHING,
    empty: nothing,
    paging: many(({ sandbox }) => {
      const { projects, people } = sandbox.admin.seedZoho({ exact: true, projects: 1, milestones: 0 });
      const log = { project: projects[0], owner: people[0], date: '2026-11-02', hours: '0:05' };
      for (let n = 0; n < MANY_AT_ZOHO; n += 1)
        sandbox.admin.create('zoho-projects', 'logs', { ...log, approval: 'Approved' });
    }, MANY_AT_ZOHO),
  },
  {
    ...ofBooks,
    method: 'triggers.zoho_expense_recorded.operation.perform',
    scene: work,
    gives: SOMETHING,
    empty: nothing,
    paging: tooMany(({ sandbox }) => {
      const seed = { exact: true, projects: 1, milestones: 0, expenses: MANY_AT_ZOHO } as const;
      for (const id of sandbox.admin.seedZoho(seed).expenses)
        sandbox.admin.edit('zoho-books', 'expenses', id, { description: 'Train' });
    }),
  },
  {
    ...ofBooks,
    method: 'triggers.zoho_invoice_created.operation.perform',
    scene: work,
    gives: SOMETHING,
    empty: nothing,
    paging: tooMany(({ sandbox }) => {
      const seed = { exact: true, projects: 1, milestones: 0, invoices: MANY_AT_ZOHO } as const;
      for (const id of sandbox.admin.seedZoho(seed).invoices)
        sandbox.admin.edit('zoho-books', 'invoices', id, { notes: 'Thank you' });
    }),
  },
  {
    ...ofProjects,
    method: 'triggers.zoho_projects.operation.perform',
    scene: work,
    gives: [
      { id: expect.any(String), label: expect.stringMatching(/ \(.+\)$/) },
      { id: expect.any(String), label: expect.stringMatching(/ \(.+\)$/) },
    ],
    empty: nothing,
    paging: many(({ sandbox }) => {
      sandbox.admin.seedZoho({ exact: true, projects: MANY_AT_ZOHO, milestones: 0 });
    }, MANY_AT_ZOHO),
  },
];

const xero: readonly Row[] = [
  {
    ...ofXero,
    method: 'triggers.xero_invoice_updated.operation.perform',
    scene: (stage) => {
      enterInvoices(stage, 1);
      return { inputData: MONTH };
    },
    gives: [expect.objectContaining({ number: 'INV-0' })],
    empty: nothing,
    paging: many((stage) => enterInvoices(stage, MANY_IN_XERO), MANY_IN_XERO),
  },
  {
    ...ofXero,
    method: 'triggers.xero_organisations.operation.perform',
    scene: () => ({}),
    gives: [{ id: expect.any(String), label: 'Demo Company (AU)' }],
    empty: 'a sign-in to Xero is one to an organisation at least',
    paging: 'all organisations come in one answer',
    throttled: 'Xero does not count this call',
    refused: 'whoever is signed in may ask for the organisations',
  },
  {
    ...ofXero,
    method: 'searches.xero_contact.operation.perform',
    scene: ({ sandbox }) => {
      sandbox.xero.desk.create('contacts', { Name: 'Acme' });
      return { inputData: { value: 'Acme' } };
    },
    gives: [expect.objectContaining({ name: 'Acme', active: true })],
    empty: { scene: () => ({ inputData: { value: 'Acme' } }), expected: NOTHING },
    paging: ONE_LOOK_UP,
  },
  {
    ...ofXero,
    method: 'searches.xero_invoice.operation.perform',
    scene: (stage) => {
      enterInvoices(stage, 1);
      return { inputData: { number: 'INV-0' } };
    },
    gives: [expect.objectContaining({ number: 'INV-0' })],
    empty: { scene: () => ({ inputData: { number: 'INV-0' } }), expected: NOTHING },
    paging: ONE_LOOK_UP,
  },
  {
    ...ofXero,
    method: 'searches.xero_account.operation.perform',
    scene: () => ({ inputData: { account: '200' } }),
    gives: [expect.objectContaining({ code: '200', name: 'Sales' })],
    empty: { scene: () => ({ inputData: { account: 'Nonesuch' } }), expected: NOTHING },
    paging: 'the chart of accounts comes in one answer',
  },
  {
    ...ofXero,
    method: 'creates.xero_milestone_invoice.operation.perform',
    writes: true,
    scene: completed,
    gives: expect.objectContaining({ outcome: 'created' }),
    empty: { scene: () => ({}), expected: failing('AppError', 'work: ') },
    paging: 'it writes one invoice',
    refused: {
      scene: async (stage) => {
        const given = await completed(stage);
        lockBooks(stage);
        return given;
      },
      expected: failing('HaltedError', 'lock'),
    },
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
      scene: async (stage) => {
        const given = await approved(stage);
        const effect = { kind: 'status', status: 400 } as const;
        stage.sandbox.world.faults.add({ system: 'xero', path: '/Time', method: 'POST', times: 0, effect });
        return given;
      },
      expected: failing('HaltedError', '['),
    },
    replayGives: expect.objectContaining({ outcome: 'there already' }),
  },
  {
    ...ofXero,
    method: 'creates.xero_expense.operation.perform',
    writes: true,
    scene: recorded,
    gives: expect.objectContaining({ outcome: 'created' }),
    empty: { scene: () => ({}), expected: failing('AppError', 'expense: ') },
    paging: 'it books one expense',
    refused: {
      scene: async (stage) => {
        const given = await recorded(stage);
        lockBooks(stage);
        return given;
      },
      expected: failing('HaltedError', 'lock'),
    },
    replayGives: expect.objectContaining({ outcome: 'there already' }),
  },
];

export const BILLING_ROWS: readonly Row[] = [...zoho, ...xero];

const DAY_MS = 86_400_000;

/** Up to tomorrow. */
function lockBooks({ sandbox }: Stage): void {
  const period = new Date(sandbox.world.clock.now() + DAY_MS).toISOString().slice(0, 10);
  sandbox.admin.act('xero', 'lock-dates', { period });
}

function enterInvoices({ sandbox }: Stage, count: number): void {
  const contact = sandbox.xero.desk.create('contacts', { Name: 'Acme' });
  for (let n = 0; n < count; n += 1)
    sandbox.xero.desk.create('invoices', {
      Type: 'ACCREC',
      InvoiceNumber: `INV-${n}`,
      Contact: { ContactID: contact },
      LineItems: [{ Description: 'Work', Quantity: '2', UnitAmount: '100', AccountCode: '200' }],
    });
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

const expenses = z.array(z.looseObject({ expense: z.string() }));

/** An expense as its trigger hands it on. */
async function recorded({ sandbox, accounts, call }: Stage): Promise<Given> {
  enterExpense(sandbox);
  const outcome = await call('triggers.zoho_expense_recorded.operation.perform', {
    authData: accounts.zoho,
    inputData: MONTH,
  });
  const [expense] = expenses.parse('results' in outcome ? outcome.results : outcome.error);
  return { inputData: { recipe: EXPENSES_RECIPE, expense: expense?.expense } };
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

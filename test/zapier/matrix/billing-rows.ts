import { expect } from '@jest/globals';
import { z } from 'zod';
import {
  attachReceipt,
  EXPENSES_RECIPE,
  enterBooksInvoice,
  enterExpense,
  enterTime,
  MILESTONE_RECIPE,
  TIME_RECIPE,
  ZOHO_INVOICE_RECIPE,
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
    method: 'searches.zoho_milestone.operation.perform',
    scene: ({ sandbox }) => {
      const { milestones } = sandbox.admin.seedZoho({ exact: true, projects: 1, milestones: 2, logs: 1 });
      return { inputData: { milestone: `ZP-${milestones[0]}-2`, expenses: false } };
    },
    gives: [expect.objectContaining({ work: expect.any(String), minutes: expect.any(Number) })],
    empty: { scene: () => ({ inputData: { milestone: '1802231000000000001' } }), expected: NOTHING },
    paging: ONE_LOOK_UP,
    refused: {
      scene: () => ({ inputData: { milestone: 'INV-7' } }),
      expected: failing('AppError', 'is neither the ID of a milestone nor the number of its invoice'),
    },
    replayGives: [expect.objectContaining({ work: expect.any(String) })],
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
    ...ofProjects,
    method: 'triggers.zoho_time_changed.operation.perform',
    scene: work,
    gives: SOMETHING,
    empty: nothing,
    paging: {
      scene: ({ sandbox }) => {
        enterTime(sandbox, MANY_AT_ZOHO);
        return {};
      },
      expected: { results: [expect.objectContaining({ project: 'Website', entries: MANY_AT_ZOHO })] },
    },
  },
  {
    ...ofBooks,
    method: 'triggers.zoho_expense_recorded.operation.perform',
    scene: work,
    gives: SOMETHING,
    empty: nothing,
    paging: many(({ sandbox }) => {
      const seed = { exact: true, projects: 1, milestones: 0, expenses: MANY_AT_ZOHO } as const;
      for (const id of sandbox.admin.seedZoho(seed).expenses)
        sandbox.admin.edit('zoho-books', 'expenses', id, { description: 'Train' });
    }, MANY_AT_ZOHO),
  },
  {
    ...ofBooks,
    method: 'triggers.zoho_invoice_created.operation.perform',
    scene: work,
    gives: SOMETHING,
    empty: nothing,
    paging: many(({ sandbox }) => {
      const seed = { exact: true, projects: 1, milestones: 0, invoices: MANY_AT_ZOHO } as const;
      for (const id of sandbox.admin.seedZoho(seed).invoices)
        sandbox.admin.edit('zoho-books', 'invoices', id, { notes: 'Thank you' });
    }, MANY_AT_ZOHO),
  },
  {
    ...ofBooks,
    method: 'triggers.zoho_books_listed.operation.perform',
    scene: ({ sandbox }) => {
      enterExpense(sandbox);
      return { inputData: { list: 'expenses' } };
    },
    gives: [expect.objectContaining({ count: 1, listing: expect.stringContaining('"list":"expenses"') })],
    empty: {
      scene: () => ({ inputData: { list: 'invoices' } }),
      expected: { results: [expect.objectContaining({ count: 0 })] },
    },
    paging: {
      scene: ({ sandbox }) => {
        const seed = { exact: true, projects: 1, milestones: 0, expenses: MANY_AT_ZOHO } as const;
        sandbox.admin.seedZoho(seed);
        return { inputData: { list: 'expenses' } };
      },
      expected: { results: [expect.objectContaining({ count: MANY_AT_ZOHO })] },
    },
    refused: {
      scene: () => ({ inputData: { list: 'expenses', booksOrganisation: 'Nonesuch' } }),
      expected: failing('AppError', 'Nonesuch'),
    },
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

/** Reads one record of the books for a field that a later step takes. */
const ofOneRecord = {
  account: 'zoho',
  system: 'zoho-books',
  paging: 'it reads one record',
} as const satisfies Partial<Row>;

const hydrators: readonly Row[] = [
  {
    ...ofOneRecord,
    method: 'hydrators.zohoExpense',
    scene: anExpense,
    gives: expect.stringMatching(/^\{"expense":\{.*"taxes":\[.*"readAt":\d+\}$/),
    empty: { scene: () => ({}), expected: failing('AppError', 'expense: ') },
    refused: gone('expenses', anExpense),
    replayGives: expect.stringMatching(/^\{"expense":/),
  },
  {
    ...ofOneRecord,
    method: 'hydrators.zohoExpenseDetail',
    scene: (stage) => withField(anExpense(stage), 'hasReceipt'),
    gives: false,
    empty: {
      scene: (stage) => withField(anExpense(stage), 'projectId'),
      expected: { results: '' },
    },
    refused: gone('expenses', (stage) => withField(anExpense(stage), 'projectId')),
  },
  {
    ...ofOneRecord,
    method: 'hydrators.zohoReceipt',
    scene: (stage) => {
      const given = anExpense(stage);
      attachReceipt(stage.sandbox, String(given.inputData?.expense));
      return given;
    },
    gives: expect.stringMatching(/^http:.*\/files\/.+/),
    empty: { scene: anExpense, expected: { results: '' } },
    refused: gone('expenses', anExpense),
  },
  {
    ...ofOneRecord,
    method: 'hydrators.zohoInvoice',
    scene: anInvoice,
    gives: expect.stringMatching(/^\{"invoice":\{.*"taxes":\[.*"readAt":\d+\}$/),
    empty: { scene: () => ({}), expected: failing('AppError', 'invoice: ') },
    refused: gone('invoices', anInvoice),
  },
  {
    ...ofOneRecord,
    method: 'hydrators.zohoInvoiceDetail',
    scene: (stage) => withField(anInvoice(stage), 'lines'),
    gives: [expect.objectContaining({ description: 'Hosting', quantity: '2', amount: '20' })],
    empty: { scene: anInvoice, expected: failing('AppError', 'field: ') },
    refused: gone('invoices', (stage) => withField(anInvoice(stage), 'lines')),
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
    method: 'creates.xero_answer_difference.operation.perform',
    writes: true,
    scene: questioned,
    gives: expect.objectContaining({ outcome: 'created', number: expect.stringMatching(/-2$/) }),
    empty: { scene: () => ({}), expected: failing('AppError', 'delivery: ') },
    paging: 'it answers about one document',
    refused: {
      scene: async (stage) => {
        const given = await questioned(stage);
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
      scene: async (stage) => {
        const given = await changed(stage);
        const effect = { kind: 'status', status: 400 } as const;
        stage.sandbox.world.faults.add({ system: 'xero', path: '/Time', method: 'POST', times: 0, effect });
        return given;
      },
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
  {
    ...ofXero,
    method: 'creates.xero_zoho_invoice.operation.perform',
    writes: true,
    scene: invoiced,
    gives: expect.objectContaining({ outcome: 'created', number: 'INV-000012' }),
    empty: { scene: () => ({}), expected: failing('AppError', 'invoice: ') },
    paging: 'it writes one invoice',
    refused: {
      scene: async (stage) => {
        const given = await invoiced(stage);
        lockBooks(stage);
        return given;
      },
      expected: failing('HaltedError', 'lock'),
    },
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

export const BILLING_ROWS: readonly Row[] = [...zoho, ...hydrators, ...xero];

function anExpense({ sandbox }: Stage): Given {
  return { inputData: { expense: enterExpense(sandbox) } };
}

function anInvoice({ sandbox }: Stage): Given {
  return { inputData: { invoice: enterBooksInvoice(sandbox) } };
}

function withField({ inputData }: Given, field: string): Given {
  return { inputData: { ...inputData, field } };
}

/** Deleted between the poll and the step that takes the field. */
function gone(collection: 'expenses' | 'invoices', scene: (stage: Stage) => Given): Case {
  return {
    scene: (stage) => {
      const given = scene(stage);
      const { expense, invoice } = given.inputData ?? {};
      stage.sandbox.admin.remove('zoho-books', collection, String(expense ?? invoice));
      return given;
    },
    expected: failing('HaltedError', 'is not in Zoho Books any more'),
  };
}

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

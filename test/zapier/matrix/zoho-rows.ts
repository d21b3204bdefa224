import { expect } from '@jest/globals';
import { attachReceipt, enterBooksInvoice, enterExpense, enterTime } from '../support/billing-recipes.ts';
import type { Given } from '../support/packaged-app.ts';
import { anExpense, anInvoice, MONTH, many, NOTHING, nothing, ONE_LOOK_UP } from './billing-scenes.ts';
import { type Case, failing, type Row, type Stage } from './row.ts';

/** More than a page (200). */
const MANY_AT_ZOHO = 210;

const SOMETHING = expect.arrayContaining([expect.objectContaining({ id: expect.any(String) })]);

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
    method: 'searches.zoho_expense.operation.perform',
    scene: ({ sandbox }) => ({ inputData: { expense: `ZE-${enterExpense(sandbox)}-2` } }),
    gives: [
      expect.objectContaining({
        category: 'Travel Expense',
        hasReceipt: false,
        expense: expect.stringContaining('hydrate|||'),
        receipt: expect.stringContaining('hydrate|||'),
      }),
    ],
    empty: { scene: () => ({ inputData: { expense: '4600000099999' } }), expected: NOTHING },
    paging: ONE_LOOK_UP,
    refused: {
      scene: () => ({ inputData: { expense: 'INV-7' } }),
      expected: failing('AppError', 'is neither the ID of an expense nor the number of its document'),
    },
  },
  {
    ...ofBooks,
    method: 'searches.zoho_invoice.operation.perform',
    scene: ({ sandbox }) => {
      enterBooksInvoice(sandbox, 'INV-000012');
      return { inputData: { number: 'INV-000012-2' } };
    },
    gives: [
      expect.objectContaining({
        number: 'INV-000012',
        lines: expect.stringContaining('hydrate|||'),
        invoice: expect.stringContaining('hydrate|||'),
      }),
    ],
    empty: { scene: () => ({ inputData: { number: 'INV-000012' } }), expected: NOTHING },
    paging: {
      scene: ({ sandbox }) => {
        enterBooksInvoice(sandbox, 'OLD-1');
        const seed = { exact: true, projects: 1, milestones: 0, invoices: MANY_AT_ZOHO } as const;
        sandbox.admin.seedZoho(seed);
        return { inputData: { number: 'OLD-1' } };
      },
      expected: { results: [expect.objectContaining({ number: 'OLD-1' })] },
    },
    refused: {
      scene: () => ({ inputData: { number: 'INV-7', booksOrganisation: 'Nonesuch' } }),
      expected: failing('AppError', 'Nonesuch'),
    },
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

export const ZOHO_ROWS: readonly Row[] = [...zoho, ...hydrators];

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

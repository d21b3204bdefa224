import { describe, expect, test } from '@jest/globals';
import type { BooksSource } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import { readBooksInvoices } from '@stackbridge/shared-mappers/sync/billing/books-invoice-subjects.ts';
import type { DocumentRecipe } from '@stackbridge/shared-mappers/sync/billing/document-job.ts';
import { readExpenses } from '@stackbridge/shared-mappers/sync/billing/expense-subjects.ts';
import { ACCOUNT_MAP } from '../../support/billing-chart.ts';
import { BillingWorld } from '../../support/billing-world.ts';

const page = async function* <Item>(...items: Item[]): AsyncGenerator<readonly Item[]> {
  yield items;
};
const none = async (): Promise<undefined> => undefined;
const listed = [
  { id: '1', number: 'INV-1', says: '' },
  { id: '2', number: 'INV-2', says: '' },
];

const BOOKS: BooksSource = {
  system: 'zoho-books',
  expenses: () => page(),
  listedExpenses: () => page(...listed),
  recentExpenses: () => page(),
  expense: none,
  receipt: none,
  projects: () => page(),
  invoices: () => page(),
  listedInvoices: () => page(...listed),
  recentInvoices: () => page(),
  invoice: none,
  customers: () => page(),
  categories: async () => [],
  taxes: async () => [],
};

const { context } = new BillingWorld();
const PROGRESS = { begin() {}, advance() {}, end() {}, call() {}, waiting() {} };
const COMMON = { map: ACCOUNT_MAP, shrink: { share: 1, atLeast: 1_000 }, progress: PROGRESS };
const DUE = { cutOver: '2026-01-01', due: { days: 30 }, status: 'draft' } as const;

/** Of expenses and of invoices alike, with documents in the accounts for 2 and for 3. */
const READERS: Readonly<
  Record<string, { read: (books: BooksSource) => DocumentRecipe['read']; number: string }>
> = {
  expenses: {
    number: 'ZE-3',
    read: (books) =>
      readExpenses({
        ...COMMON,
        books,
        which: 'all',
        followUps: { receipts: false, rebill: 'leave' },
        options: { ...DUE, as: 'bill', numberPrefix: 'ZE', text: '{category}' },
      }),
  },
  invoices: {
    number: 'INV-3',
    read: (books) => readBooksInvoices({ ...COMMON, books, options: { ...DUE, correction: '' } }),
  },
};

describe.each(Object.entries(READERS))('%s that were handed over', (_, { read, number }) => {
  /** What is planned, and whether it was looked for in the accounts. */
  async function subjects(books: BooksSource) {
    let isLookedFor = false;
    const standing = async (): Promise<ReadonlyMap<string, string>> => {
      isLookedFor = true;
      return new Map([
        ['2', 'ZE-2'],
        ['3', number],
      ]);
    };
    const { deal } = await read(books)({ standing }, { context, isWanted: () => true });
    const found = deal([]).subjects.map(({ id, isGone = false }) => ({ id, isGone }));
    return { found, isLookedFor };
  }

  test('whole are billed, and what they lack is gone', async () => {
    expect(await subjects(BOOKS)).toEqual({
      found: [
        { id: '1', isGone: false },
        { id: '2', isGone: false },
        { id: '3', isGone: true },
      ],
      isLookedFor: true,
    });
  });

  test('in part say nothing of others', async () => {
    expect(await subjects({ ...BOOKS, isPart: true })).toEqual({
      found: [
        { id: '1', isGone: false },
        { id: '2', isGone: false },
      ],
      isLookedFor: false,
    });
  });

  test('as gone are gone', async () => {
    const gone = new Map([['3', number]]);
    const { found } = await subjects({ ...BOOKS, isPart: true, gone });
    expect(found).toContainEqual({ id: '3', isGone: true });
  });

  test('as a list are not billed: what the list lacks is gone', async () => {
    expect(await subjects({ ...BOOKS, isListOnly: true })).toEqual({
      found: [{ id: '3', isGone: true }],
      isLookedFor: true,
    });
  });
});

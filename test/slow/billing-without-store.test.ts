import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { playFile, scenarioFiles } from 'stackbridge/scenarios/play-folder.ts';
import { statelessBilling } from '../support/stateless-billing.ts';
import { statelessHost } from '../support/stateless-host.ts';

const FOLDER = join(import.meta.dirname, '../scenarios');
const HOST = { ...statelessHost, billing: statelessBilling };

const EXPENSE_GONE = 'nothing leads to the document of an expense that is gone from the books';
const INVOICE_GONE = 'nothing leads to the document of an invoice that is gone from the books';

/** What a ledger on the documents cannot know, by scenario. */
const NEEDS_STORE: Readonly<Record<string, string>> = {
  '18-expense-deleted-and-entered-again.yaml': EXPENSE_GONE,
  '20-idle-expenses-cost-no-detail.yaml': EXPENSE_GONE,
  '43-books-invoice-deleted.yaml': INVOICE_GONE,
  '43-expense-billable-no-more.yaml': EXPENSE_GONE,
  '43-expense-deleted-after-it-was-booked.yaml': EXPENSE_GONE,
  '49-expense-invoiced-from-the-books-is-not-linked.yaml': INVOICE_GONE,
};

const files = scenarioFiles(FOLDER)
  .map((file) => [file.slice(FOLDER.length + 1), file] as const)
  .filter(([name]) => NEEDS_STORE[name] === undefined);

describe('without a store billing ends in the same state', () => {
  test.each(files)('%s', async (name, file) => {
    const { failures } = await playFile(file, name, HOST);

    expect(failures).toEqual([]);
  });
});

import { z } from 'zod';
import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { parseExactBody } from '../../http/exact-json.ts';
import { inParallel } from '../../http/in-parallel.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { BooksInvoice } from '../../model/billing/books-invoice.ts';
import type { Expense } from '../../model/billing/project-work.ts';
import { type Instant, parseInstant } from '../../model/instant.ts';
import type { BooksSource, ListedRecord } from '../../ports/billing-source.ts';
import { saysGone } from './errors.ts';
import { ExpenseDetail, ExpenseRow, listedExpense, mayBeWanted, toExpense } from './expense.ts';
import { BooksId, Text } from './fields.ts';
import { InvoiceDetail, InvoiceRow, listedInvoice, toBooksInvoice } from './invoice.ts';
import { CONCURRENCY } from './limits.ts';
import { booksPath, type Listing, readListing } from './listing.ts';
import { unknownShape } from './shape.ts';

const ProjectRow = z.object({
  project_id: BooksId,
  project_name: z.string(),
  customer_id: z.string().catch(''),
  customer_name: z.string().catch(''),
});
const ContactRow = z.object({
  contact_id: BooksId,
  contact_name: z.string(),
  contact_type: Text,
  email: Text,
});
const AccountRow = z.object({ account_id: BooksId, account_name: z.string(), account_type: z.string() });
const TaxRow = z.object({ tax_id: BooksId, tax_name: z.string(), tax_percentage: z.string() });

interface ModifiedRow {
  readonly last_modified_time?: string | undefined;
}

/** @param organisation resolved at the first read */
export function createReader(
  client: SystemClient,
  organisation: () => Promise<string>,
): Omit<BooksSource, 'system'> {
  async function* list<Row>(listing: Listing<Row>): AsyncGenerator<readonly Row[]> {
    yield* readListing(client, await organisation(), listing);
  }

  async function all<Row>(listing: Listing<Row>): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const page of list(listing)) rows.push(...page);
    return rows;
  }

  /** @returns undefined for one that was deleted since it was listed */
  async function detail<Row>(
    resource: string,
    key: string,
    id: string,
    row: z.ZodType<Row>,
  ): Promise<Row | undefined> {
    const path = booksPath(`${resource}/${encodeURIComponent(id)}`, await organisation());
    const answer = await client.send({ method: 'GET', path }, { repeatable: true });
    if (saysGone(answer)) return undefined;
    const read = z.object({ [key]: row }).safeParse(parseExactBody(answer.body, 'zoho-books'));
    if (!read.success) throw unknownShape(key, read.error);
    return read.data[key];
  }

  async function details<Row>(
    ids: readonly string[],
    read: (id: string) => Promise<Row | undefined>,
  ): Promise<Row[]> {
    return (await inParallel(ids, CONCURRENCY, read)).filter((row) => row !== undefined);
  }

  const expenseRows = (since?: Instant) =>
    list({
      resource: '/expenses',
      key: 'expenses',
      row: ExpenseRow,
      idOf: ({ expense_id }) => expense_id,
      query: 'sort_column=last_modified_time&sort_order=D',
      isEnough: (rows) => endsBefore(rows, since),
    });

  const invoiceRows = () =>
    list({
      resource: '/invoices',
      key: 'invoices',
      row: InvoiceRow,
      idOf: ({ invoice_id }) => invoice_id,
    });

  async function expense(id: string): Promise<Expense | undefined> {
    const row = await detail('/expenses', 'expense', id, ExpenseDetail);
    return row === undefined ? undefined : toExpense(row);
  }

  async function invoice(id: string): Promise<BooksInvoice | undefined> {
    const row = await detail('/invoices', 'invoice', id, InvoiceDetail);
    return row === undefined ? undefined : toBooksInvoice(row);
  }

  return {
    expense,
    invoice,

    async *expenses(since, only = {}) {
      // The list has no project, so each expense costs a call: only for what was modified.
      for await (const rows of expenseRows(since)) {
        const wanted = rows.filter((row) => isModified(row, since) && mayBeWanted(row, only));
        const found = await details(
          wanted.map(({ expense_id }) => expense_id),
          expense,
        );
        if (found.length > 0) yield found;
      }
    },

    async *listedExpenses(only = {}) {
      for await (const rows of expenseRows()) {
        yield rows.filter((row) => mayBeWanted(row, only)).map((row) => listed(row.expense_id, '', row));
      }
    },

    async *recentExpenses(since) {
      for await (const rows of expenseRows(since))
        yield rows
          .filter((row) => isModified(row, since))
          .map((row) => ({ ...listed(row.expense_id, '', row), ...listedExpense(row) }));
    },

    async receipt(expenseId) {
      const path = booksPath(`/expenses/${encodeURIComponent(expenseId)}/receipt`, await organisation());
      const answer = await client.send({ method: 'GET', path, wantsBytes: true }, { repeatable: true });
      const { bodyBase64, headers } = answer;
      if (saysGone(answer) || bodyBase64 === '') return undefined;
      if (bodyBase64 === undefined)
        throw new StackbridgeError('BUG', 'The host gave a receipt without its bytes', {
          system: 'zoho-books',
          recordId: expenseId,
        });
      return { contentType: headers['content-type'] ?? 'application/octet-stream', base64: bodyBase64 };
    },

    async *invoices(since) {
      for await (const rows of invoiceRows()) {
        const ids = rows.filter((row) => isModified(row, since)).map(({ invoice_id }) => invoice_id);
        const found = await details(ids, invoice);
        if (found.length > 0) yield found;
      }
    },

    async *listedInvoices() {
      for await (const rows of invoiceRows())
        yield rows.map((row) => listed(row.invoice_id, row.invoice_number ?? '', row));
    },

    async *recentInvoices(since) {
      for await (const rows of invoiceRows())
        yield rows
          .filter((row) => isModified(row, since))
          .map((row) => ({
            ...listed(row.invoice_id, row.invoice_number ?? '', row),
            ...listedInvoice(row),
          }));
    },

    async *projects() {
      const pages = list({
        resource: '/projects',
        key: 'projects',
        row: ProjectRow,
        idOf: ({ project_id }) => project_id,
      });
      for await (const rows of pages)
        yield rows.map((row) => ({
          id: row.project_id,
          name: row.project_name,
          customerId: row.customer_id,
          customerName: row.customer_name,
        }));
    },

    async *customers() {
      const pages = list({
        resource: '/contacts',
        key: 'contacts',
        row: ContactRow,
        idOf: ({ contact_id }) => contact_id,
      });
      for await (const rows of pages)
        yield rows
          .filter(({ contact_type }) => contact_type !== 'vendor')
          .map(({ contact_id, contact_name, email }) => ({
            id: contact_id,
            name: contact_name,
            ...(email === undefined ? {} : { email }),
          }));
    },

    async categories() {
      const rows = await all({
        resource: '/chartofaccounts',
        key: 'chartofaccounts',
        row: AccountRow,
        idOf: ({ account_id }) => account_id,
      });
      return rows.map(({ account_id, account_name, account_type }) => ({
        id: account_id,
        name: account_name,
        type: account_type,
      }));
    },

    async taxes() {
      const rows = await all({
        resource: '/settings/taxes',
        key: 'taxes',
        row: TaxRow,
        idOf: ({ tax_id }) => tax_id,
      });
      return rows.map(({ tax_id, tax_name, tax_percentage }) => ({
        id: tax_id,
        name: tax_name,
        percentage: tax_percentage,
      }));
    },
  };
}

function listed(id: string, number: string, row: ModifiedRow): ListedRecord {
  const modified = modifiedAt(row);
  return {
    id,
    number,
    ...(modified === undefined ? {} : { modifiedAt: modified }),
    says: JSON.stringify(Object.entries(row)),
  };
}

/** A row that does not say when it was modified may have been. */
function isModified(row: ModifiedRow, since: Instant | undefined): boolean {
  const at = modifiedAt(row);
  return since === undefined || at === undefined || at >= since;
}

/** Whether the page ends before the moment, newest first; a page that is not in that order does not tell. */
function endsBefore(rows: readonly ModifiedRow[], since: Instant | undefined): boolean {
  if (since === undefined) return false;
  const times = rows.map(modifiedAt);
  const inOrder = times.every((at, index) => {
    const before = index === 0 ? at : times[index - 1];
    return at !== undefined && before !== undefined && at <= before;
  });
  const last = times.at(-1);
  return inOrder && last !== undefined && last < since;
}

function modifiedAt({ last_modified_time }: ModifiedRow): Instant | undefined {
  return last_modified_time === undefined ? undefined : parseInstant(last_modified_time);
}

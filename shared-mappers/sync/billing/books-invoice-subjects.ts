import { type AccountMap, withTaxIds } from '../../mapping/account-map.ts';
import type { BooksInvoice } from '../../model/billing/books-invoice.ts';
import type { MapNeeds } from '../../plan/billing/map-needs.ts';
import {
  type BooksInvoiceOptions,
  dueLines,
  planBooksInvoice,
  whyNotBooksInvoice,
} from '../../plan/billing/plan-books-invoice.ts';
import { planGone } from '../../plan/billing/plan-gone.ts';
import type { BrakeLimit } from '../../plan/contact-options.ts';
import type { BooksSource } from '../../ports/billing-source.ts';
import type { Progress } from '../../ports/progress.ts';
import type { DocumentRecipe } from './document-job.ts';
import type { DocumentSource } from './document-source.ts';
import { gather } from './gather.ts';

export interface BooksInvoiceSources {
  readonly map: AccountMap;
  readonly options: BooksInvoiceOptions;
  /** How many invoices in the accounts may be missing in what is read. */
  readonly shrink: BrakeLimit;
  readonly books: BooksSource;
  readonly progress: Progress;
}

/** Reads the invoices of the books, one subject each, and finds out which of those taken over are there no more. */
export function readBooksInvoices({
  map,
  options,
  shrink,
  books,
  progress,
}: BooksInvoiceSources): DocumentRecipe['read'] {
  return async ({ entriesOf, standing }) => {
    progress.begin('read-left');
    const taken = await standing();
    const [invoices, taxes] = await Promise.all([gather(books.invoices(undefined)), books.taxes()]);
    progress.advance('read-left', invoices.length);
    progress.end('read-left');
    const listed = new Set(invoices.map(({ id }) => id));
    const gone = [...taken].filter(([id]) => !listed.has(id));
    const subjects = [
      ...invoices.map((invoice) => subjectOf(invoice, options)),
      ...gone.map(([id, number]) => goneSubject(id, number)),
    ];
    return {
      subjects,
      leftOut: [],
      entries: await entriesOf(subjects.flatMap(({ sources }) => sources)),
      needs: needsOf(
        invoices.filter((invoice) => whyNotBooksInvoice(invoice, options) === undefined),
        taxes,
      ),
      map: withTaxIds(map, taxes),
      roster: { title: 'invoices', isEmpty: invoices.length === 0, limit: shrink },
    };
  };
}

function goneSubject(id: string, firstNumber: string): DocumentSource {
  const because = 'the invoice is gone from Zoho Books';
  return {
    id,
    title: firstNumber,
    kinds: ['sales-invoice'],
    firstNumber,
    party: { id: undefined, name: undefined },
    sources: [],
    isGone: true,
    plan: (_, state, context) =>
      planGone({ subject: id, firstNumber, purpose: 'charge', because }, state, context),
  };
}

function subjectOf(invoice: BooksInvoice, options: BooksInvoiceOptions): DocumentSource {
  const because = whyNotBooksInvoice(invoice, options);
  return {
    id: invoice.id,
    title: `${invoice.number}, ${invoice.customerName}`,
    kinds: ['sales-invoice'],
    firstNumber: invoice.number,
    party: { id: invoice.customerId, name: invoice.customerName },
    sources: dueLines(invoice).map(({ kind, id }) => ({ kind, id })),
    ...(because === undefined ? {} : { waits: because }),
    plan: (contact, state, context) => planBooksInvoice(invoice, contact, state, { ...context, options }),
  };
}

function needsOf(
  invoices: readonly BooksInvoice[],
  taxes: readonly { readonly id: string; readonly name: string }[],
): MapNeeds {
  const names = new Map(taxes.map(({ id, name }) => [id, name]));
  const lines = invoices.flatMap((invoice) => invoice.lines);
  const taxIds = new Set(lines.flatMap(({ taxId }) => taxId ?? []));
  return {
    sales: lines.map(({ account }) => account),
    taxes: [...taxIds].map((id) => ({ tax: names.get(id) ?? id, side: 'sales' })),
    currencies: invoices.map(({ currency }) => currency),
  };
}

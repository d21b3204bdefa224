import { type AccountMap, withTaxIds } from '../../mapping/account-map.ts';
import type { BooksInvoice } from '../../model/billing/books-invoice.ts';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { MapNeeds } from '../../plan/billing/map-needs.ts';
import {
  type BooksInvoiceOptions,
  dueLines,
  planBooksInvoice,
  whyNotBooksInvoice,
} from '../../plan/billing/plan-books-invoice.ts';
import { planGone, planReplaced } from '../../plan/billing/plan-gone.ts';
import { USUAL_PREFIX } from '../../plan/billing/usual-prefix.ts';
import type { BrakeLimit } from '../../plan/contact-options.ts';
import type { BooksSource } from '../../ports/billing-source.ts';
import type { StandingSearch } from '../../ports/ledger.ts';
import type { Progress } from '../../ports/progress.ts';
import type { DocumentRecipe } from './document-job.ts';
import type { DocumentSource } from './document-source.ts';
import { gather } from './gather.ts';
import { listedSubject } from './listed-subject.ts';
import { placeOfExpense } from './place-of-expense.ts';

export interface BooksInvoiceSources {
  readonly map: AccountMap;
  readonly options: BooksInvoiceOptions & { readonly cutOver: CalendarDate };
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
  return async ({ standing }, { context: { now } }) => {
    progress.begin('read-left');
    const [found, taxes] = await Promise.all([gather(books.listedInvoices()), books.taxes()]);
    progress.advance('read-left', found.length);
    progress.end('read-left');
    const numbers = new Set(found.map(({ number }) => number));
    const search: StandingSearch = {
      kinds: KINDS,
      since: options.cutOver,
      subjectOf: (number) => (leadsTo(number, numbers) ? undefined : 'on-its-page'),
    };
    const taken: ReadonlyMap<string, string> =
      books.isPart === true ? (books.gone ?? new Map()) : await standing(search);
    const names = new Map(taxes.map(({ id, name }) => [id, name]));
    const wholeOf = async (id: string): Promise<DocumentSource | undefined> => {
      const invoice = await books.invoice(id);
      if (invoice !== undefined) return subjectOf(invoice, names, options);
      const number = taken.get(id);
      return number === undefined ? undefined : goneSubject(id, number);
    };
    const listed = new Set(found.map(({ id }) => id));
    const gone = [...taken].filter(([id]) => !listed.has(id));
    const work = {
      subjects: [
        ...(books.isListOnly === true ? [] : found).map((one) => {
          const { id, number } = one;
          const known = { title: number, kinds: KINDS, firstNumber: number, sources: [] };
          return listedSubject(one, now, options, known, () => wholeOf(id));
        }),
        ...gone.map(([id, number]) =>
          numbers.has(number) ? replacedSubject(id, number) : goneSubject(id, number),
        ),
      ],
      leftOut: [],
      needs: {},
      map: withTaxIds(map, taxes),
      roster: { title: 'invoices', isEmpty: found.length === 0, limit: shrink },
    };
    return { sources: [], deal: () => work };
  };
}

const KINDS = ['sales-invoice'] as const;

/** Whether an invoice of the books leads to a document of this number, or another recipe's usual numbers do. */
function leadsTo(number: string, listed: ReadonlySet<string>): boolean {
  const first = number.replace(/-[1-9]\d*$/, '');
  return listed.has(number) || listed.has(first) || number.startsWith(`${USUAL_PREFIX.milestone}-`);
}

/** Deleted and made again under its number: what Xero holds of that number is the new one's to answer for. */
function replacedSubject(id: string, number: string): DocumentSource {
  const because = `gone from Zoho Books, where another invoice is ${number}`;
  return {
    ...goneSubject(id, number),
    isGone: false,
    plan: (_, state) => planReplaced({ subject: id, purpose: 'charge', because }, state),
  };
}

function goneSubject(id: string, firstNumber: string): DocumentSource {
  const because = 'the invoice is gone from Zoho Books';
  return {
    id,
    title: firstNumber,
    kinds: KINDS,
    firstNumber,
    party: { id: undefined, name: undefined },
    sources: [],
    isGone: true,
    plan: (_, state, context) =>
      planGone({ subject: id, firstNumber, purpose: 'charge', because }, state, context),
  };
}

function subjectOf(
  invoice: BooksInvoice,
  taxNames: ReadonlyMap<string, string>,
  options: BooksInvoiceSources['options'],
): DocumentSource {
  const because = whyNotBooksInvoice(invoice, options);
  const charged = dueLines(invoice).flatMap(({ kind, id }) => (kind === 'expense' ? id : []));
  return {
    id: invoice.id,
    title: `${invoice.number}, ${invoice.customerName}`,
    kinds: KINDS,
    firstNumber: invoice.number,
    party: { id: invoice.customerId, name: invoice.customerName },
    sources: dueLines(invoice).map(({ kind, id }) => ({ kind, id })),
    ...(because === undefined ? { needs: needsOf(invoice, taxNames) } : { waits: because }),
    ...(charged.length === 0
      ? {}
      : {
          others: charged.map((id) => placeOfExpense({ id })),
          mayBeCharged: {
            since: options.cutOver,
            sources: charged.map((id) => ({ kind: 'expense', id }) as const),
          },
        }),
    plan: (contact, state, context) => planBooksInvoice(invoice, contact, state, { ...context, options }),
  };
}

function needsOf({ lines, currency }: BooksInvoice, taxNames: ReadonlyMap<string, string>): MapNeeds {
  const taxIds = new Set(lines.flatMap(({ taxId }) => taxId ?? []));
  return {
    sales: lines.map(({ account }) => account),
    taxes: [...taxIds].map((id) => ({ tax: taxNames.get(id) ?? id, side: 'sales' })),
    currencies: [currency],
  };
}

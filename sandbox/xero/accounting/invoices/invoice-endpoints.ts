import type { Answer } from '../../../simulator.ts';
import type { Books } from '../../books/books.ts';
import { isGuid } from '../../books/ids.ts';
import type { Invoice } from '../../books/invoice.ts';
import { unitPlacesOf } from '../../documents/document-terms.ts';
import { flag, listOf, param, type XeroCall, type XeroEndpoint } from '../../endpoint.ts';
import { modifiedSince, paged, selected } from '../../query/listing.ts';
import { readInput } from '../../wire/input.ts';
import { ElementFault, notFound } from '../../wire/refusal.ts';
import { writeElements, writeOne } from '../elements.ts';
import { envelope, listAnswer } from '../envelope.ts';
import { invoiceColumns } from './invoice-columns.ts';
import { InvoiceInput } from './invoice-input.ts';
import { type InvoiceView, showInvoice, showInvoiceSummary } from './invoice-json.ts';
import { writeInvoice } from './invoice-writing.ts';

const scopes = ['accounting.invoices'];

/** `/Invoices`: sales invoices and bills. */
export const invoiceEndpoints: readonly XeroEndpoint[] = [
  { method: 'GET', path: '/Invoices', operation: 'invoices.list', scopes, handle: list },
  {
    method: 'PUT',
    path: '/Invoices',
    operation: 'invoices.create',
    scopes,
    handle: (call) => writeElements(call, writing(call, undefined)),
  },
  {
    method: 'POST',
    path: '/Invoices',
    operation: 'invoices.save',
    scopes,
    handle: (call) => writeElements(call, writing(call, matched)),
  },
  {
    method: 'GET',
    path: '/Invoices/:InvoiceID',
    operation: 'invoices.get',
    scopes,
    handle: (call) => {
      const invoice = invoiceAt(call);
      return envelope(call.books, {
        Invoices: [showInvoice(call.books, invoice, { ...viewOf(call), alone: true })],
      });
    },
  },
  {
    method: 'POST',
    path: '/Invoices/:InvoiceID',
    operation: 'invoices.update',
    scopes,
    handle: (call) => {
      const invoice = invoiceAt(call);
      return writeOne(
        call,
        writing(call, () => invoice),
      );
    },
  },
  {
    method: 'GET',
    path: '/Invoices/:InvoiceID/OnlineInvoice',
    operation: 'invoices.online',
    scopes,
    handle: (call) => {
      const { id } = invoiceAt(call);
      const url = `${call.books.world.origin}/xero/online/${id.replaceAll('-', '')}`;
      return envelope(call.books, { OnlineInvoices: [{ OnlineInvoiceUrl: url }] });
    },
  },
  {
    method: 'POST',
    path: '/Invoices/:InvoiceID/Email',
    operation: 'invoices.email',
    scopes,
    handle: (call) => {
      const { books } = call;
      const invoice = invoiceAt(call);
      books.invoices.put({ ...invoice, sentToContact: true });
      books.record(invoice.id, 'Emailed', 'This invoice has been sent to the contact.');
      return { status: 204 };
    },
  },
];

/** The invoice of the path, by id or, for sales invoices, by number. @throws Refusal 404 */
function invoiceAt({ books, params }: Pick<XeroCall, 'books' | 'params'>): Invoice {
  const key = params.InvoiceID ?? '';
  const found = isGuid(key) ? books.invoices.get(key) : books.salesInvoiceByNumber(key);
  if (found === undefined) throw notFound();
  return found;
}

function list(call: XeroCall): Answer {
  const { books } = call;
  const columns = invoiceColumns(books);
  const listing = paged(call, selected(call, modifiedSince(call, filtered(call)), columns));
  if (flag(call, 'summaryOnly'))
    return listAnswer(books, 'Invoices', listing, (invoice) => showInvoiceSummary(books, invoice));
  const view: InvoiceView = {
    ...viewOf(call),
    fullContact: false,
    withLines: listing.pagination !== undefined,
  };
  return listAnswer(books, 'Invoices', listing, (invoice) => showInvoice(books, invoice, view));
}

/** What the fast filters leave: they use indexes. */
function filtered(call: XeroCall): readonly Invoice[] {
  const { books, query, grant } = call;
  const statuses = listOf(call, 'Statuses')?.map((status) => status.toUpperCase());
  const contacts = listOf(call, 'ContactIDs')?.map((id) => id.toLowerCase());
  const term = query.searchTerm?.trim().toLowerCase() ?? '';
  const mine = flag(call, 'createdByMyApp');
  return candidates(call).filter(
    (invoice) =>
      (statuses === undefined || statuses.includes(invoice.status)) &&
      (contacts === undefined || contacts.includes(invoice.contactId)) &&
      (!mine || invoice.madeBy === grant.clientId) &&
      (term === '' || matchesTerm(books, invoice, term)),
  );
}

function candidates(call: XeroCall): readonly Invoice[] {
  const { books } = call;
  const ids = listOf(call, 'IDs');
  const numbers = listOf(call, 'InvoiceNumbers');
  const contacts = listOf(call, 'ContactIDs');
  if (ids !== undefined) return [...new Set(ids)].flatMap((id) => books.invoices.get(id) ?? []);
  if (numbers !== undefined) {
    const wanted = [...new Set(numbers.map((number) => number.toLowerCase()))];
    return wanted.flatMap((number) => [...books.invoices.found(books.invoicesByNumber, number)]);
  }
  if (contacts !== undefined) {
    const wanted = [...new Set(contacts.map((id) => id.toLowerCase()))];
    return wanted.flatMap((id) => [...books.invoices.found(books.invoicesByContact, id)]);
  }
  return [...books.invoices.rows()];
}

function matchesTerm(books: Books, { number, reference, contactId }: Invoice, term: string): boolean {
  const name = books.contacts.get(contactId)?.name ?? '';
  return [number, reference, name].some((value) => value.toLowerCase().includes(term));
}

/** The invoice that a POST means: by id, else a sales invoice by its number. */
function matched({ books }: XeroCall, input: InvoiceInput): Invoice | undefined {
  if (input.InvoiceID !== undefined) {
    const found = books.invoices.get(input.InvoiceID);
    if (found === undefined)
      throw new ElementFault(['The document with the supplied id was not found for this endpoint.']);
    return found;
  }
  const number = input.InvoiceNumber?.trim() ?? '';
  return number === '' || input.Type?.toUpperCase() === 'ACCPAY'
    ? undefined
    : books.salesInvoiceByNumber(number);
}

function writing(
  call: XeroCall,
  find: ((call: XeroCall, input: InvoiceInput) => Invoice | undefined) | undefined,
) {
  const { books, grant } = call;
  const view = viewOf(call);
  return {
    plural: 'Invoices',
    idKey: 'InvoiceID',
    write: (element: Record<string, unknown>, index: number): object => {
      const input = readInput(InvoiceInput, element, `Invoices[${index}]`);
      const previous = find?.(call, input);
      const invoice = writeInvoice(books, input, previous, {
        madeBy: grant.clientId,
        unitPlaces: view.unitPlaces,
      });
      return showInvoice(books, invoice, view);
    },
  };
}

function viewOf(call: XeroCall): InvoiceView {
  return { fullContact: true, withLines: true, unitPlaces: unitPlacesOf(call.query.unitdp), alone: false };
}

/** For endpoints below an invoice. */
export function invoiceOwner(call: XeroCall): { id: string } {
  return invoiceAt({ books: call.books, params: { InvoiceID: param(call, 'ownerId') } });
}

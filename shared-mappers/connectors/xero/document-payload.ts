import { type ExactJsonObject, exactNumber } from '../../http/exact-json.ts';
import type {
  DesiredDocument,
  DocumentLine,
  DraftStatus,
  HeldDocument,
  LineAmounts,
} from '../../model/billing/document.ts';
import { DOCUMENT_HOMES } from './document-home.ts';
import { joinReference } from './spend-reference.ts';

const STATUSES: Readonly<Record<DraftStatus, string>> = {
  draft: 'DRAFT',
  submitted: 'SUBMITTED',
  authorised: 'AUTHORISED',
};
/** Invoices default to Exclusive, bank transactions were seen to come back Inclusive: always sent. */
const LINE_AMOUNTS: Readonly<Record<LineAmounts, string>> = {
  exclusive: 'Exclusive',
  inclusive: 'Inclusive',
  'no-tax': 'NoTax',
};

/** A link that holds the vendor's name, a portal's perhaps, is refused with the whole document. */
const FORBIDDEN_IN_URL = /xero/i;

/**
 * A document as Xero takes it. Totals and tax are left for Xero to work out, so that its own figures are what ours are
 * compared with; line amounts are sent, and Xero refuses a line whose amount it would round otherwise.
 *
 * @param held the draft that it replaces: lines that go on keep their ids
 */
export function documentPayload(document: DesiredDocument, held?: HeldDocument): ExactJsonObject {
  const { kind, contactId, date, currency, lineAmounts, lines, url } = document;
  const { type, id } = DOCUMENT_HOMES[kind];
  const ids = held === undefined ? [] : lineIds(lines, held);
  return {
    ...(held === undefined ? {} : { [id]: held.id }),
    Type: type,
    Contact: { ContactID: contactId },
    Date: date,
    CurrencyCode: currency,
    LineAmountTypes: LINE_AMOUNTS[lineAmounts],
    ...headOf(document),
    ...(url === undefined || FORBIDDEN_IN_URL.test(url) ? {} : { Url: url }),
    LineItems: lines.map((line, index) => linePayload(line, ids[index])),
  };
}

function headOf(document: DesiredDocument): ExactJsonObject {
  const { kind, number, dueDate, status, reference, bankAccountId } = document;
  if (kind === 'spend-money') {
    // There is no draft of it. Its number travels in the reference.
    const BankAccount = bankAccountId === undefined ? {} : { BankAccount: { AccountID: bankAccountId } };
    return { Status: 'AUTHORISED', Reference: joinReference(number, reference), ...BankAccount };
  }
  return {
    Status: STATUSES[status],
    InvoiceNumber: number,
    ...(dueDate === undefined ? {} : { DueDate: dueDate }),
    // A bill has none: what is shown as its reference is its number.
    ...(kind === 'sales-invoice' ? { Reference: reference } : {}),
  };
}

function linePayload(line: DocumentLine, lineId: string | undefined): ExactJsonObject {
  return {
    ...(lineId === undefined ? {} : { LineItemID: lineId }),
    Description: line.description,
    Quantity: exactNumber(line.quantity),
    UnitAmount: exactNumber(line.unitAmount),
    LineAmount: exactNumber(line.amount),
    AccountCode: line.accountCode,
    TaxType: line.taxType,
    Tracking: line.tracking.map(({ category, option }) => ({ Name: category, Option: option })),
  };
}

/**
 * Which held line each line goes on as: the one that says the same, else the one in its place. Xero deletes lines
 * whose id is not sent and makes those without one anew, and links to a line would go with it.
 */
function lineIds(lines: readonly DocumentLine[], held: HeldDocument): (string | undefined)[] {
  const free = new Map(held.lines.map((line) => [line.id, line]));
  const taken = lines.map((line) => {
    for (const [id, { description, accountCode }] of free) {
      if (description !== line.description || accountCode !== line.accountCode) continue;
      free.delete(id);
      return id;
    }
    return undefined;
  });
  return taken.map((id, index) => {
    const inPlace = held.lines[index]?.id;
    if (id !== undefined || inPlace === undefined || !free.delete(inPlace)) return id;
    return inPlace;
  });
}

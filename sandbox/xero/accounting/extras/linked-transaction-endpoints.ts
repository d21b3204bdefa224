import { z } from 'zod';
import type { Answer } from '../../../simulator.ts';
import type { Books } from '../../books/books.ts';
import type { LinkedTransaction } from '../../books/linked-transaction.ts';
import { param, type XeroCall, type XeroEndpoint } from '../../endpoint.ts';
import { paged } from '../../query/listing.ts';
import { readInput, Text } from '../../wire/input.ts';
import { ElementFault, notFound, validationException } from '../../wire/refusal.ts';
import { msStamp } from '../../wire/wire-time.ts';
import { writeElements, writeOne } from '../elements.ts';
import { envelope, listAnswer } from '../envelope.ts';
import { linkStatus } from './linked-transaction-status.ts';

const scopes = ['accounting.invoices'];
const PATH = '/LinkedTransactions';

/** `/LinkedTransactions`: cost lines that are billed on to customers. */
export const linkedTransactionEndpoints: readonly XeroEndpoint[] = [
  { method: 'GET', path: PATH, operation: 'linked-transactions.list', scopes, handle: list },
  {
    method: 'PUT',
    path: PATH,
    operation: 'linked-transactions.create',
    scopes,
    handle: (call) => writeElements(call, writing(call, undefined)),
  },
  {
    method: 'GET',
    path: `${PATH}/:LinkedTransactionID`,
    operation: 'linked-transactions.get',
    scopes,
    handle: (call) => envelope(call.books, { LinkedTransactions: [showLink(call.books, linkAt(call))] }),
  },
  {
    method: 'POST',
    path: `${PATH}/:LinkedTransactionID`,
    operation: 'linked-transactions.update',
    scopes,
    handle: (call) => writeOne(call, writing(call, linkAt(call))),
  },
  {
    method: 'DELETE',
    path: `${PATH}/:LinkedTransactionID`,
    operation: 'linked-transactions.delete',
    scopes,
    handle: (call) => {
      const { books } = call;
      const link = linkAt(call);
      if (linkStatus(books, link) === 'BILLED') {
        const Message = 'A billed linked transaction cannot be deleted.';
        throw validationException([{ ...showLink(books, link), ValidationErrors: [{ Message }] }]);
      }
      books.linkedTransactions.remove(link.id);
      return { status: 204 };
    },
  },
];

const LinkInput = z.object({
  SourceTransactionID: Text,
  SourceLineItemID: Text,
  ContactID: Text,
  TargetTransactionID: Text,
  TargetLineItemID: Text,
});
type LinkInput = z.infer<typeof LinkInput>;

function linkAt(call: XeroCall): LinkedTransaction {
  const found = call.books.linkedTransactions.get(param(call, 'LinkedTransactionID'));
  if (found === undefined) throw notFound();
  return found;
}

function list(call: XeroCall): Answer {
  const { books, query } = call;
  const is = (name: string, value: string | undefined): boolean =>
    query[name] === undefined || query[name]?.toLowerCase() === value?.toLowerCase();
  const found = [...books.linkedTransactions.rows()].filter(
    (link) =>
      is('LinkedTransactionID', link.id) &&
      is('SourceTransactionID', link.sourceId) &&
      is('ContactID', link.contactId) &&
      is('TargetTransactionID', link.targetId) &&
      is('Status', linkStatus(books, link)),
  );
  return listAnswer(books, 'LinkedTransactions', paged(call, found), (link) => showLink(books, link));
}

function showLink(books: Books, link: LinkedTransaction): object {
  return {
    LinkedTransactionID: link.id,
    SourceTransactionID: link.sourceId,
    SourceLineItemID: link.sourceLineId,
    ...(link.contactId === undefined ? {} : { ContactID: link.contactId }),
    ...(link.targetId === undefined ? {} : { TargetTransactionID: link.targetId }),
    ...(link.targetLineId === undefined ? {} : { TargetLineItemID: link.targetLineId }),
    Status: linkStatus(books, link),
    Type: 'BILLABLEEXPENSE',
    UpdatedDateUTC: msStamp(link.updatedMs),
    SourceTransactionTypeCode: books.invoices.get(link.sourceId) === undefined ? 'SPEND' : 'ACCPAY',
  };
}

function writing(call: XeroCall, previous: LinkedTransaction | undefined) {
  const { books } = call;
  return {
    plural: 'LinkedTransactions',
    idKey: 'LinkedTransactionID',
    write: (element: Record<string, unknown>, index: number): object => {
      const input = readInput(LinkInput, element, `LinkedTransactions[${index}]`);
      return showLink(books, books.linkedTransactions.put(linked(books, input, previous)));
    },
  };
}

function linked(books: Books, input: LinkInput, previous: LinkedTransaction | undefined): LinkedTransaction {
  const sourceId = (input.SourceTransactionID ?? previous?.sourceId ?? '').toLowerCase();
  const sourceLineId = (input.SourceLineItemID ?? previous?.sourceLineId ?? '').toLowerCase();
  const contactId = (input.ContactID ?? previous?.contactId)?.toLowerCase();
  const targetId = (input.TargetTransactionID ?? previous?.targetId)?.toLowerCase();
  const targetLineId = (input.TargetLineItemID ?? previous?.targetLineId)?.toLowerCase();
  checkSource(books, sourceId, sourceLineId, previous);
  if (contactId !== undefined && books.contacts.get(contactId) === undefined) {
    throw new ElementFault(['The ContactID could not be found']);
  }
  const target = checkTarget(books, { contactId, targetId, targetLineId });
  const customer = contactId ?? target;
  return {
    id: previous?.id ?? books.ids.next(),
    sourceId,
    sourceLineId,
    ...(customer === undefined ? {} : { contactId: customer }),
    ...(targetId === undefined ? {} : { targetId }),
    ...(targetLineId === undefined ? {} : { targetLineId }),
    updatedMs: books.now(),
  };
}

/** The source is a line of a bill or of money spent, linked once. */
function checkSource(
  books: Books,
  id: string,
  lineId: string,
  previous: LinkedTransaction | undefined,
): void {
  const source = books.invoices.get(id) ?? books.bankTransactions.get(id);
  if (source === undefined || (source.type !== 'ACCPAY' && source.type !== 'SPEND')) {
    throw new ElementFault([
      'The SourceTransactionID could not be found, or is no bill or spend money transaction',
    ]);
  }
  if (!source.lines.some((line) => line.id === lineId)) {
    throw new ElementFault(['The SourceLineItemID and SourceTransactionID do not match']);
  }
  for (const link of books.linkedTransactions.found(books.linksBySource, lineId)) {
    if (link.id !== previous?.id) throw new ElementFault(['The SourceLineItemID is already linked']);
  }
}

/** The target is a sales invoice that is not approved yet, of the same contact. @returns its contact */
function checkTarget(
  books: Books,
  {
    contactId,
    targetId,
    targetLineId,
  }: { contactId: string | undefined; targetId: string | undefined; targetLineId: string | undefined },
): string | undefined {
  if (targetId === undefined) {
    if (targetLineId !== undefined)
      throw new ElementFault(['A TargetTransactionID must be specified with the TargetLineItemID']);
    return undefined;
  }
  const target = books.invoices.get(targetId);
  if (
    target === undefined ||
    target.type !== 'ACCREC' ||
    (target.status !== 'DRAFT' && target.status !== 'SUBMITTED')
  ) {
    throw new ElementFault(['The TargetTransactionID must be a draft or submitted sales invoice']);
  }
  if (contactId !== undefined && target.contactId !== contactId) {
    throw new ElementFault(['The ContactID does not match the contact of the target transaction']);
  }
  if (targetLineId !== undefined && !target.lines.some(({ id }) => id === targetLineId)) {
    throw new ElementFault(['The TargetLineItemID and TargetTransactionID do not match']);
  }
  return target.contactId;
}

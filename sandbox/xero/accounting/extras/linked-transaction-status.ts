import type { Books } from '../../books/books.ts';
import type { LinkedTransaction } from '../../books/linked-transaction.ts';

export type LinkStatus = 'DRAFT' | 'APPROVED' | 'ONDRAFT' | 'BILLED' | 'VOIDED';

/** The status of a billable cost: it follows the document the cost is on, and the invoice it goes on. */
export function linkStatus(books: Books, { sourceId, targetId }: LinkedTransaction): LinkStatus {
  const source = books.invoices.get(sourceId) ?? books.bankTransactions.get(sourceId);
  if (source === undefined || source.status === 'VOIDED' || source.status === 'DELETED') return 'VOIDED';
  const target = targetId === undefined ? undefined : books.invoices.get(targetId);
  if (target?.status === 'AUTHORISED' || target?.status === 'PAID') return 'BILLED';
  if (target?.status === 'DRAFT' || target?.status === 'SUBMITTED') return 'ONDRAFT';
  return source.status === 'DRAFT' || source.status === 'SUBMITTED' ? 'DRAFT' : 'APPROVED';
}

import { INVOICE_STATUSES, type Invoice, type InvoiceStatus } from '../../books/invoice.ts';

/** Where a caller may take an invoice from each status; PAID is the system's own doing. */
const NEXT: Readonly<Record<InvoiceStatus, readonly InvoiceStatus[]>> = {
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  SUBMITTED: ['SUBMITTED', 'AUTHORISED', 'DRAFT', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'VOIDED'],
  PAID: ['PAID', 'AUTHORISED'],
  VOIDED: [],
  DELETED: [],
};
const FIRST: readonly InvoiceStatus[] = ['DRAFT', 'SUBMITTED', 'AUTHORISED'];

/** The status after a request; a status that cannot be goes to `faults`. */
export function nextStatus(
  previous: Invoice | undefined,
  asked: string | undefined,
  faults: string[],
): InvoiceStatus {
  const now = previous?.status ?? 'DRAFT';
  const wanted = asked?.toUpperCase() ?? now;
  const status = INVOICE_STATUSES.find((known) => known === wanted);
  if (previous === undefined) {
    if (status !== undefined && FIRST.includes(status)) return status;
    faults.push('Invoice not of valid status for creation');
    return 'DRAFT';
  }
  if (status === undefined || !NEXT[now].includes(status)) {
    faults.push('Invoice not of valid status for modification');
    return now;
  }
  if (previous.paymentIds.length > 0 && status !== now && !isSettled(now, status)) {
    faults.push(
      `The status ${status} cannot be applied to the invoice because it has payments or credit notes allocated to it.`,
    );
    return now;
  }
  return now === 'PAID' ? 'PAID' : status;
}

/** Clients that send a paid invoice back as AUTHORISED mean no change. */
function isSettled(now: InvoiceStatus, status: InvoiceStatus): boolean {
  return now === 'PAID' && status === 'AUTHORISED';
}

import type { ListedInvoice } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import { hydrateInvoice, hydrateInvoiceDetail } from '../hydrators/zoho-invoice.ts';
import type { Step } from '../step.ts';
import { invoiceItem } from './invoice-item.ts';

/** An invoice as it is listed; what costs a call of its own is read when a later step takes it. */
export function listedInvoiceItem(
  listed: ListedInvoice,
  booksOrganisation: string | undefined,
  { z }: Pick<Step, 'z'>,
) {
  const at = { invoice: listed.id, booksOrganisation };
  const detail = (field: string): string => z.dehydrate(hydrateInvoiceDetail, { ...at, field });
  return {
    ...invoiceItem(listed),
    lineAmounts: detail('lineAmounts'),
    subTotal: detail('subTotal'),
    totalTax: detail('totalTax'),
    lines: detail('lines'),
    invoice: z.dehydrate(hydrateInvoice, at),
  };
}

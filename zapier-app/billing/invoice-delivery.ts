import type { BooksInvoice } from '@stackbridge/shared-mappers/model/billing/books-invoice.ts';
import { parsedJson } from '@stackbridge/shared-mappers/model/parsed-json.ts';
import type { Progress } from '@stackbridge/shared-mappers/ports/progress.ts';
import { prepareZohoInvoice } from '@stackbridge/shared-mappers/recipes/prepare-zoho-invoice.ts';
import { z } from 'zod';
import { StepFault } from '../errors/step-fault.ts';
import type { DeliveredJob } from './bill-delivered.ts';
import { readZohoInvoiceRecipe } from './billing-recipe.ts';
import { type BooksReading, booksReading } from './books-reading.ts';
import { deliveredBooks } from './delivered-sources.ts';
import { type GoneDelivery, goneDelivery } from './gone-delivery.ts';

const text = z.string();
const more = text.exactOptional();

const line = z.strictObject({
  id: text,
  description: text,
  quantity: text,
  unitAmount: text,
  amount: text,
  account: text,
  taxId: more,
  booksProjectId: more,
  expenseId: more,
});

const invoice: z.ZodType<BooksInvoice> = z.strictObject({
  id: text,
  number: text,
  status: z.enum(['draft', 'open', 'paid', 'void']),
  customerId: text,
  customerName: text,
  date: text,
  dueDate: more,
  currency: text,
  reference: text,
  lineAmounts: z.enum(['exclusive', 'inclusive']),
  lines: z.array(line),
  subTotal: text,
  totalTax: text,
  total: text,
  modifiedAt: z.number().exactOptional(),
});

/** An invoice of the books on its way from one Zap step to another. */
export interface InvoiceDelivery extends BooksReading {
  readonly invoice: BooksInvoice;
}

const delivery: z.ZodType<InvoiceDelivery> = z.strictObject({ ...booksReading, invoice });

export function packInvoice(delivered: InvoiceDelivery): string {
  return JSON.stringify(delivered);
}

/**
 * What the trigger has handed on, or what was found to be gone, ready to be billed by the recipe.
 *
 * @throws StepFault for a text that no step of this app has made, and for a recipe with its faults
 */
export function deliveredInvoice(recipeText: string, delivered: string, progress: Progress): DeliveredJob {
  const { recipe, map } = readZohoInvoiceRecipe(recipeText);
  const read = readInvoice(delivered);
  if ('gone' in read) {
    const { id, number } = read.gone;
    const books = deliveredBooks({ gone: new Map([[id, number]]) });
    return { job: prepareZohoInvoice({ recipe, map, books, progress }), subject: id, readAt: read.readAt };
  }
  const { invoice, taxes, readAt } = read;
  const books = deliveredBooks({ invoices: [invoice], taxes });
  return { job: prepareZohoInvoice({ recipe, map, books, progress }), subject: invoice.id, readAt };
}

function readInvoice(given: string): InvoiceDelivery | GoneDelivery {
  const read = z.union([delivery, goneDelivery]).safeParse(parsedJson(given));
  if (read.success) return read.data;
  throw new StepFault(
    'WRONG_INPUT',
    'The field Invoice must hold the "Invoice for Billing Steps" of the trigger Invoice Created in Zoho Books or of the search for one, and nothing else.',
  );
}

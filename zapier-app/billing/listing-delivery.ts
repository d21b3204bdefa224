import { parsedJson } from '@stackbridge/shared-mappers/model/parsed-json.ts';
import type { ListedRecord } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import { z } from 'zod';
import { StepFault } from '../errors/step-fault.ts';

export const BOOKS_LISTS = ['expenses', 'invoices'] as const;
export type BooksList = (typeof BOOKS_LISTS)[number];

/** What there is in the books, on its way from one Zap step to another: nothing but what it is known by. */
export interface ListingDelivery {
  readonly list: BooksList;
  readonly listed: readonly Pick<ListedRecord, 'id' | 'number'>[];
  /** From before the reading: milliseconds since 1970. */
  readonly readAt: number;
}

const delivery = z.strictObject({
  list: z.enum(BOOKS_LISTS),
  /** Id and number. */
  listed: z.array(z.tuple([z.string(), z.string()])),
  readAt: z.number(),
});

/** Thousands of them are one text: what can be left out is. */
export function packListing({ list, listed, readAt }: ListingDelivery): string {
  const packed: z.input<typeof delivery> = {
    list,
    listed: listed.map(({ id, number }) => [id, number]),
    readAt,
  };
  return JSON.stringify(packed);
}

/** @throws StepFault for a text that the trigger of this app has not made */
export function readListing(given: string): ListingDelivery {
  const read = delivery.safeParse(parsedJson(given));
  if (read.success) {
    const { listed, ...rest } = read.data;
    return { ...rest, listed: listed.map(([id, number]) => ({ id, number })) };
  }
  throw new StepFault(
    'WRONG_INPUT',
    'The field Listing must hold the "Listing for Billing Steps" of the trigger Expenses or Invoices Added or Gone in Zoho Books, and nothing else.',
  );
}

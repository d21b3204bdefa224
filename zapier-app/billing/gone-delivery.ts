import { z } from 'zod';
import { BOOKS_LISTS, type BooksList } from './listing-delivery.ts';

/** Something that is gone from the books, on its way to the step that answers what becomes of its document. */
export interface GoneDelivery {
  readonly list: BooksList;
  /** With the number of its first document. */
  readonly gone: { readonly id: string; readonly number: string };
  /** When the list was read that it is not on. */
  readonly readAt: number;
}

export const goneDelivery: z.ZodType<GoneDelivery> = z.strictObject({
  list: z.enum(BOOKS_LISTS),
  gone: z.strictObject({ id: z.string(), number: z.string() }),
  readAt: z.number(),
});

export function packGone(gone: GoneDelivery): string {
  return JSON.stringify(gone);
}

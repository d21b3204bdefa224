import { z } from 'zod';

const text = z.string();

const tax = z.strictObject({ id: text, name: text, percentage: text });
export type BooksTax = z.output<typeof tax>;

/** What comes with everything that was read in the books for another step. */
export interface BooksReading {
  /** The account map knows taxes by their names. */
  readonly taxes: readonly BooksTax[];
  /** From before the reading, by the clock of the step that read: milliseconds since 1970. */
  readonly readAt: number;
}

export const booksReading = { taxes: z.array(tax), readAt: z.number() };

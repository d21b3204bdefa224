import { z } from 'zod';

/** How these books answer; the defaults are what was seen most. */
export const BooksSettings = z.strictObject({
  /** Whether refusals come with HTTP 200. */
  errorsAs200: z.boolean().default(false),
  /** Whether `last_modified_time` narrows a listing: nobody has verified that it does. */
  sinceFilter: z.enum(['ignored', 'honoured']).default('ignored'),
  /** Calls of the organisation a minute. */
  perMinute: z.int().min(1).default(100),
  /** Calls a day: 1,000 in the free plan, 10,000 in the largest. */
  perDay: z.int().min(1).default(10_000),
  /** Calls answered at the same time. */
  concurrency: z.int().min(1).default(10),
});
export type BooksSettings = z.infer<typeof BooksSettings>;

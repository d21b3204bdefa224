import { z } from 'zod';

/** What an operator of the sandbox can turn. Defaults are the vendor's. */
export const Settings = z.strictObject({
  /** Calls in progress at a time, per organisation and app. */
  concurrent: z.int().min(1).default(5),
  /** Calls in any 60 seconds, per organisation and app. */
  perMinute: z.int().min(1).default(60),
  /** Calls a day, per organisation and app: 1,000 in the Starter tier, 5,000 above. */
  perDay: z.int().min(1).default(5000),
  /** Calls in any 60 seconds of the app, over all organisations. */
  appPerMinute: z.int().min(1).default(10_000),
  /**
   * How `X-Rate-Limit-Problem` is spelled: clients in the wild have met `minute`, `MinuteLimit` and `Minute limit`.
   */
  limitSpelling: z.enum(['plain', 'pascal', 'words']).default('plain'),
  /** Whether the user who connected may see payroll. */
  payrollAdmin: z.boolean().default(true),
  /** Whether Xero's store of idempotency keys is out of order: calls with a key then fail with a 500. */
  idempotencyDown: z.boolean().default(false),
});
export type Settings = z.infer<typeof Settings>;

import { z } from 'zod';

/** How this org behaves where orgs differ. */
export const Settings = z.strictObject({
  /** A refresh answers a new refresh token and ends the old one. Default false. */
  rotateRefreshTokens: z.boolean(),
  /** Name of the instance the org lives on; '' = the base address itself. A change ends access tokens. Default ''. */
  instance: z.string().regex(/^[a-z0-9-]*$/),
  /** How long an unused access token lives; each call renews it. Default 2 hours, Salesforce's own. */
  accessTokenTtlMs: z.number().int().min(1000),
  /** Calls allowed in any 24 hours. Default 100,000, an Enterprise org. */
  dailyApiRequests: z.number().int().min(1),
  /** How many polls find a bulk job still in progress. Default 1. */
  bulkPolls: z.number().int().min(0),
  /** Days a deleted record can still be read with queryAll and getDeleted. Default 15. */
  recycleBinDays: z.number().int().min(0),
});
export type Settings = z.infer<typeof Settings>;

export const DEFAULT_SETTINGS: Readonly<Settings> = {
  rotateRefreshTokens: false,
  instance: '',
  accessTokenTtlMs: 2 * 3600 * 1000,
  dailyApiRequests: 100_000,
  bulkPolls: 1,
  recycleBinDays: 15,
};

import type { Limits } from '../../http/limiter.ts';

/** "100 requests per minute per organization"; some are left to others. */
const CALLS_A_MINUTE = 90;
/** The plans allow 5 to 10. */
export const CONCURRENCY = 4;

export function zohoBooksLimits(): Limits {
  return {
    concurrency: CONCURRENCY,
    rates: [{ calls: CALLS_A_MINUTE, windowMs: 60_000 }],
    learn: untilReset,
  };
}

/** The day's quota, 1,000 to 10,000 calls by plan, is told in headers: once it is used up, nothing is sent before it is reset. */
function untilReset(headers: Readonly<Record<string, string>>): number | undefined {
  if (headers['x-rate-limit-remaining'] !== '0') return undefined;
  return resetAfterMs(headers);
}

/** Milliseconds until the day's quota is reset, where the headers say so. */
export function resetAfterMs(headers: Readonly<Record<string, string>>): number | undefined {
  const seconds = Number(headers['x-rate-limit-reset'] ?? Number.NaN);
  return seconds > 0 ? seconds * 1000 : undefined;
}

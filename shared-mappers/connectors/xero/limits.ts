import type { Limits } from '../../http/limiter.ts';
import type { Log } from '../../ports/log.ts';

/** "5 concurrent calls" for one organisation and application. */
export const MAX_CONCURRENT = 5;
const CALLS_PER_MINUTE = 60;
/** A minute's calls used up by others too: the next ones are held back rather than refused. */
const HOLD_MS = 5_000;
/** Days have 1,000 (Starter) or 5,000 calls; the headers do not say which. */
const FEW_OF_THE_DAY = 50;

/**
 * One organisation's limits: 5 calls at once, 60 a minute. The day's quota ends at a time of its own for each
 * organisation, told only by the refusal: a run does not keep calls back on its account, it warns once and stops when
 * Xero says that none is left.
 */
export function xeroLimits(log: Log): Limits {
  let warned = false;
  return {
    concurrency: MAX_CONCURRENT,
    rates: [{ calls: CALLS_PER_MINUTE, windowMs: 60_000 }],
    learn(headers) {
      const ofDay = remaining(headers['x-daylimit-remaining']);
      if (ofDay !== undefined && ofDay <= FEW_OF_THE_DAY && !warned) {
        warned = true;
        log.warn('API calls of the day nearly used up', { system: 'xero', remaining: ofDay });
      }
      const ofMinute = remaining(headers['x-minlimit-remaining']);
      const ofApplication = remaining(headers['x-appminlimit-remaining']);
      return ofMinute === 0 || ofApplication === 0 ? HOLD_MS : undefined;
    },
  };
}

function remaining(header: string | undefined): number | undefined {
  return header !== undefined && /^\d+$/.test(header.trim()) ? Number(header) : undefined;
}

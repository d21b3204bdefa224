import type { Limits } from '../../http/limiter.ts';
import type { Log } from '../../ports/log.ts';

/** API calls of the whole org in the last 24 hours, rolling. Servers disagree by a few calls: advisory. */
export interface ApiUsage {
  readonly used: number;
  readonly allowed: number;
}

/** Reads `Sforce-Limit-Info: api-usage=4153/15000`; undefined where it is missing or unreadable. */
export function parseLimitInfo(header: string | undefined): ApiUsage | undefined {
  const match = header?.match(/api-usage=(\d+)\/(\d+)/);
  return match === null || match === undefined
    ? undefined
    : { used: Number(match[1]), allowed: Number(match[2]) };
}

/** A developer org refuses more than 5 calls that run over 20 seconds, others 25. */
const CONCURRENCY = 5;
const NEARLY_USED_UP = 0.9;

/**
 * One org's limits. The day's quota is shared with everything else that uses the org, so a run does not keep calls
 * back on its account: it warns once when nine tenths are used, and stops when Salesforce says that none is left.
 *
 * @param concurrency calls under way at once, default 5
 */
export function salesforceLimits(log: Log, concurrency: number = CONCURRENCY): Limits {
  let warned = false;
  return {
    concurrency,
    learn(headers) {
      const usage = parseLimitInfo(headers['sforce-limit-info']);
      if (usage === undefined || warned || usage.used < usage.allowed * NEARLY_USED_UP) return undefined;
      warned = true;
      log.warn('API calls of the day nearly used up', { system: 'salesforce', ...usage });
      return undefined;
    },
  };
}

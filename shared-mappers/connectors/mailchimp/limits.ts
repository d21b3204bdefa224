import type { Limits } from '../../http/limiter.ts';

/** "10 simultaneous connections" for one user of the account, over all its clients; there is no rate and no quota. */
export const MAX_CONNECTIONS = 10;

/** @param connections calls under way at once, 1 to 10; default 10. Less where other clients share the account */
export function mailchimpLimits(connections: number = MAX_CONNECTIONS): Limits {
  return { concurrency: Math.min(Math.max(1, connections), MAX_CONNECTIONS) };
}

import type { Limits } from '../../http/limiter.ts';

/** Documented are 200 calls in two minutes for each URL pattern, met in the field are 100; a lock lasts up to 30 minutes. */
const CALLS_IN_WINDOW = 90;
const WINDOW_MS = 2 * 60_000;
/** Nothing is documented. */
const CONCURRENCY = 4;

export function zohoProjectsLimits(): Limits {
  return {
    concurrency: CONCURRENCY,
    rates: [{ calls: CALLS_IN_WINDOW, windowMs: WINDOW_MS }],
    laneOf: urlPattern,
    learn: pauseBeforeLock,
  };
}

/** `GET /api/v3/portal/:id/projects/:id/timelogs`: what the vendor counts together. */
export function urlPattern({ method, path }: { readonly method: string; readonly path: string }): string {
  const [bare = ''] = path.split('?', 1);
  return `${method} ${bare.replace(/(\/portal\/)[^/]+/, '$1:id').replace(/\/\d+(?=\/|$)/g, '/:id')}`;
}

/** Others use the portal as well: where calls under way could use up the rest, the window is waited out. */
function pauseBeforeLock(headers: Readonly<Record<string, string>>): number | undefined {
  const remaining = Number(headers['ratelimit-remaining'] ?? Number.NaN);
  return remaining < CONCURRENCY ? WINDOW_MS : undefined;
}

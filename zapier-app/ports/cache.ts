import type { ZObject } from 'zapier-platform-core';

/** For what is renewed by every check: it outlives a Zap that is paused for a month. */
export const A_MONTH_S = 30 * 86_400;

/** What Zapier keeps for a while, out of others' sight; it may forget. */
export interface Cache {
  get(key: string): Promise<unknown>;
  /** @param seconds how long it is kept */
  set(key: string, value: unknown, seconds: number): Promise<void>;
}

/** Seen by every step with the same connected account. */
export function accountCache(z: Pick<ZObject, 'cache'>): Cache {
  return cacheWithin(z, ['auth']);
}

/** Seen by every step of the same user, whatever account it has. */
export function userCache(z: Pick<ZObject, 'cache'>): Cache {
  return cacheWithin(z, ['user']);
}

function cacheWithin({ cache }: Pick<ZObject, 'cache'>, scope: string[]): Cache {
  return {
    // The library takes the scope, its types do not know of it.
    get: async (key) => Reflect.apply(cache.get, cache, [key, scope]),
    set: async (key, value, seconds) => {
      await cache.set(key, value, seconds, scope);
    },
  };
}

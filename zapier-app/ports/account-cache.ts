import type { ZObject } from 'zapier-platform-core';

/** What Zapier keeps for a while for one connected account; it may forget. */
export interface AccountCache {
  get(key: string): Promise<unknown>;
  /** @param seconds how long it is kept */
  set(key: string, value: unknown, seconds: number): Promise<void>;
}

const ACCOUNT = ['auth'];

export function accountCache({ cache }: Pick<ZObject, 'cache'>): AccountCache {
  return {
    // The library takes the scope, its types do not know of it.
    get: async (key) => Reflect.apply(cache.get, cache, [key, ACCOUNT]),
    set: async (key, value, seconds) => {
      await cache.set(key, value, seconds, ACCOUNT);
    },
  };
}

import type { Store } from '../../ports/store.ts';

/** A store that remembers nothing and never makes anybody wait: what one execution needs of it, it lays over this. */
export function forgetfulStore(): Store {
  return {
    acquireLease: async (scope) => ({ lease: { scope, token: 1 } }),
    renewLease: async () => true,
    releaseLease: async () => {},
    commit: async () => {},
    linksByLeft: async () => [],
    linksByRight: async () => [],
    linksByKey: async () => [],
    links: async () => [],
    countLinks: async () => 0,
    intents: async () => [],
    watermark: async () => undefined,
    memo: async () => undefined,
    saveMemo: async () => {},
    parked: async () => [],
    decisions: async () => [],
    saveRun: async () => {},
  };
}

import type { KeptTokens, TokenKeeper } from '../connections/token-keeper.ts';

/** Renewed tokens of one scenario; as the vault does, it outlives the runs. */
export function memoryTokens(): TokenKeeper {
  const kept = new Map<string, KeptTokens>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: async (system, grant) => kept.get(`${system} ${grant}`),
    async write(system, grant, tokens) {
      kept.set(`${system} ${grant}`, tokens);
    },
    forget: (system, grant) => void kept.delete(`${system} ${grant}`),
    alone(_system, _grant, work) {
      const turn = last.then(work);
      last = turn.catch(() => {});
      return turn;
    },
  };
}

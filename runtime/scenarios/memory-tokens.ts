import type { KeptTokens, TokenKeeper } from '../connections/token-keeper.ts';

/** Renewed tokens of one scenario; as the vault does, they outlive the runs. */
export type TokensInMemory = Map<string, KeptTokens>;

/** One keeper a run: a run that is cut lets go of its turn, as a process that is killed does. */
export function memoryTokens(kept: TokensInMemory = new Map()): TokenKeeper {
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

import type { TokensFile } from '../connections/tokens-file.ts';

/** Refreshed tokens of one scenario; as the file does, it outlives the runs. */
export function memoryTokens(): TokensFile {
  const stored = new Map<string, ReturnType<TokensFile['read']>>();
  return {
    read(system, grant) {
      const tokens = stored.get(system);
      return tokens?.grant === grant ? tokens : undefined;
    },
    write(system, tokens) {
      stored.set(system, tokens);
    },
  };
}

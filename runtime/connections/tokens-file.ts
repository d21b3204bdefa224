import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { z } from 'zod';

const storedTokens = z.object({
  /** Which configured grant these tokens grew from: another one in the connections file makes them void. */
  grant: z.string(),
  accessToken: z.string(),
  refreshToken: z.string(),
  instanceUrl: z.string(),
  /** Milliseconds since 1970. */
  savedAt: z.number(),
});
const content = z.record(z.string(), storedTokens);

export type StoredTokens = z.infer<typeof storedTokens>;

/** Refreshed tokens, by system, in a file of mode 0600 beside the store: processes hand them on to each other. */
export interface TokensFile {
  read(system: string, grant: string): StoredTokens | undefined;
  write(system: string, tokens: StoredTokens): void;
}

export function tokensFile(path: string): TokensFile {
  return {
    read(system, grant) {
      const stored = readAll(path)[system];
      return stored?.grant === grant ? stored : undefined;
    },
    write(system, tokens) {
      replaceFile(path, JSON.stringify({ ...readAll(path), [system]: tokens }, undefined, 2));
    },
  };
}

/** A missing or damaged file holds nothing: the configured grant is tried instead. */
function readAll(path: string): z.infer<typeof content> {
  try {
    return content.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return {};
  }
}

/** All or nothing, and on the disk before it returns: a rotated refresh token exists nowhere else. */
function replaceFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

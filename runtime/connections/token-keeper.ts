import { createHash } from 'node:crypto';
import { z } from 'zod';

export const keptTokens = z.strictObject({
  accessToken: z.string(),
  /** Absent where the system gives none: one signs in again. */
  refreshToken: z.string().exactOptional(),
  /** Where the API is, as the last answer said. */
  instanceUrl: z.string(),
  /** Milliseconds since 1970. */
  savedAt: z.number(),
});

/** Tokens as last renewed. */
export type KeptTokens = z.infer<typeof keptTokens>;

/** @param grantedBy what the user has configured, secrets too: only its hash is kept */
export function grantOf(grantedBy: readonly (string | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(grantedBy)).digest('hex');
}

/**
 * Keeps renewed tokens, so that processes hand them on to each other. A grant is a hash of what the user has
 * configured: another one in the connections file has other tokens.
 */
export interface TokenKeeper {
  read(system: string, grant: string): Promise<KeptTokens | undefined>;
  /** On the disk before it resolves: a rotated refresh token exists nowhere else. */
  write(system: string, grant: string, tokens: KeptTokens): Promise<void>;
  /** Works without the key. */
  forget(system: string, grant: string): void;
  /** Runs `work` while no other process renews the same grant. */
  alone<Result>(system: string, grant: string, work: () => Promise<Result>): Promise<Result>;
}

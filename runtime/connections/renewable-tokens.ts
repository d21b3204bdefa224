import type { SignInSystem } from '@stackbridge/credentials/systems.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { KeptTokens, TokenKeeper } from './token-keeper.ts';

/** How old tokens may be that another process has saved to be used instead of a renewal of our own. */
const FRESH_MS = 5 * 60_000;

/** An access token and where it is good. */
export type Tokens = Pick<KeptTokens, 'accessToken' | 'instanceUrl'>;

export interface RenewableTokensOptions {
  readonly system: SignInSystem;
  /** Names what the user has configured: `grantOf` of it. */
  readonly grant: string;
  readonly keeper: TokenKeeper;
  readonly clock: Clock;
  /** How old kept tokens may be to be worth the call that they could be refused at. Default: there is no end to tell. */
  readonly lifetimeMs?: number;
  /** An access token that the user has configured. */
  readonly configured: Tokens | undefined;
  /** A refresh token that the user has configured; absent where the application signs in by itself. */
  readonly refreshToken: string | undefined;
  /** Gets new tokens, by a refresh token where there is one. Absent where nothing can. */
  readonly renew: ((refreshToken: string | undefined) => Promise<Omit<KeptTokens, 'savedAt'>>) | undefined;
}

export interface RenewableTokens {
  /** What is at hand; a renewal where nothing is. */
  current(): Promise<Tokens>;
  /**
   * Other tokens than the refused ones. However many ask, here or in other processes, one renewal is under way; what it
   * yields is on the disk before it is used.
   */
  renewed(refused: string | undefined): Promise<Tokens>;
}

export function createRenewableTokens(options: RenewableTokensOptions): RenewableTokens {
  const { system, grant, keeper, clock, lifetimeMs = Number.POSITIVE_INFINITY, configured, renew } = options;
  let finding: Promise<Tokens | undefined> | undefined;
  let current: Tokens | undefined;
  let renewing: Promise<Tokens> | undefined;

  async function keptWithin(maxAgeMs: number): Promise<Tokens | undefined> {
    const kept = await keeper.read(system, grant);
    return kept === undefined || clock.now() - kept.savedAt > maxAgeMs ? undefined : kept;
  }

  async function atHand(): Promise<Tokens | undefined> {
    finding ??= keeper.read(system, grant).then((kept) => {
      const isOver = kept !== undefined && clock.now() - kept.savedAt > lifetimeMs;
      // What is kept is newer than what is configured, even when it is over.
      current ??= isOver ? undefined : (kept ?? configured);
      return current;
    });
    await finding.catch((error: unknown) => {
      finding = undefined;
      throw error;
    });
    return current;
  }

  async function renewAlone(refused: string | undefined): Promise<Tokens> {
    if (renew === undefined)
      throw new StackbridgeError(
        'SIGN_IN_EXPIRED',
        `The access token of ${system} is no longer valid, and there is no refresh token`,
        { system: system === 'zoho' ? 'zoho-projects' : system },
      );
    return keeper.alone(system, grant, async () => {
      const theirs = await keptWithin(FRESH_MS);
      if (theirs !== undefined && theirs.accessToken !== refused) return theirs;
      const kept = await keeper.read(system, grant);
      const fresh = await firstRenewal(renew, kept?.refreshToken);
      await keeper.write(system, grant, { ...fresh, savedAt: clock.now() });
      return fresh;
    });
  }

  /** The configured token may be long used up, but alive where an account was signed in to anew. */
  async function firstRenewal(
    by: NonNullable<RenewableTokensOptions['renew']>,
    kept: string | undefined,
  ): Promise<Omit<KeptTokens, 'savedAt'>> {
    let refusal: unknown;
    for (const token of new Set([kept ?? options.refreshToken, options.refreshToken])) {
      try {
        const fresh = await by(token);
        return token === undefined ? fresh : { refreshToken: token, ...fresh };
      } catch (error) {
        if (!(error instanceof StackbridgeError) || error.code !== 'SIGN_IN_EXPIRED') throw error;
        refusal = error;
      }
    }
    throw refusal;
  }

  function renewed(refused: string | undefined): Promise<Tokens> {
    renewing ??= renewAlone(refused)
      .then((tokens) => {
        current = tokens;
        return tokens;
      })
      .finally(() => {
        renewing = undefined;
      });
    return renewing;
  }

  return {
    current: async () => (await atHand()) ?? renewed(undefined),
    async renewed(refused) {
      const now = await atHand();
      return now !== undefined && now.accessToken !== refused ? now : renewed(refused);
    },
  };
}

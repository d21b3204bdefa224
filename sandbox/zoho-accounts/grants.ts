import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { World } from '../world.ts';

/** A refresh token lives until it is revoked; an access token one hour. */
const ACCESS_TTL_MS = 3_600_000;
/** A code lives two to three minutes; the stricter end. */
const CODE_TTL_MS = 2 * 60_000;
/** Access tokens one refresh token may ask for in ten minutes. */
const MOST_ISSUED = 10;
const ISSUE_WINDOW_MS = 10 * 60_000;
/** Access tokens of one refresh token that live at the same time; one more ends the oldest. */
const MOST_LIVE = 15;
/** Refresh tokens of one user and client; one more ends the oldest. */
const MOST_GRANTS = 20;

const Grant = z.object({
  refreshToken: z.string(),
  scopes: z.array(z.string()),
  /** When access tokens were asked for, milliseconds since 1970. */
  issuedMs: z.array(z.number()),
  live: z.array(z.object({ token: z.string(), expiresMs: z.number() })),
});
type Grant = z.infer<typeof Grant>;

const GrantsData = z.object({ grants: z.array(Grant), serial: z.number() });

interface Code {
  scopes: string[];
  redirectUri: string;
  expiresMs: number;
  /** Whether the exchange gives a refresh token, too. */
  isOffline: boolean;
}

/** What a token lets its bearer do: `'unknown'` when it is none of ours, or no more. */
export type Standing = 'unknown' | readonly string[];

/** What asking for an access token comes to. */
export type Issue =
  | { token: string; scopes: readonly string[]; refreshToken?: string }
  | { refused: 'invalid_code' | 'too-many' };

/** The user's consents: refresh tokens, the access tokens made from them, and codes on their way. */
export class Grants {
  readonly #world: World;
  readonly #scopes: readonly string[];
  #grants: Grant[] = [];
  #codes = new Map<string, Code>();
  #serial = 0;

  /** @param scopes of the consent that is there from the start */
  constructor(world: World, scopes: readonly string[]) {
    this.#world = world;
    this.#scopes = scopes;
    this.reinstate();
  }

  /** Back to the one consent from the start, with its tokens. */
  reinstate(): void {
    this.#serial = 0;
    this.#codes.clear();
    this.#grants = [this.#grant(this.#scopes)];
    const first = this.#grants[0];
    if (first !== undefined) this.#add(first);
  }

  get first(): { refreshToken: string; accessToken: string } {
    const grant = this.#grants[0];
    return { refreshToken: grant?.refreshToken ?? '', accessToken: grant?.live[0]?.token ?? '' };
  }

  standingOf(token: string): Standing {
    const now = this.#world.clock.now();
    for (const { live, scopes } of this.#grants) {
      if (live.some((access) => access.token === token && access.expiresMs > now)) return scopes;
    }
    return 'unknown';
  }

  consent(scopes: readonly string[], redirectUri: string, isOffline: boolean): string {
    const code = this.#text('code');
    const expiresMs = this.#world.clock.now() + CODE_TTL_MS;
    this.#codes.set(code, { scopes: [...scopes], redirectUri, expiresMs, isOffline });
    return code;
  }

  /** A code is good once. */
  exchange(text: string, redirectUri: string): Issue {
    const code = this.#codes.get(text);
    this.#codes.delete(text);
    if (code === undefined || code.expiresMs <= this.#world.clock.now() || code.redirectUri !== redirectUri) {
      return { refused: 'invalid_code' };
    }
    const grant = this.#grant(code.scopes);
    this.#grants.push(grant);
    if (this.#grants.length > MOST_GRANTS) this.#grants.shift();
    const token = this.#issue(grant);
    if (token === undefined) return { refused: 'too-many' };
    const refresh = code.isOffline ? { refreshToken: grant.refreshToken } : {};
    return { token, scopes: grant.scopes, ...refresh };
  }

  refresh(refreshToken: string): Issue {
    const grant = this.#grants.find((candidate) => candidate.refreshToken === refreshToken);
    if (grant === undefined) return { refused: 'invalid_code' };
    const token = this.#issue(grant);
    return token === undefined ? { refused: 'too-many' } : { token, scopes: grant.scopes };
  }

  /** @returns whether there was such a refresh token */
  withdraw(refreshToken: string): boolean {
    const before = this.#grants.length;
    this.#grants = this.#grants.filter((grant) => grant.refreshToken !== refreshToken);
    return this.#grants.length < before;
  }

  withdrawAll(): void {
    this.#grants = [];
  }

  /** Every token in force, of either kind. */
  liveTokens(): string[] {
    return this.#grants.flatMap(({ refreshToken, live }) => [
      refreshToken,
      ...live.map(({ token }) => token),
    ]);
  }

  expireAccess(): void {
    for (const grant of this.#grants) grant.live = [];
  }

  snapshot(): unknown {
    return structuredClone({ grants: this.#grants, serial: this.#serial });
  }

  /** @throws ZodError when it is no snapshot of grants */
  restore(snapshot: unknown): void {
    const { grants, serial } = GrantsData.parse(snapshot);
    this.#grants = grants;
    this.#serial = serial;
    this.#codes.clear();
  }

  #grant(scopes: readonly string[]): Grant {
    return { refreshToken: this.#text('refresh'), scopes: [...scopes], issuedMs: [], live: [] };
  }

  #issue(grant: Grant): string | undefined {
    const now = this.#world.clock.now();
    grant.issuedMs = grant.issuedMs.filter((at) => at > now - ISSUE_WINDOW_MS);
    if (grant.issuedMs.length >= MOST_ISSUED) return undefined;
    grant.issuedMs.push(now);
    return this.#add(grant);
  }

  #add(grant: Grant): string {
    const token = this.#text('access');
    grant.live.push({ token, expiresMs: this.#world.clock.now() + ACCESS_TTL_MS });
    if (grant.live.length > MOST_LIVE) grant.live.shift();
    return token;
  }

  /** `1000.<32 hex>.<32 hex>`, the same for the same seed. */
  #text(kind: string): string {
    this.#serial += 1;
    const hex = createHash('sha256').update(`${this.#world.seed}/${kind}/${this.#serial}`).digest('hex');
    return `1000.${hex.slice(0, 32)}.${hex.slice(32)}`;
  }
}

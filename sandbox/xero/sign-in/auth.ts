import { createHash, createHmac } from 'node:crypto';
import type { World } from '../../world.ts';
import { guidOf } from '../books/ids.ts';
import { signedIdentity } from './identity-key.ts';
import { effectiveScopes, FULL_SCOPES, unknownScopes } from './scopes.ts';

/** Access tokens live 30 minutes. */
const ACCESS_MS = 30 * 60_000;
/** Refresh tokens live 60 days, each for one use. */
const REFRESH_MS = 60 * 24 * 3_600_000;
/** A used refresh token works again for 30 minutes, in case its answer was lost. */
const GRACE_MS = 30 * 60_000;
/** Authorisation codes live 5 minutes. */
const CODE_MS = 5 * 60_000;

/** The registered apps: a web app (also used with PKCE, then without its secret), and a custom connection. */
export const WEB_APP = {
  clientId: '5AB0XER0000000000000000000000001',
  clientSecret: 'sandbox-xero-secret',
} as const;
export const CUSTOM_APP = {
  clientId: '5AB0XER0000000000000000000000002',
  clientSecret: 'sandbox-xero-custom',
} as const;

/** Who calls, and what that app may do. */
export interface Grant {
  readonly token: string;
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
  readonly expiresMs: number;
}

export type TokenRequest = Readonly<Record<string, string | undefined>>;

/** A token request that the identity server refuses: HTTP 400 with its code. */
export class OauthError extends Error {
  override name = 'OauthError';
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** What the user has agreed to. */
export interface Consent {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly challenge?: string | undefined;
  /** Comes back in the identity token. */
  readonly nonce?: string | undefined;
}

interface PendingCode extends Consent {
  readonly expiresMs: number;
}

interface RefreshToken {
  clientId: string;
  scopes: readonly string[];
  expiresMs: number;
  /** When it was first used; it then only lives through its grace. */
  usedMs?: number;
}

export interface AuthOptions {
  /** Whether the app is old enough to ask for broad scopes such as `accounting.transactions`. Default false. */
  broadScopes?: boolean;
}

/** Xero's identity server. */
export class Auth {
  readonly clientId = WEB_APP.clientId;
  readonly clientSecret = WEB_APP.clientSecret;
  readonly customConnection = CUSTOM_APP;
  /** Tokens of a finished sign-in, for clients that skip it. */
  readonly firstAccessToken: string;
  readonly firstRefreshToken: string;
  readonly userId: string;
  readonly authEventId: string;
  readonly #world: World;
  readonly #broadScopes: boolean;
  readonly #access = new Map<string, Grant>();
  readonly #refresh = new Map<string, RefreshToken>();
  readonly #codes = new Map<string, PendingCode>();
  #issued = 0;
  #revoked = false;

  constructor(world: World, { broadScopes = false }: AuthOptions = {}) {
    this.#world = world;
    this.#broadScopes = broadScopes;
    this.userId = guidOf(`${world.seed}:xero-user`);
    this.authEventId = guidOf(`${world.seed}:xero-auth-event`);
    this.firstAccessToken = this.issueAccessToken(FULL_SCOPES);
    this.firstRefreshToken = this.issueRefreshToken(FULL_SCOPES);
  }

  issueAccessToken(scopes: readonly string[] = FULL_SCOPES, clientId: string = WEB_APP.clientId): string {
    const nowMs = this.#world.clock.now();
    this.#issued += 1;
    const token = this.#jwt({
      nbf: Math.floor(nowMs / 1000),
      exp: Math.floor((nowMs + ACCESS_MS) / 1000),
      iss: 'https://identity.xero.com',
      client_id: clientId,
      sub: this.userId,
      xero_userid: this.userId,
      authentication_event_id: this.authEventId,
      jti: String(this.#issued),
      scope: scopes,
    });
    this.#access.set(token, {
      token,
      clientId,
      scopes: effectiveScopes(scopes),
      expiresMs: nowMs + ACCESS_MS,
    });
    return token;
  }

  issueRefreshToken(scopes: readonly string[] = FULL_SCOPES, clientId: string = WEB_APP.clientId): string {
    const token = this.#opaque('refresh');
    this.#refresh.set(token, { clientId, scopes, expiresMs: this.#world.clock.now() + REFRESH_MS });
    return token;
  }

  /** The user agrees. @throws OauthError invalid_scope */
  issueCode(consent: Consent): string {
    this.#checkScopes(consent.scopes);
    const code = this.#opaque('code');
    this.#codes.set(code, { ...consent, expiresMs: this.#world.clock.now() + CODE_MS });
    return code;
  }

  /** What the token endpoint answers. @throws OauthError */
  grant(request: TokenRequest): object {
    switch (request.grant_type) {
      case 'authorization_code':
        return this.#byCode(request);
      case 'refresh_token':
        return this.#byRefreshToken(request);
      case 'client_credentials':
        return this.#byClientCredentials(request);
      default:
        throw new OauthError('unsupported_grant_type');
    }
  }

  /** The grant of a token, expired or not; undefined when the token was never issued or is revoked. */
  find(token: string): Grant | undefined {
    return this.#revoked ? undefined : this.#access.get(token);
  }

  /** Disconnects the app: a refresh token ends with all tokens of its user. An unknown one is no error. */
  revokeToken(token: string): void {
    if (!this.#refresh.has(token)) return;
    this.#refresh.clear();
    this.#access.clear();
  }

  /** Every token that was issued and not revoked, of either kind. */
  liveTokens(): string[] {
    return [...this.#access.keys(), ...this.#refresh.keys()];
  }

  expireAccessTokens(): void {
    const nowMs = this.#world.clock.now();
    for (const [token, grant] of this.#access) {
      this.#access.set(token, { ...grant, expiresMs: Math.min(grant.expiresMs, nowMs) });
    }
  }

  revokeGrant(): void {
    this.#revoked = true;
  }

  reinstate(): void {
    this.#revoked = false;
  }

  #byCode(request: TokenRequest): object {
    const isPkce = request.code_verifier !== undefined && request.client_secret === undefined;
    this.#checkClient(request, WEB_APP, !isPkce);
    const pending = this.#codes.get(request.code ?? '');
    this.#codes.delete(request.code ?? '');
    if (pending === undefined || pending.expiresMs <= this.#world.clock.now())
      throw new OauthError('invalid_grant');
    if (pending.redirectUri !== request.redirect_uri) throw new OauthError('invalid_grant');
    if (pending.challenge !== undefined && pending.challenge !== s256(request.code_verifier ?? '')) {
      throw new OauthError('invalid_grant');
    }
    // The user has said yes again, whatever was revoked before.
    this.#revoked = false;
    const { scopes, nonce } = pending;
    return this.#answer(scopes, WEB_APP.clientId, scopes.includes('offline_access'), nonce);
  }

  #byRefreshToken(request: TokenRequest): object {
    this.#checkClient(request, WEB_APP, false);
    const known = this.#refresh.get(request.refresh_token ?? '');
    const nowMs = this.#world.clock.now();
    if (this.#revoked || known === undefined || known.expiresMs <= nowMs)
      throw new OauthError('invalid_grant');
    if (known.usedMs !== undefined && known.usedMs + GRACE_MS <= nowMs) throw new OauthError('invalid_grant');
    this.#refresh.set(request.refresh_token ?? '', { ...known, usedMs: known.usedMs ?? nowMs });
    return this.#answer(known.scopes, known.clientId, true);
  }

  #byClientCredentials(request: TokenRequest): object {
    if (request.client_id === WEB_APP.clientId) throw new OauthError('unauthorized_client');
    this.#checkClient(request, CUSTOM_APP, true);
    if (this.#revoked) throw new OauthError('invalid_client');
    const asked = (request.scope ?? '').split(' ').filter((scope) => scope !== '');
    this.#checkScopes(asked);
    return this.#answer(asked.length === 0 ? FULL_SCOPES : asked, CUSTOM_APP.clientId, false);
  }

  #answer(scopes: readonly string[], clientId: string, refreshable: boolean, nonce?: string): object {
    const identifies = scopes.includes('openid') && clientId === WEB_APP.clientId;
    return {
      ...(identifies ? { id_token: this.#idToken(nonce) } : {}),
      access_token: this.issueAccessToken(scopes, clientId),
      expires_in: ACCESS_MS / 1000,
      token_type: 'Bearer',
      ...(refreshable ? { refresh_token: this.issueRefreshToken(scopes, clientId) } : {}),
      scope: scopes.join(' '),
    };
  }

  #idToken(nonce: string | undefined): string {
    const nowS = Math.floor(this.#world.clock.now() / 1000);
    return signedIdentity({
      ...(nonce === undefined ? {} : { nonce }),
      iss: 'https://identity.xero.com',
      aud: WEB_APP.clientId,
      iat: nowS,
      exp: nowS + 300,
      sub: this.userId,
      xero_userid: this.userId,
      email: 'ada@sandbox.test',
      given_name: 'Ada',
      family_name: 'Lovelace',
    });
  }

  #checkClient(request: TokenRequest, app: typeof WEB_APP | typeof CUSTOM_APP, secretNeeded: boolean): void {
    if (request.client_id !== app.clientId) throw new OauthError('invalid_client');
    const secret = request.client_secret;
    if (secret === undefined ? secretNeeded : secret !== app.clientSecret)
      throw new OauthError('invalid_client');
  }

  #checkScopes(scopes: readonly string[]): void {
    if (unknownScopes(scopes, this.#broadScopes).length > 0) throw new OauthError('invalid_scope');
  }

  #jwt(claims: object): string {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
    return `${signed}.${createHmac('sha256', 'sandbox').update(signed).digest('base64url')}`;
  }

  /** The same sequence of tokens for the same seed. */
  #opaque(kind: string): string {
    this.#issued += 1;
    return createHash('sha256').update(`${this.#world.seed}:${kind}:${this.#issued}`).digest('base64url');
  }
}

function s256(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

import { createHash } from 'node:crypto';
import { faultOfAssertion } from './jwt-bearer.ts';
import type { Org } from './org.ts';

/** An answer of the token endpoint's own kind of error. */
export class OauthError extends Error {
  override name = 'OauthError';
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

interface PendingCode {
  redirectUri: string;
  challenge: string | undefined;
}

/** Form fields of a token request. */
export type TokenRequest = Readonly<Record<string, string | undefined>>;

const CLIENT_ID = '3MVG9stackbridge.sandbox';
const CLIENT_SECRET = 'stackbridge-sandbox-secret';
/** The user of the integration. */
export const USERNAME = 'integration@stackbridge.example';
/** Vendor limit: a user's sixth authorisation of an app ends the oldest. */
const MAX_REFRESH_TOKENS = 5;
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Sign-in: which tokens live, and how new ones are had. */
export class Auth {
  readonly #org: Org;
  /** Last use of each access token, milliseconds. */
  #access = new Map<string, number>();
  #refresh = new Set<string>();
  #codes = new Map<string, PendingCode>();
  #issued = 0;
  #revoked = false;
  readonly clientId = CLIENT_ID;
  readonly clientSecret = CLIENT_SECRET;

  /** PEM of the key whose assertions (JWT bearer) the app takes; an administrator uploads it. */
  certificate: string | undefined;

  /** The tokens a sandbox starts with. */
  readonly firstAccessToken: string;
  readonly firstRefreshToken: string;

  constructor(org: Org) {
    this.#org = org;
    this.firstAccessToken = this.issueAccessToken();
    this.firstRefreshToken = this.issueRefreshToken();
  }

  issueAccessToken(): string {
    const token = `${this.#org.orgId.slice(0, 15)}!AR8AQ.${this.#opaque('access', 80)}`;
    this.#access.set(token, this.#org.world.clock.now());
    return token;
  }

  issueRefreshToken(): string {
    const token = `5Aep861${this.#opaque('refresh', 72)}`;
    this.#refresh.add(token);
    const [oldest] = this.#refresh;
    if (this.#refresh.size > MAX_REFRESH_TOKENS && oldest !== undefined) this.#refresh.delete(oldest);
    return token;
  }

  /** Whether the token is alive; using it renews its life. */
  accepts(token: string): boolean {
    const lastUse = this.#access.get(token);
    if (lastUse === undefined) return false;
    const now = this.#org.world.clock.now();
    if (now - lastUse > this.#org.settings.accessTokenTtlMs) {
      this.#access.delete(token);
      return false;
    }
    this.#access.set(token, now);
    return true;
  }

  /** A code as the authorise page hands it over after the user has said yes. */
  issueCode(redirectUri: string, challenge: string | undefined): string {
    const code = `aPrx${this.#opaque('code', 60)}`;
    this.#codes.set(code, { redirectUri, challenge });
    return code;
  }

  /** Answers a token request. @throws OauthError */
  grant(request: TokenRequest): Record<string, string> {
    switch (request.grant_type) {
      case 'refresh_token':
        return this.#refreshGrant(request);
      case 'authorization_code':
        return this.#codeGrant(request);
      case 'client_credentials':
        this.#checkClient(request, true);
        return this.#tokens();
      case JWT_BEARER:
        this.#checkAssertion(request.assertion ?? '');
        return this.#tokens();
      default:
        throw new OauthError('unsupported_grant_type', 'grant type not supported');
    }
  }

  /** Ends one token of either kind; unknown ones are refused. @throws OauthError */
  revokeToken(token: string): void {
    const known = this.#access.delete(token);
    if (!this.#refresh.delete(token) && !known)
      throw new OauthError('unsupported_token_type', 'this token type is not supported');
  }

  /** Every token in force, of either kind. */
  liveTokens(): string[] {
    return [...this.#access.keys(), ...this.#refresh];
  }

  expireAccessTokens(): void {
    this.#access.clear();
  }

  revokeGrant(): void {
    this.#revoked = true;
    this.#access.clear();
    this.#refresh.clear();
  }

  /** Makes the connection handed out at the start good again. */
  reinstate(): void {
    this.#revoked = false;
    this.certificate = undefined;
    this.#access.clear();
    this.#refresh.clear();
    this.#access.set(this.firstAccessToken, this.#org.world.clock.now());
    this.#refresh.add(this.firstRefreshToken);
  }

  #refreshGrant(request: TokenRequest): Record<string, string> {
    this.#checkClient(request, false);
    const presented = request.refresh_token ?? '';
    if (!this.#refresh.has(presented)) {
      throw new OauthError('invalid_grant', 'expired access/refresh token');
    }
    if (!this.#org.settings.rotateRefreshTokens) return this.#tokens();
    this.#refresh.delete(presented);
    return { ...this.#tokens(), refresh_token: this.issueRefreshToken() };
  }

  #codeGrant(request: TokenRequest): Record<string, string> {
    this.#checkClient(request, false);
    const pending = this.#codes.get(request.code ?? '');
    if (pending === undefined) throw new OauthError('invalid_grant', 'invalid authorization code');
    this.#codes.delete(request.code ?? '');
    if (pending.redirectUri !== request.redirect_uri) {
      throw new OauthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
    }
    if (pending.challenge !== undefined && pending.challenge !== s256(request.code_verifier ?? '')) {
      throw new OauthError('invalid_grant', 'invalid code verifier');
    }
    // The user has said yes again, whatever was revoked before.
    this.#revoked = false;
    return { ...this.#tokens(), refresh_token: this.issueRefreshToken() };
  }

  #checkAssertion(assertion: string): void {
    const { origin, clock } = this.#org.world;
    // An app without a certificate knows no assertions.
    if (this.certificate === undefined) throw new OauthError('invalid_grant', 'invalid assertion');
    const fault = faultOfAssertion(assertion, {
      clientId: CLIENT_ID,
      username: USERNAME,
      audiences: ['https://login.salesforce.com', 'https://test.salesforce.com', `${origin}/salesforce`],
      publicKey: this.certificate,
      nowMs: clock.now(),
    });
    if (fault !== undefined) throw new OauthError('invalid_grant', fault);
  }

  #checkClient(request: TokenRequest, secretNeeded: boolean): void {
    if (request.client_id !== CLIENT_ID)
      throw new OauthError('invalid_client_id', 'client identifier invalid');
    const secret = request.client_secret;
    if (secret === undefined ? secretNeeded : secret !== CLIENT_SECRET) {
      throw new OauthError('invalid_client', 'invalid client credentials');
    }
  }

  /** No expires_in: how long a session lives is the org's setting, and clients learn it from a 401. */
  #tokens(): Record<string, string> {
    if (this.#revoked) throw new OauthError('invalid_grant', 'expired access/refresh token');
    const { orgId, apiUserId, world } = this.#org;
    return {
      access_token: this.issueAccessToken(),
      instance_url: this.instanceUrl(),
      id: `${world.origin}/salesforce/id/${orgId}/${apiUserId}`,
      token_type: 'Bearer',
      issued_at: String(world.clock.now()),
      signature: this.#opaque('signature', 44),
      scope: 'refresh_token api id',
    };
  }

  instanceUrl(): string {
    const { world, settings } = this.#org;
    const base = `${world.origin}/salesforce`;
    return settings.instance === '' ? base : `${base}/instances/${settings.instance}`;
  }

  /** The same sequence of tokens for the same seed. */
  #opaque(kind: string, length: number): string {
    this.#issued += 1;
    const hash = createHash('sha512')
      .update(`${this.#org.world.seed}:${kind}:${this.#issued}`)
      .digest('base64url');
    return hash.replaceAll(/[-_]/g, 'x').slice(0, length);
  }
}

function s256(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

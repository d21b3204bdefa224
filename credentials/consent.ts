import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { SystemName } from '@stackbridge/shared-mappers/model/side.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import * as oauth from 'oauth4webapi';
import { exchangeCode, type TokenClient } from './token-endpoint.ts';

/** The page where a system asks its user for consent, and where the code that this yields is traded. */
export interface ConsentPage {
  readonly system: SystemName;
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  /** Joined as the system wants them; absent where it has none. */
  readonly scope?: string;
  /** Whether the system takes proof keys (PKCE, S256). */
  readonly hasProofKeys: boolean;
  /** The issuer of the identity token that the scopes ask for; absent where they ask for none. */
  readonly identityIssuer?: string;
  /** Further parameters of the request. */
  readonly more?: Readonly<Record<string, string>>;
  /** How the client's secret travels; default in the form. */
  readonly secretIn?: TokenClient['secretIn'];
}

/** A question put to the user, and what its answer has to agree with. */
export interface SignInAttempt {
  readonly page: ConsentPage;
  readonly clientId: string;
  readonly redirectUri: string;
  /** Where the user's browser goes. */
  readonly address: string;
  readonly state: string;
  readonly verifier?: string;
  readonly nonce?: string;
}

/** @param redirectUri registered with the application, letter by letter */
export async function askForConsent(
  page: ConsentPage,
  clientId: string,
  redirectUri: string,
): Promise<SignInAttempt> {
  const state = oauth.generateRandomState();
  const verifier = page.hasProofKeys ? oauth.generateRandomCodeVerifier() : undefined;
  const nonce = page.identityIssuer === undefined ? undefined : oauth.generateRandomNonce();
  const address = new URL(page.authorizationUrl);
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    ...(page.scope === undefined ? {} : { scope: page.scope }),
    ...page.more,
    state,
    ...(nonce === undefined ? {} : { nonce }),
    ...(verifier === undefined
      ? {}
      : { code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' }),
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return {
    page,
    clientId,
    redirectUri,
    address: address.href,
    state,
    ...(verifier === undefined ? {} : { verifier }),
    ...(nonce === undefined ? {} : { nonce }),
  };
}

/** Whether a redirect answers this attempt. Anybody can call the address that waits for it. */
export function answersAttempt({ state }: SignInAttempt, answer: URLSearchParams): boolean {
  return answer.get('state') === state;
}

/**
 * Trades the user's consent for tokens.
 *
 * @param answer the query of the redirect
 * @throws StackbridgeError `SIGN_IN_REFUSED` when the user has said no, or the answer is that of another attempt; else
 * what credentials/token-endpoint.ts `exchangeCode` throws
 */
export async function takeConsent(
  attempt: SignInAttempt,
  answer: URLSearchParams,
  clientSecret: string | undefined,
  http: Http,
): Promise<oauth.TokenEndpointResponse> {
  const { page, clientId, redirectUri, verifier, nonce } = attempt;
  const { system, tokenUrl, secretIn = 'form', identityIssuer } = page;
  return exchangeCode(
    {
      system,
      tokenUrl,
      clientId,
      secretIn,
      redirectUri,
      consent: checkedConsent(attempt, answer),
      ...(clientSecret === undefined ? {} : { clientSecret }),
      ...(verifier === undefined ? {} : { verifier }),
      ...(nonce === undefined ? {} : { nonce }),
      ...(identityIssuer === undefined ? {} : { issuer: identityIssuer }),
    },
    http,
  );
}

function checkedConsent({ page, clientId, state }: SignInAttempt, answer: URLSearchParams): URLSearchParams {
  const issuer = page.identityIssuer ?? new URL(page.tokenUrl).origin;
  try {
    return oauth.validateAuthResponse({ issuer }, { client_id: clientId }, answer, state);
  } catch (error) {
    const isRefusal = error instanceof oauth.AuthorizationResponseError;
    const reason = isRefusal ? spoken(error.error) : 'the answer is not that of this sign-in';
    throw new StackbridgeError('SIGN_IN_REFUSED', `The sign-in to ${page.system} failed: ${reason}`, {
      system: page.system,
    });
  }
}

/** Only the code is passed on: it comes from the address bar. */
function spoken(code: string): string {
  if (code === 'access_denied') return 'the access was denied';
  return /^[a-z_]{1,60}$/.test(code) ? code : 'an unknown error';
}

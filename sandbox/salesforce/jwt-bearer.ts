import { createVerify } from 'node:crypto';
import { z } from 'zod';

const Header = z.object({ alg: z.literal('RS256') });
const Claims = z.object({ iss: z.string(), sub: z.string(), aud: z.string(), exp: z.number() });

/** Salesforce refuses assertions that end later than this from now. */
const LONGEST_S = 5 * 60;

/** What an assertion has to agree with. */
export interface JwtExpectation {
  readonly clientId: string;
  readonly username: string;
  /** The login host, whichever the client calls. */
  readonly audiences: readonly string[];
  /** PEM of the certificate that was uploaded to the app. */
  readonly publicKey: string;
  readonly nowMs: number;
}

/** @returns what is wrong with the assertion; undefined when it is good */
export function faultOfAssertion(assertion: string, expected: JwtExpectation): string | undefined {
  const [header = '', body = '', signature = ''] = assertion.split('.');
  if (!Header.safeParse(decoded(header)).success) return 'invalid assertion';
  const claims = Claims.safeParse(decoded(body)).data;
  const isSigned = createVerify('RSA-SHA256')
    .update(`${header}.${body}`)
    .verify(expected.publicKey, signature, 'base64url');
  if (claims === undefined || !isSigned) return 'invalid assertion';
  if (claims.iss !== expected.clientId) return 'invalid client credentials';
  if (!expected.audiences.includes(claims.aud)) return 'audience is invalid';
  if (claims.sub !== expected.username) return "user hasn't approved this consumer";
  const leftS = claims.exp - expected.nowMs / 1000;
  return leftS <= 0 || leftS > LONGEST_S ? 'expired authorization code' : undefined;
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}

import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

const KEY_ID = 'sandbox-identity';

let keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } | undefined;

/** Made when the first sign-in needs it: that takes a fraction of a second. */
function identityKeys(): NonNullable<typeof keys> {
  keys ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return keys;
}

/** A JSON Web Token as the identity server signs it. */
export function signedIdentity(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: KEY_ID })}.${part(claims)}`;
  const signature = createSign('RSA-SHA256').update(signed).sign(identityKeys().privateKey, 'base64url');
  return `${signed}.${signature}`;
}

/** The key set that a client checks signatures with. */
export function identityKeySet(): object {
  const key = identityKeys().publicKey.export({ format: 'jwk' });
  return { keys: [{ ...key, kid: KEY_ID, use: 'sig', alg: 'RS256' }] };
}

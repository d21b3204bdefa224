import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** HMAC-SHA256 of a text under a key that is a text, too. */
export function hmacSha256(key: string, message: string): Uint8Array {
  return hmac(sha256, utf8ToBytes(key), utf8ToBytes(message));
}

/** Compares in a time that does not tell where the two differ. Their lengths are no secret. */
export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (const [index, byte] of one.entries()) difference |= byte ^ (other[index] ?? 0);
  return difference === 0;
}

/** Compares a secret that came in, such as a part of a path, with the one that is known. */
export function isSecret(given: string, secret: string): boolean {
  return secret !== '' && equalBytes(utf8ToBytes(given), utf8ToBytes(secret));
}

/** A secret of 32 hex digits for one purpose, made of another that does not come to light by it. */
export function deriveSecret(from: string, purpose: string): string {
  return bytesToHex(hmacSha256(from, purpose)).slice(0, 32);
}

import { createHash, randomBytes } from 'node:crypto';

const KEY_BYTES = 32;

/** A key of AES-256, and the name that sealed files call it by. */
export interface VaultKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** New files are sealed with `current`; `previous` opens what a rotation has not reached yet. */
export interface KeyRing {
  readonly current: VaultKey;
  readonly previous?: VaultKey;
}

export function makeKey(): VaultKey {
  return keyOf(randomBytes(KEY_BYTES));
}

/** @param text 32 bytes in Base64; undefined for anything else */
export function readKey(text: string): VaultKey | undefined {
  const bytes = Buffer.from(text.trim(), 'base64');
  // Buffer skips what is not Base64: a mistyped key must not become another one.
  const isExact = bytes.length === KEY_BYTES && bytes.toString('base64') === text.trim();
  return isExact ? keyOf(bytes) : undefined;
}

/** The ring as a text without quotes, for key stores. */
export function ringAsText({ current, previous }: KeyRing): string {
  return [current, ...(previous === undefined ? [] : [previous])]
    .map(({ bytes }) => bytes.toString('base64'))
    .join(',');
}

export function readRing(text: string): KeyRing | undefined {
  const [current, previous, ...more] = text.trim().split(',').map(readKey);
  if (current === undefined || more.length > 0) return undefined;
  return previous === undefined ? { current } : { current, previous };
}

/** Tells keys apart and gives nothing of a random key away. */
function keyOf(bytes: Buffer): VaultKey {
  const id = createHash('sha256').update('stackbridge vault key').update(bytes).digest('hex').slice(0, 16);
  return { id, bytes };
}

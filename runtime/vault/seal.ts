import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { parsedJson } from '@stackbridge/shared-mappers/model/parsed-json.ts';
import { z } from 'zod';
import type { KeyRing, VaultKey } from './vault-key.ts';

const FORMAT = 'stackbridge-vault/v1';
/** What NIST SP 800-38D advises for GCM; drawn anew for every write. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const sealedFile = z.strictObject({
  vault: z.literal(FORMAT),
  key: z.string(),
  nonce: z.base64(),
  /** Cipher text, then the tag. */
  sealed: z.base64(),
});

/** Why a sealed text cannot be opened. */
export type SealFault = 'damaged' | 'another-key';

/** Encrypts and authenticates a text (AES-256-GCM). It can be opened under the same name only. */
export function seal(text: string, name: string, key: VaultKey): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(name, key.id));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  const file: z.infer<typeof sealedFile> = {
    vault: FORMAT,
    key: key.id,
    nonce: nonce.toString('base64'),
    sealed: sealed.toString('base64'),
  };
  return `${JSON.stringify(file)}\n`;
}

/** Id of the key that a sealed text names; undefined when it is none. */
export function sealedWith(file: string): string | undefined {
  return sealedFile.safeParse(parsedJson(file)).data?.key;
}

export function unseal(file: string, name: string, ring: KeyRing): { readonly text: string } | SealFault {
  const { data: content } = sealedFile.safeParse(parsedJson(file));
  if (content === undefined) return 'damaged';
  const key = [ring.current, ring.previous].find((known) => known?.id === content.key);
  if (key === undefined) return 'another-key';
  const sealed = Buffer.from(content.sealed, 'base64');
  const nonce = Buffer.from(content.nonce, 'base64');
  if (nonce.length !== NONCE_BYTES || sealed.length < TAG_BYTES) return 'damaged';
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(name, key.id));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    const opened = Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
    return { text: opened.toString('utf8') };
  } catch {
    return 'damaged';
  }
}

/** No file can take another's place. */
function boundTo(name: string, keyId: string): Buffer {
  return Buffer.from(JSON.stringify([FORMAT, name, keyId]));
}

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** The form in which Xero takes two numbers or two names for the same. */
export function textKey(text: string): string {
  return text.trim().toLowerCase();
}

/**
 * The `Idempotency-Key` of a request, at most 128 characters. Xero repeats its answer, refusals too, for six minutes
 * and for one access token only: a courtesy that catches what two workers send at the same moment. Whether a document
 * is there is found out by its number.
 */
export function idempotencyKey(path: string, { minute, attempt, over, body }: SentRequest): string {
  return bytesToHex(sha256(utf8ToBytes([path, minute, attempt, over, body].join('\n'))));
}

interface SentRequest {
  readonly body: string;
  /** What it writes over: what is brought back to what it said before is not answered with what was true then. */
  readonly over: string;
  /** What a person has mended in Xero since is not refused once more. */
  readonly minute: number;
  /** Tells sends apart that must not get the same answer. */
  readonly attempt: number;
}

/** Length of a body in bytes. */
export function byteLength(body: string): number {
  return utf8ToBytes(body).length;
}

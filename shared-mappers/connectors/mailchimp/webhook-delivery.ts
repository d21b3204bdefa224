import { hexToBytes } from '@noble/hashes/utils.js';
import { parse } from 'fast-querystring';
import { z } from 'zod';
import { equalBytes, hmacSha256 } from '../../http/hmac.ts';
import { type Instant, parseInstant } from '../../model/instant.ts';

/** What Mailchimp tells of one person. */
export const MEMBER_EVENTS = ['subscribe', 'unsubscribe', 'profile', 'upemail', 'cleaned'] as const;
export type MemberEventType = (typeof MEMBER_EVENTS)[number];

/**
 * What a delivery points at: the record to read, and no more. It may be late, doubled, out of order, or forged where
 * it is not signed, so nothing else of it is used.
 */
export type MailchimpEvent =
  | {
      readonly kind: 'member';
      readonly type: MemberEventType;
      readonly audienceId: string;
      /** The address that the member has now: the new one of an `upemail`. */
      readonly email: string;
      readonly firedAt: Instant | undefined;
    }
  | {
      readonly kind: 'campaign';
      readonly audienceId: string;
      readonly campaignId: string;
      readonly firedAt: Instant | undefined;
    };

const text = z.string().min(1);
const common = { fired_at: z.string().default(''), 'data[list_id]': text };
const Form = z.discriminatedUnion('type', [
  z.object({
    type: z.literal(['subscribe', 'unsubscribe', 'profile', 'cleaned']),
    ...common,
    'data[email]': text,
  }),
  z.object({ type: z.literal('upemail'), ...common, 'data[new_email]': text }),
  z.object({ type: z.literal('campaign'), ...common, 'data[id]': text }),
]);

/**
 * Reads a delivery: a form with the keys of PHP.
 *
 * @param body as it came in, unread
 * @returns undefined for anything that is none, or of a kind that Mailchimp has added since
 */
export function readMailchimpDelivery(body: string): MailchimpEvent | undefined {
  const { data: form } = Form.safeParse({ ...parse(body) });
  if (form === undefined) return undefined;
  const found = { audienceId: form['data[list_id]'], firedAt: firedAt(form.fired_at) };
  if (form.type === 'campaign') return { kind: 'campaign', campaignId: form['data[id]'], ...found };
  const email = form.type === 'upemail' ? form['data[new_email]'] : form['data[email]'];
  return { kind: 'member', type: form.type, email, ...found };
}

/** `2009-03-26 21:40:57`: UTC, which it does not say. */
function firedAt(text: string): Instant | undefined {
  return parseInstant(`${text.replace(' ', 'T')}Z`);
}

/** How far a signature's time may be from ours. */
const SIGNATURE_LIFE_MS = 300_000;
const HEX_SHA256 = /^[0-9a-f]{64}$/i;

/**
 * Whether a delivery was signed by whoever knows the secret, within the last five minutes.
 *
 * @param body as it came in, unread
 * @param signature the header `x-mailchimp-signature`: `t=<seconds>,v1=<hex>`, several `v1` while a secret is changed
 */
export function isSignedByMailchimp(
  body: string,
  signature: string | undefined,
  secret: string,
  now: Instant,
): boolean {
  const parts = (signature ?? '').split(',').map((part) => part.trim().split('='));
  const seconds = parts.find(([name]) => name === 't')?.[1] ?? '';
  if (!/^\d+$/.test(seconds) || Math.abs(now - Number(seconds) * 1000) > SIGNATURE_LIFE_MS) return false;
  const expected = hmacSha256(secret, `${seconds}.${body}`);
  const given = parts.flatMap(([name, hex = '']) => (name === 'v1' && HEX_SHA256.test(hex) ? [hex] : []));
  return given.some((hex) => equalBytes(hexToBytes(hex), expected));
}

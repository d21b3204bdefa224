import { base64 } from '@scure/base';
import { z } from 'zod';
import { equalBytes, hmacSha256 } from '../../http/hmac.ts';
import { type Instant, parseInstant } from '../../model/instant.ts';
import { parsedJson } from '../../model/parsed-json.ts';

/** What Xero tells of: which document or contact to look at. It says neither status nor which kind of invoice. */
export interface XeroEvent {
  /** `INVOICE` is sales invoices and bills alike; others are `CONTACT`, `CREDITNOTE`, `SUBSCRIPTION` and newer ones. */
  readonly category: string;
  /** `CREATE` or `UPDATE`; newer ones are handed on as they are. */
  readonly type: string;
  readonly id: string;
  /** The organisation that it happened in. */
  readonly tenantId: string;
  readonly at: Instant | undefined;
}

const Delivery = z.object({
  events: z.array(
    z.object({
      resourceId: z.string(),
      tenantId: z.string(),
      eventCategory: z.string(),
      eventType: z.string(),
      eventDateUtc: z.string().default(''),
    }),
  ),
});

/**
 * Whether a delivery was signed with the app's webhook key. Xero tries an address with wrong signatures among right
 * ones: it must answer 401 to the wrong ones, and 200 to the right ones, with an empty body.
 *
 * @param body as it came in, unread
 * @param signature the header `x-xero-signature`
 */
export function isSignedByXero(body: string, signature: string | undefined, key: string): boolean {
  const given = bytesOf(signature ?? '');
  return key !== '' && given !== undefined && equalBytes(given, hmacSha256(key, body));
}

function bytesOf(text: string): Uint8Array | undefined {
  try {
    return base64.decode(text);
  } catch {
    return undefined;
  }
}

/** Reads a delivery; none of its events are there where Xero only tries the address. @returns undefined for what is none */
export function readXeroDelivery(body: string): readonly XeroEvent[] | undefined {
  const { data } = Delivery.safeParse(parsedJson(body));
  return data?.events.map(
    ({ resourceId: id, tenantId, eventCategory: category, eventType: type, eventDateUtc }) => ({
      category,
      type,
      id,
      tenantId,
      // No zone: it is UTC.
      at: parseInstant(/(Z|[+-]\d\d:?\d\d)$/.test(eventDateUtc) ? eventDateUtc : `${eventDateUtc}Z`),
    }),
  );
}

import { createHmac } from 'node:crypto';
import { type Letter, Outbox, type OutboxRules } from '../webhooks/outbox.ts';
import type { World } from '../world.ts';

const MINUTE_MS = 60_000;
/** How long an address may take. */
export const ANSWER_WITHIN_MS = 10_000;

/** Any 2xx within ten seconds will do; else it is tried again at growing intervals for about 75 minutes. */
const DELIVERY: OutboxRules = {
  waitsMs: [1, 4, 10, 20, 40].map((minutes) => minutes * MINUTE_MS),
  timeoutMs: ANSWER_WITHIN_MS,
  concurrency: 10,
  isAccepted: ({ status }) => status >= 200 && status < 300,
};

export function createOutbox(world: World): Outbox {
  return new Outbox(world, DELIVERY);
}

/** What a delivery says, before its keys are spelled out. */
export interface Data {
  readonly [key: string]: string | Data;
}

/** @param secret signs the delivery */
export function letterTo(
  { url, secret }: { readonly url: string; readonly secret?: string | undefined },
  type: string,
  data: Data,
  atS: number,
): Letter {
  const form = new URLSearchParams({ type, fired_at: firedAt(atS) });
  addKeys(form, 'data', data);
  const body = form.toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'MailChimp' };
  if (secret === undefined) return { url, headers, body };
  const signature = createHmac('sha256', secret).update(`${atS}.${body}`).digest('hex');
  return { url, headers: { ...headers, 'x-mailchimp-signature': `t=${atS},v1=${signature}` }, body };
}

/** `data[merges][FNAME]=Ada`, as PHP reads forms. */
function addKeys(form: URLSearchParams, prefix: string, data: Data): void {
  for (const [key, value] of Object.entries(data)) {
    const name = `${prefix}[${key}]`;
    if (typeof value === 'string') form.append(name, value);
    else addKeys(form, name, value);
  }
}

/** `2009-03-26 21:40:57`: UTC, without saying so. */
function firedAt(atS: number): string {
  return new Date(atS * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

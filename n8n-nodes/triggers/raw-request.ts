import type { IWebhookFunctions } from 'n8n-workflow';
import { z } from 'zod';

const raw = z.object({ rawBody: z.instanceof(Uint8Array) });

/** The body as it came in, which is what a signature is of; empty where n8n has kept none. */
export function rawBody(context: Pick<IWebhookFunctions, 'getRequestObject'>): string {
  const { data } = raw.safeParse(context.getRequestObject());
  return data === undefined ? '' : Buffer.from(data.rawBody).toString('utf8');
}

export function headerOf(
  context: Pick<IWebhookFunctions, 'getHeaderData'>,
  name: string,
): string | undefined {
  const value = context.getHeaderData()[name];
  return Array.isArray(value) ? value[0] : value;
}

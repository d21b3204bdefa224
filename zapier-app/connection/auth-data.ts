import { isSafeForSecrets } from '@stackbridge/credentials/loopback.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { z } from 'zod';

const secret = z.string().min(1);
const url = z.string().refine(isSafeForSecrets);

/**
 * What Zapier keeps of a sign-in, flat and as text. A refresh returns all of it again: documentation leaves open
 * whether Zapier merges.
 */
const authData = z.discriminatedUnion('system', [
  z.object({
    system: z.literal('salesforce'),
    access_token: secret,
    refresh_token: secret,
    /** The instance that every call goes to. */
    api_url: url,
    /** The host that issues its tokens. */
    login_url: url,
  }),
  z.object({ system: z.literal('mailchimp'), access_token: secret, api_url: url }),
  z.object({
    system: z.literal('zoho'),
    access_token: secret,
    refresh_token: secret,
    projects_url: url,
    books_url: url,
    token_url: url,
  }),
  z.object({ system: z.literal('xero'), access_token: secret, refresh_token: secret, api_url: url }),
]);

export type AuthData = z.infer<typeof authData>;

export function readAuthData(given: unknown): AuthData {
  const read = authData.safeParse(given);
  if (read.success) return read.data;
  const fields = read.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new StackbridgeError('SIGN_IN_EXPIRED', `The connected account is not complete (${fields})`);
}

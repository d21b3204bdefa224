import {
  mailchimpAccess,
  mailchimpBaseUrlOfKey,
  mailchimpBaseUrlOfMetadata,
  mailchimpEndpoints,
  mailchimpMetadataRequest,
} from '@stackbridge/credentials/mailchimp.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Access, Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import { z } from 'zod';
import type { NodeContext } from '../ports/node-context.ts';
import { optionalUrl, readCredential, tokenData } from './stored-credential.ts';

/** How a node is signed in to Mailchimp; each has a credential of its own. */
export type MailchimpSignIn = 'apiKey' | 'oAuth2';

const BY_KEY = 'stackbridgeMailchimpApi';
const BY_CONSENT = 'stackbridgeMailchimpOAuth2Api';

const keyStored = z.object({ apiKey: z.string().min(1), baseUrl: optionalUrl });
const tokenStored = z.object({ loginUrl: z.url(), baseUrl: optionalUrl, oauthTokenData: tokenData });

export async function mailchimpConnection(
  context: NodeContext,
  signIn: MailchimpSignIn,
  http: Http,
): Promise<Connection> {
  const access = signIn === 'apiKey' ? await byKey(context) : await byToken(context, http);
  return {
    system: 'mailchimp',
    access: async () => access,
    // Neither keys nor tokens expire: one that is refused was withdrawn.
    renew: () =>
      Promise.reject(
        new StackbridgeError('SIGN_IN_EXPIRED', 'Mailchimp no longer accepts the sign-in', {
          system: 'mailchimp',
        }),
      ),
  };
}

async function byKey(context: NodeContext): Promise<Access> {
  const { apiKey, baseUrl } = await readCredential(context, BY_KEY, keyStored, 'mailchimp');
  const url = baseUrl === '' ? mailchimpBaseUrlOfKey(apiKey) : baseUrl;
  if (url !== undefined) return mailchimpAccess(url, { apiKey });
  throw new StackbridgeError(
    'CONNECTIONS_INVALID',
    'The API key of mailchimp names no data centre: it ends with a dash and, say, us19',
    { system: 'mailchimp' },
  );
}

async function byToken(context: NodeContext, http: Http): Promise<Access> {
  const { loginUrl, baseUrl, oauthTokenData } = await readCredential(
    context,
    BY_CONSENT,
    tokenStored,
    'mailchimp',
  );
  const accessToken = oauthTokenData.access_token;
  if (baseUrl !== '') return mailchimpAccess(baseUrl, { accessToken });
  const answer = await http.send(mailchimpMetadataRequest(accessToken, mailchimpEndpoints(loginUrl)));
  const url = mailchimpBaseUrlOfMetadata(answer, [loginUrl]);
  if (url !== undefined) return mailchimpAccess(url, { accessToken });
  throw new StackbridgeError('SIGN_IN_EXPIRED', `Mailchimp does not accept the sign-in (${answer.status})`, {
    system: 'mailchimp',
  });
}

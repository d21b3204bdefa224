import {
  mailchimpAccess,
  mailchimpBaseUrlOfKey,
  mailchimpBaseUrlOfMetadata,
  mailchimpEndpoints,
  mailchimpMetadataRequest,
} from '@stackbridge/credentials/mailchimp.ts';
import { NoAnswerError, StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Access, Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import type { MailchimpSettings } from './settings.ts';

/** An account reached by API key or OAuth token. Neither expires and neither can be renewed. */
export function createMailchimpConnection(settings: MailchimpSettings, http: Http): Connection {
  let finding: Promise<Access> | undefined;

  return {
    system: 'mailchimp',
    access() {
      finding ??= find(settings, http).catch((error: unknown) => {
        finding = undefined;
        throw error;
      });
      return finding;
    },
    renew: () => Promise.reject(ended('The API key or token of mailchimp is not valid (any more)')),
  };
}

async function find({ apiKey, accessToken = '', baseUrl }: MailchimpSettings, http: Http): Promise<Access> {
  const secret = apiKey === undefined ? { accessToken } : { apiKey };
  const known = baseUrl ?? (apiKey === undefined ? undefined : mailchimpBaseUrlOfKey(apiKey));
  return mailchimpAccess(known ?? (await baseUrlOfToken(accessToken, http)), secret);
}

async function baseUrlOfToken(accessToken: string, http: Http): Promise<string> {
  const { host } = new URL(mailchimpEndpoints().metadataUrl);
  const answer = await http.send(mailchimpMetadataRequest(accessToken)).catch((error: unknown) => {
    throw error instanceof NoAnswerError ? passing(`${host} did not answer`) : error;
  });
  const found = mailchimpBaseUrlOfMetadata(answer);
  if (found !== undefined) return found;
  if (answer.status >= 500 || answer.status === 429) throw passing(`${host} answered HTTP ${answer.status}`);
  throw ended(`${host} does not accept the access token of mailchimp (HTTP ${answer.status})`);
}

/** The call that asked for the access has not been made. */
function passing(message: string): NoAnswerError {
  return new NoAnswerError(message, 'no', { system: 'mailchimp' });
}

function ended(message: string): StackbridgeError {
  return new StackbridgeError('SIGN_IN_EXPIRED', message, { system: 'mailchimp' });
}

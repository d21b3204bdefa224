import {
  mailchimpAccess,
  mailchimpBaseUrlOfKey,
  mailchimpBaseUrlOfMetadata,
  mailchimpConsentPage,
  mailchimpEndpoints,
  mailchimpMetadataRequest,
  takeMailchimpConsent,
} from '@stackbridge/credentials/mailchimp.ts';
import { UsageError } from '../commands/usage-error.ts';
import {
  accountNameAt,
  answerTo,
  type RegisteredClient,
  type SignedIn,
  type SignInPorts,
  unusable,
} from './sign-in.ts';

/** A user of the account consents. @param loginUrl whatever speaks for Mailchimp's login host; default that itself */
export async function signInToMailchimp(
  loginUrl: string | undefined,
  { clientId, clientSecret }: RegisteredClient,
  { http, askUser }: SignInPorts,
): Promise<SignedIn> {
  const { attempt, answer } = await askUser(mailchimpConsentPage(loginUrl), clientId);
  const accessToken = await takeMailchimpConsent(attempt, answer, clientSecret, http);
  const metadata = mailchimpMetadataRequest(accessToken, mailchimpEndpoints(loginUrl));
  const baseUrl = mailchimpBaseUrlOfMetadata(
    await answerTo(metadata, http, 'mailchimp'),
    loginUrl === undefined ? [] : [loginUrl],
  );
  if (baseUrl === undefined)
    throw unusable(
      'Mailchimp does not say where the account is, or names a host that is not its own',
      'mailchimp',
    );
  const account = await accountNameAt('mailchimp', mailchimpAccess(baseUrl, { accessToken }), http);
  return { method: 'consent', account, settings: { accessToken, baseUrl } };
}

/** An API key, as a server has it. @param baseUrl default the data centre that the key names */
export async function signInMailchimpByKey(
  apiKey: string,
  baseUrl: string | undefined,
  { http }: Pick<SignInPorts, 'http'>,
): Promise<SignedIn> {
  const address = baseUrl ?? mailchimpBaseUrlOfKey(apiKey);
  if (address === undefined)
    throw new UsageError(
      'The API key names no data centre (…-us19)',
      'Copy the whole key, or give --base-url',
    );
  const account = await accountNameAt('mailchimp', mailchimpAccess(address, { apiKey }), http);
  return { method: 'key', account, settings: { apiKey, baseUrl: address } };
}

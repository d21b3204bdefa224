import {
  mailchimpBaseUrlOfMetadata,
  mailchimpConsentPage,
  mailchimpEndpoints,
  mailchimpMetadataRequest,
  takeMailchimpConsent,
} from '@stackbridge/credentials/mailchimp.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { AuthData } from '../connection/auth-data.ts';
import type { SignIn } from './sign-in.ts';

type Account = Extract<AuthData, { system: 'mailchimp' }>;

/** Tokens never expire: there is nothing to refresh. */
export const mailchimpSignIn: SignIn<Account> = {
  page: (_choices, { loginUrl }) => mailchimpConsentPage(loginUrl),

  async take({ attempt, answer, app }, http) {
    const token = await takeMailchimpConsent(attempt, answer, app.clientSecret, http);
    const metadata = await http.send(mailchimpMetadataRequest(token, mailchimpEndpoints(app.loginUrl)));
    const configured = app.loginUrl === undefined ? [] : [app.loginUrl];
    const apiUrl = mailchimpBaseUrlOfMetadata(metadata, configured);
    if (apiUrl !== undefined) return { system: 'mailchimp', access_token: token, api_url: apiUrl };
    throw new StackbridgeError(
      'SIGN_IN_REFUSED',
      `Mailchimp does not say where the account lives (HTTP ${metadata.status})`,
      { system: 'mailchimp' },
    );
  },
};

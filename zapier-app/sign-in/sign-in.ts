import type { ConsentPage, SignInAttempt } from '@stackbridge/credentials/consent.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import { z } from 'zod';
import type { AuthData } from '../connection/auth-data.ts';
import type { AppEnvironment } from './app-environment.ts';

/** What the user chose before being sent to the system. */
export const signInChoices = z.object({
  salesforce_environment: z.enum(['production', 'sandbox']).default('production'),
  /** `acme.my.salesforce.com`, with or without the protocol. */
  salesforce_domain: z
    .string()
    .trim()
    .regex(/^(https:\/\/)?[a-z0-9-]+(\.[a-z0-9-]+)*\.my\.salesforce\.com\/?$/i, {
      error: 'must be a My Domain such as acme.my.salesforce.com',
    })
    .optional(),
  zoho_data_centre: z.string().default('com'),
});
export type SignInChoices = z.output<typeof signInChoices>;

export interface Consent {
  readonly attempt: SignInAttempt;
  /** The query that the user came back with. */
  readonly answer: URLSearchParams;
  readonly app: AppEnvironment;
  readonly choices: SignInChoices;
}

/** How one system is signed in to, and what Zapier keeps of it. */
export interface SignIn<Account extends AuthData> {
  page(choices: SignInChoices, app: AppEnvironment): ConsentPage;
  take(consent: Consent, http: Http): Promise<Account>;
}

/** One whose tokens expire. */
export interface RenewableSignIn<Account extends AuthData> extends SignIn<Account> {
  refresh(account: Account, app: AppEnvironment, http: Http): Promise<Account>;
}

import type { Access } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { HttpRequest, HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import { MAILCHIMP_DISPLAY_NAME, mailchimpAccountName, mailchimpProof } from './mailchimp.ts';
import { SALESFORCE_DISPLAY_NAME, salesforceAccountName, salesforceProof } from './salesforce.ts';
import { XERO_DISPLAY_NAME, xeroAccountName, xeroProof } from './xero.ts';
import { ZOHO_DISPLAY_NAME, zohoAccountName, zohoProof } from './zoho.ts';

/** What is signed in to; Zoho's products share one sign-in. */
export const SIGN_IN_SYSTEMS = ['salesforce', 'mailchimp', 'zoho', 'xero'] as const;
export type SignInSystem = (typeof SIGN_IN_SYSTEMS)[number];

/** What is known of a system before anybody has signed in. */
export interface SystemFacts {
  readonly displayName: string;
  /** The name of this machine that redirects may carry: each vendor refuses the other, or takes both. */
  readonly redirectHost: 'localhost' | '127.0.0.1';
  /** The cheapest call that only a valid sign-in answers. */
  proof(access: Access): HttpRequest;
  /** What the account calls itself; undefined when the answer proves nothing. */
  accountName(answer: HttpResponse): string | undefined;
}

export const SYSTEM_FACTS: Readonly<Record<SignInSystem, SystemFacts>> = {
  salesforce: {
    displayName: SALESFORCE_DISPLAY_NAME,
    redirectHost: 'localhost',
    proof: salesforceProof,
    accountName: salesforceAccountName,
  },
  mailchimp: {
    displayName: MAILCHIMP_DISPLAY_NAME,
    redirectHost: '127.0.0.1',
    proof: mailchimpProof,
    accountName: mailchimpAccountName,
  },
  zoho: {
    displayName: ZOHO_DISPLAY_NAME,
    redirectHost: 'localhost',
    proof: zohoProof,
    accountName: zohoAccountName,
  },
  xero: {
    displayName: XERO_DISPLAY_NAME,
    redirectHost: 'localhost',
    proof: xeroProof,
    accountName: xeroAccountName,
  },
};

import { mailchimpAccess } from '@stackbridge/credentials/mailchimp.ts';
import { salesforceAccess } from '@stackbridge/credentials/salesforce.ts';
import { type SignInSystem, SYSTEM_FACTS } from '@stackbridge/credentials/systems.ts';
import { xeroAccess } from '@stackbridge/credentials/xero.ts';
import { zohoAccess } from '@stackbridge/credentials/zoho.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { SystemName } from '@stackbridge/shared-mappers/model/side.ts';
import type { Access, Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import { StepFault } from '../errors/step-fault.ts';

import { type AuthData, readAuthData } from './auth-data.ts';

/** What a step reaches through the account that was chosen for it. */
export type Reach =
  | { readonly system: Exclude<SystemName, 'xero'> }
  /** @param tenantId absent only for the list of organisations */
  | { readonly system: 'xero'; readonly tenantId?: string };

/**
 * The account that the user chose for a step. Zapier offers every account of the app to every step.
 *
 * @throws StepFault where it is one of another system
 */
export function connectionTo(reach: Reach, authData: unknown): Connection {
  const access = accessOf(reach, accountOf(neededFor(reach.system), authData));
  return {
    system: reach.system,
    access: async () => access,
    // Zapier renews tokens between two runs of a step, never within one.
    renew: () => Promise.reject(expired(reach.system)),
  };
}

/** @throws StepFault where the account is one of another system */
export function accountOf<Needed extends SignInSystem>(
  system: Needed,
  authData: unknown,
): Extract<AuthData, { system: Needed }> {
  const account = readAuthData(authData);
  if (isOf(account, system)) return account;
  throw new StepFault(
    'WRONG_CONNECTION',
    `This step works with ${SYSTEM_FACTS[system].displayName}, but the account chosen for it is signed in to ${SYSTEM_FACTS[account.system].displayName}. Choose, or connect, a ${SYSTEM_FACTS[system].displayName} account in the step's account field.`,
  );
}

function isOf<Needed extends SignInSystem>(
  account: AuthData,
  system: Needed,
): account is Extract<AuthData, { system: Needed }> {
  return account.system === system;
}

function neededFor(system: SystemName): SignInSystem {
  return system === 'zoho-projects' || system === 'zoho-books' ? 'zoho' : system;
}

function accessOf(reach: Reach, account: AuthData): Access {
  switch (account.system) {
    case 'salesforce':
      return salesforceAccess(account.api_url, account.access_token);
    case 'mailchimp':
      return mailchimpAccess(account.api_url, { accessToken: account.access_token });
    case 'zoho':
      return zohoAccess(
        reach.system === 'zoho-books' ? account.books_url : account.projects_url,
        account.access_token,
      );
    case 'xero':
      return xeroAccess(
        account.api_url,
        account.access_token,
        reach.system === 'xero' ? reach.tenantId : undefined,
      );
  }
}

function expired(system: SystemName): StackbridgeError {
  return new StackbridgeError('SIGN_IN_EXPIRED', `The sign-in to ${system} has expired`, { system });
}

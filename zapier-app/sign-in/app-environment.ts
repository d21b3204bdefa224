import { isSafeForSecrets } from '@stackbridge/credentials/loopback.ts';
import type { SignInSystem } from '@stackbridge/credentials/systems.ts';
import { StepFault } from '../errors/step-fault.ts';

/** The application that is registered with a system, and where that system is. */
export interface AppEnvironment {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The host of its sign-in pages; absent: the vendor's own. */
  readonly loginUrl: string | undefined;
  /** The host of one of its APIs; absent: the vendor's own, or what the sign-in names. */
  apiUrl(api: 'api' | 'projects' | 'books'): string | undefined;
}

/**
 * Reads what `zapier-platform env:set` has set: `SALESFORCE_CLIENT_ID`, `SALESFORCE_CLIENT_SECRET` and, to let
 * something else stand in for a vendor, `SALESFORCE_LOGIN_URL`, `XERO_API_URL`, `ZOHO_PROJECTS_URL`, `ZOHO_BOOKS_URL`.
 */
export function appEnvironment(system: SignInSystem): AppEnvironment {
  const prefix = system.toUpperCase();
  return {
    clientId: required(`${prefix}_CLIENT_ID`),
    clientSecret: required(`${prefix}_CLIENT_SECRET`),
    loginUrl: address(`${prefix}_LOGIN_URL`),
    apiUrl: (api) => address(`${prefix}_${api.toUpperCase()}_URL`),
  };
}

function required(variable: string): string {
  const value = process.env[variable];
  if (value) return value;
  throw new StepFault(
    'APP_NOT_SET_UP',
    `This app is not set up yet: its environment variable ${variable} is missing. Set it with zapier-platform env:set.`,
  );
}

function address(variable: string): string | undefined {
  const value = process.env[variable];
  if (!value) return undefined;
  if (isSafeForSecrets(value)) return value.replace(/\/+$/, '');
  throw new StepFault('APP_NOT_SET_UP', `The app's environment variable ${variable} must be an https URL.`);
}

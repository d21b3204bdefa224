import { createSystemClient, type SystemClient, type SystemClientOptions } from '../http/system-client.ts';
import type { SystemName } from '../model/side.ts';
import type { Log } from '../ports/log.ts';
import { interpretMailchimp } from './mailchimp/errors.ts';
import { mailchimpLimits } from './mailchimp/limits.ts';
import { interpretSalesforce } from './salesforce/errors.ts';
import { salesforceLimits } from './salesforce/limits.ts';
import { interpretXero } from './xero/errors.ts';
import { xeroLimits } from './xero/limits.ts';
import { interpretZohoBooks } from './zoho-books/errors.ts';
import { zohoBooksLimits } from './zoho-books/limits.ts';
import { interpretZohoProjects } from './zoho-projects/errors.ts';
import { zohoProjectsLimits } from './zoho-projects/limits.ts';

type Interpret = SystemClientOptions['interpret'];

const INTERPRETERS: Readonly<Record<SystemName, Interpret>> = {
  salesforce: interpretSalesforce,
  mailchimp: interpretMailchimp,
  'zoho-projects': interpretZohoProjects,
  'zoho-books': interpretZohoBooks,
  xero: interpretXero,
};

const LIMITS: Readonly<Record<SystemName, (log: Log) => SystemClientOptions['limits']>> = {
  salesforce: salesforceLimits,
  mailchimp: () => mailchimpLimits(),
  'zoho-projects': () => zohoProjectsLimits(),
  'zoho-books': () => zohoBooksLimits(),
  xero: xeroLimits,
};

/** What an answer means that was asked for without a client, such as the first call of a sign-in. */
export function interpretAnswer(system: SystemName, ...asked: Parameters<Interpret>): ReturnType<Interpret> {
  return INTERPRETERS[system](...asked);
}

/** A client of one account, with its system's limits and reading of answers. */
export function clientTo({
  system,
  ...settings
}: Omit<SystemClientOptions, 'limits' | 'interpret'>): SystemClient {
  const limits = LIMITS[system](settings.log);
  return createSystemClient({ ...settings, limits, interpret: INTERPRETERS[system], system });
}

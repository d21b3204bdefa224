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

type Dialect = Pick<SystemClientOptions, 'limits' | 'interpret'>;

const DIALECTS: Readonly<Record<SystemName, (log: Log) => Dialect>> = {
  salesforce: (log) => ({ limits: salesforceLimits(log), interpret: interpretSalesforce }),
  mailchimp: () => ({ limits: mailchimpLimits(), interpret: interpretMailchimp }),
  'zoho-projects': () => ({ limits: zohoProjectsLimits(), interpret: interpretZohoProjects }),
  'zoho-books': () => ({ limits: zohoBooksLimits(), interpret: interpretZohoBooks }),
  xero: (log) => ({ limits: xeroLimits(log), interpret: interpretXero }),
};

/** A client of one account, with its system's limits and reading of answers. */
export function clientTo({
  system,
  ...settings
}: Omit<SystemClientOptions, 'limits' | 'interpret'>): SystemClient {
  return createSystemClient({ ...settings, ...DIALECTS[system](settings.log), system });
}

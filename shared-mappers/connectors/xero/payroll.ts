import type { SystemClient } from '../../http/system-client.ts';
import type { PayrollCountry, PayrollTarget } from '../../ports/payroll-target.ts';
import { createPayrollV1, readAustralianSettings } from './payroll-v1.ts';
import { createTimesheetsV2, readSettingsV2 } from './payroll-v2.ts';

export interface XeroPayrollOptions {
  /** As for `createXeroConnector`, best the same one; needs the payroll scopes and a payroll administrator. */
  readonly client: SystemClient;
  /** The organisation's country: `ChartOfAccounts.organisation.country`. Payroll exists in no other. */
  readonly country: PayrollCountry;
  /** In Australia: timesheets of the old kind (default) or of the new one. */
  readonly timesheets?: 'v1' | 'v2';
}

/** Payroll of one organisation. Each country has an API of its own; calendars and people of Australia are the old one's. */
export function createXeroPayroll({ client, country, timesheets = 'v1' }: XeroPayrollOptions): PayrollTarget {
  const settings = country === 'AU' ? readAustralianSettings(client) : readSettingsV2(client);
  const isOld = country === 'AU' && timesheets === 'v1';
  const sheets = isOld ? createPayrollV1(client) : createTimesheetsV2(client);
  return { system: 'xero', ...settings, ...sheets };
}

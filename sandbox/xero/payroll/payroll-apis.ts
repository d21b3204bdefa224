import type { Books } from '../books/books.ts';
import type { Region } from '../books/organisation.ts';
import type { XeroApi } from '../serve-api.ts';
import type { Site } from '../site.ts';
import { notFound, unauthorized } from '../wire/refusal.ts';
import { australianEndpoints } from './au/australian-endpoints.ts';
import { payrollSettingsEndpoints } from './payroll-settings-endpoints.ts';
import { timesheetEndpoints } from './timesheet-endpoints.ts';

/** Only in its regions, and only for users who may see payroll. */
function admits(regions: readonly Region[]) {
  return (site: Site, books: Books): void => {
    if (!regions.includes(books.organisation.region)) throw notFound();
    if (!site.settings.payrollAdmin)
      throw unauthorized('AuthorizationUnsuccessful', site.answers.next(), 403);
  };
}

/** Payroll of Australia, the older API. */
export const payrollAuApi: XeroApi = {
  prefix: '/payroll.xro/1.0',
  endpoints: australianEndpoints,
  speaksXml: true,
  admit: admits(['AU']),
};

/** Payroll of New Zealand and the United Kingdom; in Australia its timesheets only. */
export const payrollApi: XeroApi = {
  prefix: '/payroll.xro/2.0',
  endpoints: timesheetEndpoints,
  speaksXml: false,
  admit: admits(['AU', 'NZ', 'UK']),
};

export const payrollSettingsApi: XeroApi = {
  prefix: '/payroll.xro/2.0',
  endpoints: payrollSettingsEndpoints,
  speaksXml: false,
  admit: admits(['NZ', 'UK']),
};

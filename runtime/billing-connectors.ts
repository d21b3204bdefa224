import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { interpretXero } from '@stackbridge/shared-mappers/connectors/xero/errors.ts';
import { xeroLimits } from '@stackbridge/shared-mappers/connectors/xero/limits.ts';
import { createXeroPayroll } from '@stackbridge/shared-mappers/connectors/xero/payroll.ts';
import { createXeroProjects } from '@stackbridge/shared-mappers/connectors/xero/projects.ts';
import { createZohoBooksConnector } from '@stackbridge/shared-mappers/connectors/zoho-books/connector.ts';
import { interpretZohoBooks } from '@stackbridge/shared-mappers/connectors/zoho-books/errors.ts';
import { zohoBooksLimits } from '@stackbridge/shared-mappers/connectors/zoho-books/limits.ts';
import { createZohoProjectsConnector } from '@stackbridge/shared-mappers/connectors/zoho-projects/connector.ts';
import { interpretZohoProjects } from '@stackbridge/shared-mappers/connectors/zoho-projects/errors.ts';
import { zohoProjectsLimits } from '@stackbridge/shared-mappers/connectors/zoho-projects/limits.ts';
import { createSystemClient } from '@stackbridge/shared-mappers/http/system-client.ts';
import type { AccountingTarget } from '@stackbridge/shared-mappers/ports/accounting-target.ts';
import type { BooksSource, ProjectSource } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import type { Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { PayrollCountry, PayrollTarget } from '@stackbridge/shared-mappers/ports/payroll-target.ts';
import type { TimeTarget } from '@stackbridge/shared-mappers/ports/xero-projects.ts';
import type { ClientSettings } from './recipe-connectors.ts';

/** What a billing recipe reads from and writes to. */
export interface BillingConnectors {
  readonly source: ProjectSource;
  readonly books: BooksSource;
  readonly target: AccountingTarget;
  readonly time: TimeTarget;
  readonly payroll: (country: PayrollCountry, timesheets: 'v1' | 'v2') => PayrollTarget;
}

/** Where the work is, as recipes say it. */
export interface ZohoPlace {
  readonly portal?: string;
  readonly organisation?: string;
  readonly fixedAmount?: string;
  readonly webUrl?: string;
}

/** One client a system, with its limits and its reading of answers. */
export function billingConnectorsOf(
  { zoho }: { readonly zoho: ZohoPlace },
  connectionTo: (system: 'zoho-projects' | 'zoho-books' | 'xero') => Connection,
  settings: ClientSettings,
): BillingConnectors {
  const { portal, organisation, fixedAmount, webUrl } = zoho;
  // One client, since the limits hold for all of Xero's APIs together.
  const xero = createSystemClient({
    ...settings,
    system: 'xero',
    connection: connectionTo('xero'),
    limits: xeroLimits(settings.log),
    interpret: interpretXero,
  });
  return {
    source: createZohoProjectsConnector({
      client: createSystemClient({
        ...settings,
        system: 'zoho-projects',
        connection: connectionTo('zoho-projects'),
        limits: zohoProjectsLimits(),
        interpret: interpretZohoProjects,
      }),
      ...(portal === undefined ? {} : { portal }),
      ...(fixedAmount === undefined ? {} : { fixedAmountField: fixedAmount }),
      ...(webUrl === undefined ? {} : { webUrl }),
    }),
    books: createZohoBooksConnector({
      client: createSystemClient({
        ...settings,
        system: 'zoho-books',
        connection: connectionTo('zoho-books'),
        limits: zohoBooksLimits(),
        interpret: interpretZohoBooks,
      }),
      ...(organisation === undefined ? {} : { organisation }),
    }),
    target: createXeroConnector(xero),
    time: createXeroProjects(xero),
    payroll: (country, timesheets) => createXeroPayroll({ client: xero, country, timesheets }),
  };
}

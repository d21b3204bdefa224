import { createXeroConnector } from '../connectors/xero/connector.ts';
import { createXeroPayroll } from '../connectors/xero/payroll.ts';
import { createXeroProjects } from '../connectors/xero/projects.ts';
import { createZohoBooksConnector } from '../connectors/zoho-books/connector.ts';
import { createZohoProjectsConnector } from '../connectors/zoho-projects/connector.ts';
import type { SystemClient } from '../http/system-client.ts';
import type { AccountingTarget } from '../ports/accounting-target.ts';
import type { BooksSource, ProjectSource } from '../ports/billing-source.ts';
import type { PayrollCountry, PayrollTarget } from '../ports/payroll-target.ts';
import type { TimeTarget } from '../ports/xero-projects.ts';

/** One client a system of a billing recipe. Xero's limits hold for all of its APIs together. */
export type BillingClients = Readonly<Record<'zoho-projects' | 'zoho-books' | 'xero', SystemClient>>;

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

/** All sides of a recipe. */
export function billingConnectors(
  { zoho }: { readonly zoho: ZohoPlace },
  clients: BillingClients,
): BillingConnectors {
  const { portal, organisation, fixedAmount, webUrl } = zoho;
  const { xero } = clients;
  return {
    source: createZohoProjectsConnector({
      client: clients['zoho-projects'],
      ...(portal === undefined ? {} : { portal }),
      ...(fixedAmount === undefined ? {} : { fixedAmountField: fixedAmount }),
      ...(webUrl === undefined ? {} : { webUrl }),
    }),
    books: createZohoBooksConnector({
      client: clients['zoho-books'],
      ...(organisation === undefined ? {} : { organisation }),
    }),
    target: createXeroConnector(xero),
    time: createXeroProjects(xero),
    payroll: (country, timesheets) => createXeroPayroll({ client: xero, country, timesheets }),
  };
}

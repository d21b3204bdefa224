import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { createZohoBooksConnector } from '@stackbridge/shared-mappers/connectors/zoho-books/connector.ts';
import { interpretZohoBooks } from '@stackbridge/shared-mappers/connectors/zoho-books/errors.ts';
import { zohoBooksLimits } from '@stackbridge/shared-mappers/connectors/zoho-books/limits.ts';
import { createZohoProjectsConnector } from '@stackbridge/shared-mappers/connectors/zoho-projects/connector.ts';
import { interpretZohoProjects } from '@stackbridge/shared-mappers/connectors/zoho-projects/errors.ts';
import { zohoProjectsLimits } from '@stackbridge/shared-mappers/connectors/zoho-projects/limits.ts';
import type { BooksSource, ProjectSource } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import type { Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import { createZohoConnections } from 'stackbridge/connections/zoho-connection.ts';
import { createHttp } from 'stackbridge/http.ts';
import { memoryTokens } from 'stackbridge/scenarios/memory-tokens.ts';
import { createTestClient, NOON, type TestClient } from '../support/test-client.ts';

/** The connectors that read a sandbox's both products through one sign-in. */
export interface ZohoAccount {
  readonly projects: ProjectSource;
  readonly books: BooksSource;
  readonly projectsClient: TestClient;
  readonly booksClient: TestClient;
  /** Calls answered, by operation. */
  calls(): Record<string, number>;
  close(): Promise<void>;
}

/** @param sandbox emptied, so that the tests of a file can share one */
export function openZohoAccount(
  sandbox: Sandbox,
  options: { readonly fixedAmountField?: string; readonly webUrl?: string } = {},
): ZohoAccount {
  sandbox.admin.reset();
  const http = createHttp();
  const connections = createZohoConnections({
    settings: sandbox.connections.zoho,
    tokens: memoryTokens(),
    http,
    clock: { now: () => NOON },
  });
  const projectsClient = projectsClientOf(http, connections.projects);
  const booksClient = booksClientOf(http, connections.books);
  return {
    projects: createZohoProjectsConnector({ client: projectsClient.client, ...options }),
    books: createZohoBooksConnector({ client: booksClient.client }),
    projectsClient,
    booksClient,
    calls: () => {
      const counted = sandbox.world.calls.counts();
      return { ...counted['zoho-projects']?.operations, ...counted['zoho-books']?.operations };
    },
    close: () => http.close(),
  };
}

/** One person, one project with a milestone, a task and an issue on it. */
export function stageProject({ admin }: Sandbox) {
  const create = (collection: string, values: Record<string, unknown>) =>
    admin.create('zoho-projects', collection, values);
  const person = create('users', { name: 'Mia Brandt', email: 'mia@agency.test' });
  const client = { id: '9007199254740993', name: 'Acme Pty Ltd' };
  const project = create('projects', { name: 'Website', client, group: 'Design', currency: 'AUD' });
  const milestone = create('phases', { project, name: 'Launch', custom: { cf_fixed_amount: '1,500.00' } });
  const task = create('tasks', { project, milestone, name: 'Home page' });
  const issue = create('issues', { project, milestone, name: 'Broken link' });
  return { person, project, milestone, task, issue };
}

/** A customer with a project, a vendor, two expense accounts, a bank, a tax of 10 %. */
export function stageBooks({ admin }: Sandbox) {
  const create = (collection: string, values: Record<string, unknown>) =>
    admin.create('zoho-books', collection, values);
  const customer = create('contacts', { contact_name: 'Acme Pty Ltd', email: 'ap@acme.test' });
  return {
    customer,
    vendor: create('contacts', { contact_name: 'Rail', contact_type: 'vendor' }),
    project: create('projects', { project_name: 'Website', customer_id: customer }),
    travel: create('accounts', { account_name: 'Travel' }),
    meals: create('accounts', { account_name: 'Meals' }),
    sales: create('accounts', { account_name: 'Sales', account_type: 'income' }),
    bank: create('accounts', { account_name: 'Visa', account_type: 'credit_card' }),
    gst: create('taxes', { tax_name: 'GST', tax_percentage: '10' }),
  };
}

export function projectsClientOf(http: Http, connection?: Connection): TestClient {
  return createTestClient({
    system: 'zoho-projects',
    http,
    limits: zohoProjectsLimits(),
    interpret: interpretZohoProjects,
    ...(connection === undefined ? {} : { connection }),
  });
}

export function booksClientOf(http: Http, connection?: Connection): TestClient {
  return createTestClient({
    system: 'zoho-books',
    http,
    limits: zohoBooksLimits(),
    interpret: interpretZohoBooks,
    ...(connection === undefined ? {} : { connection }),
  });
}

/** Everything a listing yields. */
export async function all<Row>(pages: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}

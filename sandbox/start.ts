import type { AddressInfo } from 'node:net';
import { type Admin, createAdmin } from './admin/admin.ts';
import { serveAdmin } from './admin/admin-routes.ts';
import type { ClockMode } from './clock.ts';
import { createMailchimp, type Mailchimp } from './mailchimp/mailchimp.ts';
import type { SandboxParts } from './parts.ts';
import { seedPeople } from './people/seed.ts';
import { createSalesforce, type Salesforce } from './salesforce/salesforce.ts';
import { buildServer } from './server.ts';
import { type SandboxSignIns, signInsOf } from './sign-ins.ts';
import { createWorld, type World } from './world.ts';
import type { Region } from './xero/books/organisation.ts';
import { createXero, type Xero } from './xero/xero.ts';
import { createZohoAccounts, type ZohoAccounts } from './zoho-accounts/zoho-accounts.ts';
import { createZohoBooks, type ZohoBooks } from './zoho-books/zoho-books.ts';
import { createZohoProjects, type ZohoProjects } from './zoho-projects/zoho-projects.ts';

/** How a sandbox starts. */
export interface SandboxOptions {
  /** Default 0: any free port. */
  port?: number;
  /** Same seed, same people, ids and jitter. Default 1. */
  seed?: number;
  /** How many contacts to seed into both systems. Default 0: both empty. */
  contacts?: number;
  /** Default 'fixed': time moves only when told to. */
  clock?: ClockMode;
  /** Where the organisation in Xero is at home. Default 'AU'. */
  region?: Region;
  /** ISO instant at which the clock starts; default 2026-11-02T08:00:00Z when fixed, real time when running. */
  now?: string;
}

/** How a client reaches both systems; the shape of the runtime's `--connections` file. */
export interface SandboxConnections {
  salesforce: {
    baseUrl: string;
    tokenUrl: string;
    clientId: string;
    clientSecret: string;
    refreshToken: string;
    accessToken: string;
  };
  mailchimp: { baseUrl: string; apiKey: string };
  /** One sign-in for both products. */
  zoho: {
    projectsUrl: string;
    booksUrl: string;
    tokenUrl: string;
    clientId: string;
    clientSecret: string;
    refreshToken: string;
    accessToken: string;
  };
  xero: {
    baseUrl: string;
    tokenUrl: string;
    clientId: string;
    clientSecret: string;
    refreshToken: string;
    accessToken: string;
    tenantId: string;
  };
}

/** A running sandbox. */
export interface Sandbox {
  readonly port: number;
  readonly baseUrls: { salesforce: string; mailchimp: string; admin: string };
  readonly tokens: {
    salesforce: Omit<SandboxConnections['salesforce'], 'baseUrl' | 'tokenUrl'>;
    mailchimp: { apiKey: string };
  };
  readonly connections: SandboxConnections;
  readonly signIns: SandboxSignIns;
  readonly world: World;
  readonly salesforce: Salesforce;
  readonly mailchimp: Mailchimp;
  readonly zohoAccounts: ZohoAccounts;
  readonly zohoProjects: ZohoProjects;
  readonly zohoBooks: ZohoBooks;
  readonly xero: Xero;
  readonly admin: Admin;
  /** Stops listening and cuts open connections. */
  close(): Promise<void>;
}

/** Starts simulated vendors on 127.0.0.1, one process and one port for all. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, seed = 1, contacts = 0 } = options;
  const world = createWorld({ ...options, seed });
  const salesforce = createSalesforce(world);
  const mailchimp = createMailchimp(world, { prepared: true });
  const zohoAccounts = createZohoAccounts(world);
  const zohoProjects = createZohoProjects(world, zohoAccounts);
  const zohoBooks = createZohoBooks(world, zohoAccounts);
  const xero = createXero(world, { regions: [options.region ?? 'AU'] });
  const parts: SandboxParts = { world, salesforce, mailchimp, zohoAccounts, zohoProjects, zohoBooks, xero };
  const admin = createAdmin(parts);

  const app = buildServer(world, [salesforce, mailchimp, zohoAccounts, zohoProjects, zohoBooks, xero]);
  app.register(async (scope) => serveAdmin(scope, admin, world), { prefix: '/admin' });
  await app.listen({ port, host: '127.0.0.1' });
  const listening = portOf(app.server.address());
  world.origin = `http://127.0.0.1:${listening}`;
  if (contacts > 0) seedPeople(parts, { seed, contacts });

  const connections = connectionsOf(parts);
  const { baseUrl: _base, tokenUrl: _token, ...salesforceTokens } = connections.salesforce;
  return {
    port: listening,
    baseUrls: {
      salesforce: connections.salesforce.baseUrl,
      mailchimp: connections.mailchimp.baseUrl,
      admin: `${world.origin}/admin`,
    },
    tokens: { salesforce: salesforceTokens, mailchimp: { apiKey: connections.mailchimp.apiKey } },
    connections,
    signIns: signInsOf(parts),
    world,
    salesforce,
    mailchimp,
    zohoAccounts,
    zohoProjects,
    zohoBooks,
    xero,
    admin,
    close: async () => {
      await app.close();
    },
  };
}

function connectionsOf(parts: SandboxParts): SandboxConnections {
  const { world, salesforce, mailchimp } = parts;
  const baseUrl = `${world.origin}/salesforce`;
  return {
    salesforce: {
      baseUrl,
      tokenUrl: `${baseUrl}/services/oauth2/token`,
      clientId: salesforce.auth.clientId,
      clientSecret: salesforce.auth.clientSecret,
      refreshToken: salesforce.auth.firstRefreshToken,
      accessToken: salesforce.auth.firstAccessToken,
    },
    mailchimp: { baseUrl: `${world.origin}/mailchimp/3.0`, apiKey: mailchimp.apiKey },
    zoho: zohoAccessOf(parts),
    xero: xeroAccessOf(parts),
  };
}

function zohoAccessOf({ world, zohoAccounts }: SandboxParts): SandboxConnections['zoho'] {
  return {
    projectsUrl: `${world.origin}/zoho-projects`,
    booksUrl: `${world.origin}/zoho-books`,
    tokenUrl: `${world.origin}/zoho-accounts/oauth/v2/token`,
    ...zohoAccounts.oauth,
    ...zohoAccounts.grants.first,
  };
}

function xeroAccessOf({ world, xero }: SandboxParts): SandboxConnections['xero'] {
  const baseUrl = `${world.origin}/xero`;
  return {
    baseUrl,
    tokenUrl: `${baseUrl}/identity/connect/token`,
    clientId: xero.auth.clientId,
    clientSecret: xero.auth.clientSecret,
    refreshToken: xero.auth.firstRefreshToken,
    accessToken: xero.auth.firstAccessToken,
    tenantId: xero.books().organisation.id,
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The sandbox listens on TCP only');
  return address.port;
}

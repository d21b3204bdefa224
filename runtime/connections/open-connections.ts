import { SIGN_IN_SYSTEMS, type SignInSystem } from '@stackbridge/credentials/systems.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import { systemClock } from '../clock.ts';
import type { Vault } from '../vault/vault.ts';
import type { Environment } from './environment.ts';
import { keptConnections } from './kept-connections.ts';
import { createMailchimpConnection } from './mailchimp-connection.ts';
import { type KeptSettings, readConnections } from './read-connections.ts';
import { createSalesforceConnection } from './salesforce-connection.ts';
import { vaultTokens } from './vault-tokens.ts';
import { createXeroConnection } from './xero-connection.ts';
import { createZohoConnections } from './zoho-connection.ts';

export type ConnectedSystem = 'salesforce' | 'mailchimp' | 'zoho-projects' | 'zoho-books' | 'xero';

/** The systems that are signed in to: by the connections file, by the environment, or by `connect`. */
export interface Connections {
  /**
   * One connection a system, however often it is asked for.
   *
   * @throws StackbridgeError `CONNECTION_MISSING`; `VAULT_UNREADABLE` where its sign-in is kept but cannot be read
   */
  open(system: ConnectedSystem): Connection;
  /** What is signed in to, whether it can be opened or not. */
  readonly systems: readonly SignInSystem[];
  /** Which of several portals and organisations the sign-in to Zoho is for, where a recipe does not say. */
  readonly zohoChoice: Readonly<Partial<Record<'portal' | 'organisation', string>>>;
}

export interface OpenConnectionsOptions {
  readonly http: Http;
  readonly environment: Environment;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/**
 * @param path `--connections`; absent: what is kept in the vault, and the environment.
 * @throws StackbridgeError `CONNECTIONS_INVALID`
 */
export async function openConnections(
  path: string | undefined,
  vault: Vault,
  { http, environment, clock = systemClock }: OpenConnectionsOptions,
): Promise<Connections> {
  const { kept, unreadable } = await keptSettings(vault);
  const settings = readConnections(path, environment, kept);
  const { salesforce, mailchimp, zoho, xero } = settings;
  const tokens = vaultTokens(vault);
  const zohoBoth = zoho && createZohoConnections({ settings: zoho, tokens, http, clock });
  const opened: Partial<Record<ConnectedSystem, Connection>> = {
    ...(salesforce && {
      salesforce: createSalesforceConnection({ settings: salesforce, tokens, http, clock }),
    }),
    ...(mailchimp && { mailchimp: createMailchimpConnection(mailchimp, http) }),
    ...(zohoBoth && { 'zoho-projects': zohoBoth.projects, 'zoho-books': zohoBoth.books }),
    ...(xero && { xero: createXeroConnection({ settings: xero, tokens, http, clock }) }),
  };
  const { portal, organisation } = zoho ?? {};
  return {
    open(system) {
      const connection = opened[system];
      if (connection !== undefined) return connection;
      const failure = unreadable.get(signInOf(system));
      if (failure !== undefined) throw failure;
      throw new StackbridgeError('CONNECTION_MISSING', `No connection to ${system} is given`, { system });
    },
    systems: SIGN_IN_SYSTEMS.filter((system) => settings[system] !== undefined || unreadable.has(system)),
    zohoChoice: {
      ...(portal === undefined ? {} : { portal }),
      ...(organisation === undefined ? {} : { organisation }),
    },
  };
}

/** What cannot be read is told to whoever needs that system, and hinders no other. */
async function keptSettings(
  vault: Vault,
): Promise<{ readonly kept: KeptSettings; readonly unreadable: ReadonlyMap<SignInSystem, unknown> }> {
  const connections = keptConnections(vault);
  const kept: Record<string, Readonly<Record<string, string>>> = {};
  const unreadable = new Map<SignInSystem, unknown>();
  for (const system of connections.systems()) {
    try {
      const connection = await connections.read(system);
      if (connection !== undefined) kept[system] = connection.settings;
    } catch (error) {
      unreadable.set(system, error);
    }
  }
  return { kept, unreadable };
}

function signInOf(system: ConnectedSystem): SignInSystem {
  return system === 'zoho-projects' || system === 'zoho-books' ? 'zoho' : system;
}

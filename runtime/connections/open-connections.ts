import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import { systemClock } from '../clock.ts';
import type { Home } from '../home.ts';
import type { Environment } from './environment.ts';
import { createMailchimpConnection } from './mailchimp-connection.ts';
import { readConnections } from './read-connections.ts';
import { createSalesforceConnection } from './salesforce-connection.ts';
import { tokensFile } from './tokens-file.ts';
import { createXeroConnection } from './xero-connection.ts';
import { createZohoConnections } from './zoho-connection.ts';

export type ConnectedSystem = 'salesforce' | 'mailchimp' | 'zoho-projects' | 'zoho-books' | 'xero';

/** The systems that the connections file and the environment name. */
export interface Connections {
  /** One connection a system, however often it is asked for. @throws StackbridgeError `CONNECTION_MISSING` */
  open(system: ConnectedSystem): Connection;
}

export interface OpenConnectionsOptions {
  readonly http: Http;
  readonly environment: Environment;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/**
 * @param path `--connections`; absent: the environment alone.
 * @throws StackbridgeError `CONNECTIONS_INVALID`
 */
export async function openConnections(
  path: string | undefined,
  home: Pick<Home, 'tokensPath'>,
  { http, environment, clock = systemClock }: OpenConnectionsOptions,
): Promise<Connections> {
  const { salesforce, mailchimp, zoho, xero } = readConnections(path, environment);
  const tokens = tokensFile(home.tokensPath);
  const zohoBoth = zoho && createZohoConnections({ settings: zoho, tokens, http, clock });
  const opened: Partial<Record<ConnectedSystem, Connection>> = {
    ...(salesforce && {
      salesforce: createSalesforceConnection({ settings: salesforce, tokens, http, clock }),
    }),
    ...(mailchimp && { mailchimp: createMailchimpConnection(mailchimp, http) }),
    ...(zohoBoth && { 'zoho-projects': zohoBoth.projects, 'zoho-books': zohoBoth.books }),
    ...(xero && { xero: createXeroConnection({ settings: xero, tokens, http, clock }) }),
  };
  return {
    open(system) {
      const connection = opened[system];
      if (connection !== undefined) return connection;
      throw new StackbridgeError('CONNECTION_MISSING', `No connection to ${system} is given`, { system });
    },
  };
}

import { clientTo } from '@stackbridge/shared-mappers/connectors/client-to.ts';
import type { SystemClientOptions } from '@stackbridge/shared-mappers/http/system-client.ts';
import type { Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { PeopleClients } from '@stackbridge/shared-mappers/recipes/people-connectors.ts';

/** What all clients of a session share. */
export type ClientSettings = Omit<SystemClientOptions, 'system' | 'connection' | 'limits' | 'interpret'>;

/** One client a system, with its limits and its reading of answers. */
export function clientsOf(
  connectionTo: (system: keyof PeopleClients) => Connection,
  settings: ClientSettings,
): PeopleClients {
  const clientOf = (system: keyof PeopleClients) =>
    clientTo({ ...settings, system, connection: connectionTo(system) });
  return { salesforce: clientOf('salesforce'), mailchimp: clientOf('mailchimp') };
}

import type { SandboxConnections } from '@stackbridge/sandbox/start.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import { createSalesforceConnection } from 'stackbridge/connections/salesforce-connection.ts';
import type { StoredTokens } from 'stackbridge/connections/tokens-file.ts';

/** The runtime's own connection to the simulated org; refreshed tokens are kept in memory. */
export function connectSalesforce(
  settings: SandboxConnections['salesforce'],
  http: Http,
  clock: Clock,
): Connection {
  const kept = new Map<string, StoredTokens>();
  const tokens = {
    read: (system: string) => kept.get(system),
    write: (system: string, saved: StoredTokens) => void kept.set(system, saved),
  };
  return createSalesforceConnection({ settings, tokens, http, clock });
}

import type { SandboxConnections } from '@stackbridge/sandbox/start.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import { createSalesforceConnection } from 'stackbridge/connections/salesforce-connection.ts';
import { memoryTokens } from 'stackbridge/scenarios/memory-tokens.ts';

/** The runtime's own connection to the simulated org; refreshed tokens are kept in memory. */
export function connectSalesforce(
  settings: SandboxConnections['salesforce'],
  http: Http,
  clock: Clock,
): Connection {
  return createSalesforceConnection({ settings, tokens: memoryTokens(), http, clock });
}

import type { World } from '@stackbridge/sandbox/world.ts';
import { interpretXero } from '@stackbridge/shared-mappers/connectors/xero/errors.ts';
import { xeroLimits } from '@stackbridge/shared-mappers/connectors/xero/limits.ts';
import { createSystemClient, type SystemClient } from '@stackbridge/shared-mappers/http/system-client.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import type { XeroSettings } from 'stackbridge/connections/settings.ts';
import { createXeroConnection } from 'stackbridge/connections/xero-connection.ts';
import { memoryTokens } from 'stackbridge/scenarios/memory-tokens.ts';

/** The runtime's own connection to the simulated organisation; refreshed tokens are kept in memory. */
function connectXero(settings: XeroSettings, http: Http, clock: Clock): Connection {
  return createXeroConnection({ settings, tokens: memoryTokens(), http, clock });
}

/** A client of a simulated organisation that lives in the sandbox's time: waiting moves its clock. */
export function xeroClientOf(
  { world, settings }: { readonly world: World; readonly settings: XeroSettings },
  http: Http,
  { patienceMs = 900_000 } = {},
): { client: SystemClient; slept: readonly number[] } {
  const slept: number[] = [];
  const { clock } = world;
  const quiet = { debug: () => {}, info: () => {}, warn: () => {} };
  const client = createSystemClient({
    system: 'xero',
    http,
    connection: connectXero(settings, http, clock),
    clock,
    sleep: {
      sleep: async (ms) => {
        slept.push(ms);
        clock.advance(ms);
      },
    },
    random: { next: () => 0.5, id: () => '01TESTTESTTESTTESTTESTTEST' },
    progress: { begin: () => {}, advance: () => {}, end: () => {}, call: () => {}, waiting: () => {} },
    log: quiet,
    limits: xeroLimits(quiet),
    interpret: interpretXero,
    patienceMs,
  });
  return { client, slept };
}

import { mailchimpAccess } from '@stackbridge/credentials/mailchimp.ts';
import type { SandboxConnections } from '@stackbridge/sandbox/start.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import type { Log } from '@stackbridge/shared-mappers/ports/log.ts';
import type { Random } from '@stackbridge/shared-mappers/ports/random.ts';
import type { Scratch } from '@stackbridge/shared-mappers/ports/scratch.ts';
import type { Sleep } from '@stackbridge/shared-mappers/ports/sleep.ts';
import type { Store } from '@stackbridge/shared-mappers/ports/store.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { connectorsOf } from '@stackbridge/shared-mappers/recipes/people-connectors.ts';
import { cachedSchemaOf, schemaMemos } from '@stackbridge/shared-mappers/recipes/schema-cache.ts';
import type { SyncPorts } from '@stackbridge/shared-mappers/sync/job.ts';
import { memoryScratch } from '@stackbridge/shared-mappers/sync/memory-scratch.ts';
import type { StatelessPorts } from '@stackbridge/shared-mappers/sync/stateless/sync-without-store.ts';
import { createSalesforceConnection } from '../connections/salesforce-connection.ts';
import type { TokenKeeper } from '../connections/token-keeper.ts';
import { clientsOf } from '../recipe-connectors.ts';
import type { Meter } from '../show/meter.ts';

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {} };

/** What one run of a scenario works with. */
export interface Outside {
  readonly connections: SandboxConnections;
  readonly tokens: TokenKeeper;
  readonly http: Http;
  readonly store: Store;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly random: Random;
  readonly meter: Meter;
  /** Working spaces that the run has opened: one that is cut leaves them behind. */
  readonly scratches: (Scratch & { dispose(): Promise<void> })[];
}

/** Clients and connectors as a process that has just started makes them. */
export async function portsFor(recipe: ContactSyncRecipe, outside: Outside): Promise<SyncPorts> {
  const { store, scratches } = outside;
  const remembered = await cachedSchemaOf(store, schemaMemos(recipe).right);
  return {
    ...storelessPorts(recipe, outside, remembered?.schema.object),
    store,
    openScratch: async () => {
      const scratch = memoryScratch();
      scratches.push(scratch);
      return scratch;
    },
  };
}

/** The same for a host that keeps nothing. @param audienceId where an earlier run has found it */
export function storelessPorts(
  recipe: ContactSyncRecipe,
  outside: Omit<Outside, 'store' | 'scratches'>,
  audienceId?: string,
): StatelessPorts {
  const { connections, tokens, http, clock, sleep, random, meter } = outside;
  const { patienceMs } = recipe;
  const clients = clientsOf(
    (system) =>
      system === 'salesforce'
        ? createSalesforceConnection({ settings: connections.salesforce, tokens, http, clock })
        : mailchimpConnection(connections.mailchimp),
    { http, clock, sleep, random, progress: meter, log: SILENT, patienceMs },
  );
  return {
    ...connectorsOf(recipe, clients, audienceId),
    clock,
    random,
    progress: meter,
    log: SILENT,
    stop: { requested: false },
    calls: () => meter.calls(),
  };
}

function mailchimpConnection({ baseUrl, apiKey }: SandboxConnections['mailchimp']): Connection {
  const access = mailchimpAccess(baseUrl, { apiKey });
  return {
    system: 'mailchimp',
    access: async () => access,
    renew: async () => {
      throw new StackbridgeError('SIGN_IN_EXPIRED', 'The API key of mailchimp is no longer valid');
    },
  };
}

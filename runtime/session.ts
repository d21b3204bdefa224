import { hostname } from 'node:os';
import { createActivitySource } from '@stackbridge/shared-mappers/connectors/mailchimp/activity-source.ts';
import {
  type Audience,
  findAudience,
  listAudiences,
} from '@stackbridge/shared-mappers/connectors/mailchimp/audience.ts';
import { createMailchimpConnector } from '@stackbridge/shared-mappers/connectors/mailchimp/connector.ts';
import { createActivityTarget } from '@stackbridge/shared-mappers/connectors/salesforce/activity-target.ts';
import { createSalesforceConnector } from '@stackbridge/shared-mappers/connectors/salesforce/connector.ts';
import type { ObjectSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';
import { type FingerprintKey, fingerprintKey } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Connector } from '@stackbridge/shared-mappers/ports/connector.ts';
import type { Log } from '@stackbridge/shared-mappers/ports/log.ts';
import type { Random } from '@stackbridge/shared-mappers/ports/random.ts';
import type { BillingConnectors, ZohoPlace } from '@stackbridge/shared-mappers/recipes/billing-connectors.ts';
import type { CampaignActivityRecipe } from '@stackbridge/shared-mappers/recipes/campaign-activity.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { connectorsOf, type PeopleClients } from '@stackbridge/shared-mappers/recipes/people-connectors.ts';
import { cachedSchemaOf, schemaMemos } from '@stackbridge/shared-mappers/recipes/schema-cache.ts';
import type { ActivityPorts } from '@stackbridge/shared-mappers/sync/activity/activity-job.ts';
import type { BillingPorts } from '@stackbridge/shared-mappers/sync/billing/billing-job.ts';
import type { SyncPorts } from '@stackbridge/shared-mappers/sync/job.ts';
import { billingConnectorsOf } from './billing-connectors.ts';
import { systemClock } from './clock.ts';
import { type Connections, openConnections } from './connections/open-connections.ts';
import { homeFolder, openHome } from './home.ts';
import { createHttp } from './http.ts';
import { createRandom } from './random.ts';
import { clientsOf } from './recipe-connectors.ts';
import { openActivityScratch } from './scratch/activity-scratch.ts';
import { openScratch } from './scratch/sqlite-scratch.ts';
import { logLines } from './show/log-lines.ts';
import { createMeter, type Meter } from './show/meter.ts';
import type { Terminal } from './show/terminal.ts';
import { createSleep } from './sleep.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { openStore, type SqliteStore } from './store/sqlite-store.ts';
import { openVault } from './vault/vault.ts';

type PersonObject = ContactSyncRecipe['salesforce']['object'];

export interface SessionOptions {
  /** `--home` as typed. */
  readonly home: string | undefined;
  /** `--connections` as typed. */
  readonly connectionsFile: string | undefined;
  readonly terminal: Terminal;
}

/**
 * Everything one command works with, opened once and closed together. The systems are signed in to when they are first
 * needed: what only reads the store works without connections.
 */
export interface Session extends AsyncDisposable {
  readonly folder: string;
  readonly store: SqliteStore;
  readonly key: FingerprintKey;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly meter: Meter;
  /** Ctrl-C ends a run between batches; a second one ends the process. */
  readonly stop: { readonly requested: boolean };
  /** For whoever finds a lease taken: `host:pid`. */
  readonly holder: string;
  /**
   * @param fresh finds the audience by its name anew, whatever is remembered; default false.
   * @throws StackbridgeError `CONNECTION_MISSING` or `CONNECTIONS_INVALID`
   */
  portsFor(recipe: ContactSyncRecipe, fresh?: boolean): Promise<SyncPorts>;
  /** The same for a recipe that writes to the accounts. */
  /** The same for a recipe about campaigns. */
  activityPortsFor(recipe: Pick<CampaignActivityRecipe, 'patienceMs'>): Promise<
    ActivityPorts & {
      /** @throws StackbridgeError `RECIPE_INVALID` when there is none */
      findAudience(nameOrId: string): Promise<Audience>;
    }
  >;
  billingPortsFor(recipe: {
    readonly zoho: ZohoPlace;
    readonly patienceMs: number;
  }): Promise<BillingPorts & BillingConnectors>;
  /** The records of one object that a filter lets through. */
  salesforceOf(object: PersonObject, filter: string): Promise<Connector>;
  /** Every audience of the Mailchimp account. */
  audiences(): Promise<Audience[]>;
  /** Both schemas as they are now. `audience` is a name or an id. */
  describe(object: PersonObject, audience: string): Promise<[ObjectSchema, ObjectSchema]>;
}

export async function openSession({ home, connectionsFile, terminal }: SessionOptions): Promise<Session> {
  const opened = openHome(homeFolder(home, process.env));
  const store = openStore(opened.storePath);
  const vault = openVault({ folder: opened.vaultFolder, environment: process.env });
  const signals = stopOnSignals(terminal);
  const http = createHttp();
  const random = createRandom();
  const log = logLines(terminal);
  const meter = createMeter();
  const sleep = createSleep(signals.abort);
  const { stop } = signals;
  const shared = { http, clock: systemClock, sleep, random, progress: meter, log, stop };
  let connecting: Promise<Connections> | undefined;

  async function clients(patienceMs?: number): Promise<PeopleClients> {
    connecting ??= openConnections(connectionsFile, vault, { http, environment: process.env });
    const connections = await connecting;
    const patience = patienceMs === undefined ? {} : { patienceMs };
    return clientsOf((system) => connections.open(system), { ...shared, ...patience });
  }

  return {
    folder: opened.folder,
    store,
    key: fingerprintKey(opened.fingerprintKey),
    clock: systemClock,
    random,
    log,
    meter,
    stop,
    holder: `${hostname()}:${process.pid}`,

    async portsFor(recipe, fresh = false) {
      const remembered = fresh ? undefined : await cachedSchemaOf(store, schemaMemos(recipe).right);
      return {
        ...connectorsOf(recipe, await clients(recipe.patienceMs), remembered?.schema.object),
        store,
        openScratch,
        clock: systemClock,
        random,
        progress: meter,
        log,
        stop,
        calls: () => meter.calls(),
      };
    },

    async activityPortsFor(recipe) {
      const { salesforce, mailchimp } = await clients(recipe.patienceMs);
      return {
        source: createActivitySource(mailchimp),
        target: createActivityTarget({ client: salesforce }),
        findAudience: (nameOrId) => findAudience(mailchimp, nameOrId),
        store,
        ledger: store,
        openActivityScratch,
        key: fingerprintKey(opened.fingerprintKey),
        clock: systemClock,
        random,
        progress: meter,
        log,
        stop,
        calls: () => meter.calls(),
      };
    },

    async billingPortsFor(recipe) {
      connecting ??= openConnections(connectionsFile, vault, { http, environment: process.env });
      const connections = await connecting;
      const settings = { ...shared, patienceMs: recipe.patienceMs };
      return {
        ...billingConnectorsOf(
          { zoho: { ...connections.zohoChoice, ...recipe.zoho } },
          (system) => connections.open(system),
          settings,
        ),
        store,
        ledger: store,
        key: fingerprintKey(opened.fingerprintKey),
        clock: systemClock,
        random,
        progress: meter,
        log,
        stop,
        calls: () => meter.calls(),
      };
    },

    async salesforceOf(object, filter) {
      return createSalesforceConnector({ client: (await clients()).salesforce, object, filter });
    },

    async audiences() {
      return listAudiences((await clients()).mailchimp);
    },

    async describe(object, audience) {
      const { salesforce, mailchimp } = await clients();
      return Promise.all([
        createSalesforceConnector({ client: salesforce, object }).describe(),
        createMailchimpConnector({ client: mailchimp, audience }).describe(),
      ]);
    },

    async [Symbol.asyncDispose]() {
      signals.dispose();
      await http.close();
      store[Symbol.dispose]();
    },
  };
}

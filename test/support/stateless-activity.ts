import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { createActivitySource } from '@stackbridge/shared-mappers/connectors/mailchimp/activity-source.ts';
import { createActivityTarget } from '@stackbridge/shared-mappers/connectors/salesforce/activity-target.ts';
import type { Log } from '@stackbridge/shared-mappers/ports/log.ts';
import { campaignActivity } from '@stackbridge/shared-mappers/recipes/campaign-activity.ts';
import { prepareCampaignActivity } from '@stackbridge/shared-mappers/recipes/prepare-campaign-activity.ts';
import {
  packActivity,
  unpackActivity,
} from '@stackbridge/shared-mappers/sync/stateless/activity/activity-delivery.ts';
import {
  type ActivityExecution,
  type ActivityRequest,
  activityWithoutStore,
} from '@stackbridge/shared-mappers/sync/stateless/activity/activity-without-store.ts';
import { deliveredActivity } from '@stackbridge/shared-mappers/sync/stateless/activity/delivered-activity.ts';
import { recentActivity } from '@stackbridge/shared-mappers/sync/stateless/activity/recent-activity.ts';
import { createMailchimpConnection } from 'stackbridge/connections/mailchimp-connection.ts';
import { createSalesforceConnection } from 'stackbridge/connections/salesforce-connection.ts';
import { createHttp } from 'stackbridge/http.ts';
import { clientsOf } from 'stackbridge/recipe-connectors.ts';
import { memoryTokens } from 'stackbridge/scenarios/memory-tokens.ts';
import { sandboxTime } from 'stackbridge/scenarios/sandbox-time.ts';
import { seededRandom } from 'stackbridge/scenarios/seeded-random.ts';
import { createMeter } from 'stackbridge/show/meter.ts';

const AUDIENCE = 'aud0000001';
const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {} };

/** Where everything that was written for campaign activity stands. */
const WRITTEN = ['Campaign', 'CampaignMember', 'Lead', 'Task', 'Mailchimp_Engagement__c'] as const;
type Written = Readonly<Record<(typeof WRITTEN)[number], readonly string[]>>;

/** The simulated systems, and executions between them that keep nothing. */
export class StatelessActivity {
  readonly sandbox: Sandbox;
  readonly #http = createHttp();
  readonly #meter = createMeter();
  readonly #tokens = memoryTokens();

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  static async start(): Promise<StatelessActivity> {
    return new StatelessActivity(await startSandbox({ now: '2026-11-02T08:00:00Z', seed: 1 }));
  }

  member(name: string): void {
    this.sandbox.admin.create('mailchimp', AUDIENCE, { email_address: `${name}@acme.test` });
  }

  contact(name: string): string {
    return this.sandbox.admin.create('salesforce', 'Contact', {
      LastName: name,
      Email: `${name}@acme.test`,
    });
  }

  campaign(title: string): string {
    return this.sandbox.admin.create('mailchimp', 'campaigns', { list: AUDIENCE, title });
  }

  /** Two things in one second with one link are hardly what a person does. */
  does(name: string, action: string, campaign: string, more: object = {}): void {
    this.sandbox.world.clock.advance(1_000);
    this.sandbox.admin.act('mailchimp', action, { campaign, to: `${name}@acme.test`, ...more });
  }

  /** One execution over the reports, as an n8n node makes it. */
  async push(recipe: object, request: ActivityRequest = {}): Promise<ActivityExecution> {
    const { source, target, ports } = this.#outside();
    return activityWithoutStore(await this.#job(recipe), { ...ports, source, target }, request);
  }

  /** What a Zap's trigger hands on, an execution each. @param order of the deliveries */
  async deliver(recipe: object, order: (deliveries: string[]) => string[]): Promise<void> {
    const { source, target, ports } = this.#outside();
    const packed: string[] = [];
    const wanted = { kinds: ['open', 'click', 'bounce', 'unsubscribe'], sentSince: 0, since: 0 } as const;
    for await (const { campaign, events } of recentActivity(source, wanted))
      packed.push(...events.map((event) => packActivity({ audience: 'Newsletter', campaign, event })));
    const job = await this.#job(recipe);
    for (const text of order(packed)) {
      const delivery = unpackActivity(text);
      if (delivery === undefined) throw new RangeError('A delivery was not read back');
      await activityWithoutStore(job, { ...ports, source: deliveredActivity(delivery), target });
    }
  }

  /** What stands in Salesforce, without its ids. */
  written(): Written {
    const { admin } = this.sandbox;
    const all = (object: string) => admin.records('salesforce', object, { limit: 10_000 }).records;
    const names = new Map(
      [...all('Contact'), ...all('Lead')].map(({ Id, LastName }) => [Id, String(LastName)]),
    );
    const titles = new Map(all('Campaign').map(({ Id, Name }) => [Id, String(Name)]));
    const shown: Record<(typeof WRITTEN)[number], readonly string[]> = {
      Campaign: [...titles.values()],
      CampaignMember: all('CampaignMember').map(
        ({ ContactId, LeadId, CampaignId, Status }) =>
          `${names.get(ContactId ?? LeadId)} ${titles.get(CampaignId)} ${Status}`,
      ),
      Lead: all('Lead').map(({ LastName }) => String(LastName)),
      Task: all('Task').map(({ WhoId, Subject }) => `${names.get(WhoId)} ${Subject}`),
      Mailchimp_Engagement__c: all('Mailchimp_Engagement__c').map(
        ({ Contact__c, Lead__c, Type__c }) => `${names.get(Contact__c ?? Lead__c)} ${Type__c}`,
      ),
    };
    for (const object of WRITTEN) shown[object] = shown[object].toSorted();
    return shown;
  }

  async close(): Promise<void> {
    await this.#http.close();
    await this.sandbox.close();
  }

  async #job(recipe: object) {
    const prepared = await prepareCampaignActivity(
      campaignActivity.parse(recipe),
      this.#outside().target,
      AUDIENCE,
    );
    if ('problems' in prepared) throw new RangeError(prepared.problems[0]?.message);
    return prepared.job;
  }

  #outside() {
    const { connections, world } = this.sandbox;
    const http = this.#http;
    const time = sandboxTime(world.clock);
    const shared = {
      clock: time.clock,
      random: seededRandom(world.clock),
      progress: this.#meter,
      log: SILENT,
    };
    const connected = {
      salesforce: createSalesforceConnection({
        settings: connections.salesforce,
        tokens: this.#tokens,
        http,
        clock: time.clock,
      }),
      mailchimp: createMailchimpConnection(connections.mailchimp, http),
    };
    const { salesforce, mailchimp } = clientsOf((system) => connected[system], {
      ...shared,
      http,
      sleep: time.sleep,
      patienceMs: 900_000,
    });
    return {
      source: createActivitySource(mailchimp),
      target: createActivityTarget({ client: salesforce }),
      ports: { ...shared, stop: { requested: false }, calls: () => this.#meter.calls() },
    };
  }
}

import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { createActivitySource } from '@stackbridge/shared-mappers/connectors/mailchimp/activity-source.ts';
import { findAudience } from '@stackbridge/shared-mappers/connectors/mailchimp/audience.ts';
import { createActivityTarget } from '@stackbridge/shared-mappers/connectors/salesforce/activity-target.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import type { ActivityLedger } from '@stackbridge/shared-mappers/ports/activity-ledger.ts';
import type { Log } from '@stackbridge/shared-mappers/ports/log.ts';
import { campaignActivity } from '@stackbridge/shared-mappers/recipes/campaign-activity.ts';
import { prepareCampaignActivity } from '@stackbridge/shared-mappers/recipes/prepare-campaign-activity.ts';
import type { ActivityRunOptions } from '@stackbridge/shared-mappers/sync/activity/plan-activity.ts';
import { syncActivity } from '@stackbridge/shared-mappers/sync/activity/run-activity.ts';
import { EXIT, exitCodeOf } from '../../commands/exit-code.ts';
import { createMailchimpConnection } from '../../connections/mailchimp-connection.ts';
import { createSalesforceConnection } from '../../connections/salesforce-connection.ts';
import { createHttp } from '../../http.ts';
import { clientsOf } from '../../recipe-connectors.ts';
import { openActivityScratch } from '../../scratch/activity-scratch.ts';
import { createMeter } from '../../show/meter.ts';
import { IoGate } from '../io-gate.ts';
import { memoryTokens, type TokensInMemory } from '../memory-tokens.ts';
import { sandboxTime } from '../sandbox-time.ts';
import { ScenarioHome } from '../scenario-home.ts';
import { seededRandom } from '../seeded-random.ts';

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {} };

export interface ActivityRun {
  readonly exit: number;
  readonly summary: RunSummary;
  readonly message?: string;
}

/** Whoever runs activity recipes in a scenario: the runtime's connections and store, the sandbox's time. */
export class ActivityWorker {
  readonly home = new ScenarioHome(false);
  readonly #sandbox: Sandbox;
  readonly #http = createHttp();
  readonly #tokens: TokensInMemory = new Map();
  readonly #time: ReturnType<typeof sandboxTime>;
  readonly #random: ReturnType<typeof seededRandom>;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.#time = sandboxTime(sandbox.world.clock);
    this.#random = seededRandom(sandbox.world.clock);
  }

  /** One run, as the command would run it; `cut` when the gate has cut it. */
  async run(
    written: unknown,
    options: ActivityRunOptions = {},
    gate: IoGate = new IoGate(),
  ): Promise<ActivityRun | 'cut'> {
    const recipe = campaignActivity.parse(written);
    const http = gate.http(this.#http);
    const { clock, sleep } = this.#time;
    const { connections } = this.#sandbox;
    const meter = createMeter();
    const signIn = { tokens: memoryTokens(this.#tokens), http, clock };
    const salesforce = createSalesforceConnection({ settings: connections.salesforce, ...signIn });
    const mailchimp = createMailchimpConnection(connections.mailchimp, http);
    const { patienceMs } = recipe;
    const clients = clientsOf((system) => ({ salesforce, mailchimp })[system], {
      http,
      clock,
      sleep,
      random: this.#random,
      progress: meter,
      log: SILENT,
      patienceMs,
    });
    const target = createActivityTarget({ client: clients.salesforce });
    const { store, key } = this.home;
    const ended = await gate.play(async () => {
      const { audience } = recipe.mailchimp;
      const list = audience === undefined ? undefined : await findAudience(clients.mailchimp, audience);
      const prepared = await prepareCampaignActivity(recipe, target, list?.id);
      if ('problems' in prepared)
        throw new RangeError(prepared.problems.map(({ path, message }) => `${path}: ${message}`).join('; '));
      const ports = {
        source: createActivitySource(clients.mailchimp),
        target,
        store: gate.store(store),
        ledger: gatedLedger(store, gate),
        openActivityScratch,
        key,
        clock,
        random: this.#random,
        progress: meter,
        log: SILENT,
        stop: { requested: false },
        calls: () => meter.calls(),
      };
      return syncActivity(prepared.job, ports, 'scenario', options);
    });
    if (ended === 'cut') return ended;
    const { summary, error } = ended;
    if (error !== undefined) return { exit: exitCodeOf(error.code), summary, message: error.message };
    return { exit: summary.counts.failed > 0 ? EXIT.someLeft : EXIT.done, summary };
  }

  async close(): Promise<void> {
    this.home[Symbol.dispose]();
    await this.#http.close();
  }
}

function gatedLedger(ledger: ActivityLedger, gate: IoGate): ActivityLedger {
  return {
    delivered: (...args) => ledger.delivered(...args),
    recordsBetween: (...args) => ledger.recordsBetween(...args),
    commitActivity: (...args) => gate.commit(() => ledger.commitActivity(...args)),
    pruneActivity: (...args) => gate.commit(() => ledger.pruneActivity(...args)),
  };
}

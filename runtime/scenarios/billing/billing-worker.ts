import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import type { BrakeName } from '@stackbridge/shared-mappers/plan/brakes.ts';
import type { Ledger } from '@stackbridge/shared-mappers/ports/ledger.ts';
import type { Log } from '@stackbridge/shared-mappers/ports/log.ts';
import { type BillingRecipe, prepareBilling } from '@stackbridge/shared-mappers/recipes/billing-recipes.ts';
import { billingKindOf, readBillingRecipe } from '@stackbridge/shared-mappers/recipes/read-billing-recipe.ts';
import type { PlannedBilling } from '@stackbridge/shared-mappers/sync/billing/plan-billing.ts';
import { syncBilling } from '@stackbridge/shared-mappers/sync/billing/run-billing.ts';
import { billingConnectorsOf } from '../../billing-connectors.ts';
import { EXIT, exitCodeOf } from '../../commands/exit-code.ts';
import { createXeroConnection } from '../../connections/xero-connection.ts';
import { createZohoConnections } from '../../connections/zoho-connection.ts';
import { createHttp } from '../../http.ts';
import { mapWarnings } from '../../show/billing-preview.ts';
import { createMeter } from '../../show/meter.ts';
import { IoGate } from '../io-gate.ts';
import { memoryTokens, type TokensInMemory } from '../memory-tokens.ts';
import { sandboxTime } from '../sandbox-time.ts';
import { ScenarioHome } from '../scenario-home.ts';
import { seededRandom } from '../seeded-random.ts';

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {} };

export interface BillingRun {
  readonly exit: number;
  readonly summary: RunSummary;
  readonly warnings: readonly string[];
}

/** Whoever runs billing recipes in a scenario: the runtime's connections and store, the sandbox's time. */
export class BillingWorker {
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
    gate: IoGate = new IoGate(),
    allow: readonly BrakeName[] = [],
  ): Promise<BillingRun | 'cut'> {
    const recipe = recipeOf(written);
    if (typeof recipe.accounts === 'string') throw new RangeError('Write the account map into the recipe');
    const map = recipe.accounts;
    const http = gate.http(this.#http);
    const { clock, sleep } = this.#time;
    const { connections } = this.#sandbox;
    const meter = createMeter();
    const tokens = memoryTokens(this.#tokens);
    const zoho = createZohoConnections({ settings: connections.zoho, tokens, http, clock });
    const xero = createXeroConnection({ settings: connections.xero, tokens, http, clock });
    const settings = { http, clock, sleep, random: this.#random, progress: meter, log: SILENT };
    const connectors = billingConnectorsOf(
      recipe,
      (system) => ({ 'zoho-projects': zoho.projects, 'zoho-books': zoho.books, xero })[system],
      { ...settings, patienceMs: recipe.patienceMs },
    );
    const { store, key } = this.home;
    const ports = {
      target: connectors.target,
      store: gate.store(store),
      ledger: gatedLedger(store, gate),
      key,
      clock,
      random: this.#random,
      progress: meter,
      log: SILENT,
      stop: { requested: false },
      calls: () => meter.calls(),
    };
    const job = prepareBilling({ ...connectors, recipe, map, progress: meter });
    let warnings: readonly string[] = [];
    const look = (planned: PlannedBilling): void => {
      warnings = mapWarnings(planned);
    };
    const ended = await gate.play(async () => syncBilling(job, ports, 'scenario', { allow }, look));
    if (ended === 'cut') return ended;
    const { summary, error } = ended;
    const left = summary.counts.conflicts + summary.counts.failed > 0 ? EXIT.someLeft : EXIT.done;
    return { exit: error === undefined ? left : exitCodeOf(error.code), summary, warnings };
  }

  now(): number {
    return this.#time.clock.now();
  }

  async close(): Promise<void> {
    this.home[Symbol.dispose]();
    await this.#http.close();
  }
}

/** What a scenario asks for and cannot be done, in words. */
export function inWords(error: unknown): string {
  if (error instanceof RangeError || error instanceof StackbridgeError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function recipeOf(written: unknown): BillingRecipe {
  const text = JSON.stringify(written);
  const kind = billingKindOf(text);
  if (kind === undefined) throw new RangeError('The recipe is none for billing');
  const { value, problems } = readBillingRecipe(kind, text, 'recipe');
  if (value !== undefined) return value;
  throw new RangeError(problems.map(({ path, message }) => `${path}: ${message}`).join('; '));
}

function gatedLedger(ledger: Ledger, gate: IoGate): Ledger {
  return {
    entries: (...args) => ledger.entries(...args),
    entriesOf: (...args) => ledger.entriesOf(...args),
    subjects: (...args) => ledger.subjects(...args),
    documents: (...args) => ledger.documents(...args),
    commitLedger: (...args) => gate.commit(() => ledger.commitLedger(...args)),
  };
}

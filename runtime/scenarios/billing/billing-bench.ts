import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import type { Log } from '@stackbridge/shared-mappers/ports/log.ts';
import { type BillingRecipe, prepareBilling } from '@stackbridge/shared-mappers/recipes/billing-recipes.ts';
import { billingKindOf, readBillingRecipe } from '@stackbridge/shared-mappers/recipes/read-billing-recipe.ts';
import type { BillingJob, BillingPorts } from '@stackbridge/shared-mappers/sync/billing/billing-job.ts';
import { billingConnectorsOf } from '../../billing-connectors.ts';
import { createXeroConnection } from '../../connections/xero-connection.ts';
import { createZohoConnections } from '../../connections/zoho-connection.ts';
import { createHttp } from '../../http.ts';
import { createMeter } from '../../show/meter.ts';
import type { IoGate } from '../io-gate.ts';
import { memoryTokens, type TokensInMemory } from '../memory-tokens.ts';
import { sandboxTime } from '../sandbox-time.ts';
import { seededRandom } from '../seeded-random.ts';

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {} };

/** A recipe made ready, and all it needs but a memory. */
export interface BenchedRecipe {
  readonly job: BillingJob;
  readonly ports: Omit<BillingPorts, 'store' | 'ledger' | 'key'>;
}

/** What billing recipes run with in a scenario: the runtime's connections, the sandbox's time. */
export class BillingBench {
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

  /** @throws RangeError for what is no billing recipe */
  prepare(written: unknown, gate: IoGate): BenchedRecipe {
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
    const ports = {
      target: connectors.target,
      clock,
      random: this.#random,
      progress: meter,
      log: SILENT,
      stop: { requested: false },
      calls: () => meter.calls(),
    };
    return { job: prepareBilling({ ...connectors, recipe, map, progress: meter }), ports };
  }

  now(): number {
    return this.#time.clock.now();
  }

  async close(): Promise<void> {
    await this.#http.close();
  }
}

function recipeOf(written: unknown): BillingRecipe {
  const text = JSON.stringify(written);
  const kind = billingKindOf(text);
  if (kind === undefined) throw new RangeError('The recipe is none for billing');
  const { value, problems } = readBillingRecipe(kind, text, 'recipe');
  if (value !== undefined) return value;
  throw new RangeError(problems.map(({ path, message }) => `${path}: ${message}`).join('; '));
}

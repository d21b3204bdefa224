import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import type { AuditEntry } from '@stackbridge/shared-mappers/model/audit.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { Random } from '@stackbridge/shared-mappers/ports/random.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { readRecipe } from '@stackbridge/shared-mappers/recipes/read-recipe.ts';
import { createHttp } from '../http.ts';
import { createMeter } from '../show/meter.ts';
import { runtimeActivity } from './activity/runtime-activity.ts';
import { runtimeBilling } from './billing/runtime-billing.ts';
import type { Answer, Host, HostSession, HostSetup, SyncOutcome, SyncRequest } from './host.ts';
import { IoGate } from './io-gate.ts';
import { memoryTokens, type TokensInMemory } from './memory-tokens.ts';
import { type RecipeRunOptions, runRecipe } from './run-recipe.ts';
import { type Outside, portsFor } from './runtime-ports.ts';
import { sandboxTime } from './sandbox-time.ts';
import { ScenarioHome } from './scenario-home.ts';
import { seededRandom } from './seeded-random.ts';

/** The runtime itself: its store, its connections and the whole loop of the core, in this process. */
export const runtimeHost: Host = {
  name: 'runtime',
  abilities: new Set(['state', 'decisions', 'interrupts', 'parked', 'dry-run', 'store', 'warnings']),
  prepare: async (setup) => new RuntimeSession(setup),
  billing: runtimeBilling,
  activity: runtimeActivity,
};

interface Ids {
  readonly ids: readonly string[];
}

class RuntimeSession implements HostSession {
  readonly #sandbox: Sandbox;
  readonly #recipes: Map<string, ContactSyncRecipe>;
  readonly #time: ReturnType<typeof sandboxTime>;
  readonly #random: Random;
  readonly #http = createHttp();
  readonly #tokens: TokensInMemory = new Map();
  readonly #home: ScenarioHome;

  constructor({ sandbox, recipes, keepsBackups }: HostSetup) {
    this.#sandbox = sandbox;
    this.#recipes = new Map(recipes.map(({ name, text }) => [name, recipeFrom(name, text)]));
    this.#time = sandboxTime(sandbox.world.clock);
    this.#random = seededRandom(sandbox.world.clock);
    this.#home = new ScenarioHome(keepsBackups);
  }

  async sync({ recipe, allow, full, dryRun, cutAt, meanwhile = [] }: SyncRequest): Promise<SyncOutcome> {
    const cut = cutAt === undefined ? [] : [{ ...cutAt, act: 'cut' } as const];
    const gate = new IoGate([...meanwhile, ...cut]);
    const outcome = await this.#play(recipe, gate, { allow, full, dryRun });
    return outcome.kind === 'cut' ? outcome : { ...outcome, missed: gate.missed() };
  }

  parked(): Promise<readonly Parked[]> {
    return this.#home.store.parked({});
  }

  async audit(ids: readonly string[]): Promise<AuditEntry[]> {
    const entries: AuditEntry[] = [];
    for (const recordId of ids) entries.push(...(await this.#home.store.audit({ recordId, limit: 10_000 })));
    return entries.sort((one, other) => (one.id < other.id ? 1 : -1));
  }

  async decide(answers: readonly Answer[]): Promise<SyncOutcome> {
    const [first] = answers;
    if (first === undefined) throw new RangeError('There is nothing to decide');
    const at = this.#time.clock.now();
    for (const { subject, field, take } of answers)
      await this.#home.store.decide({ scope: subject.scope, subject: subject.subject, field, take, at });
    return this.#lookAt(
      first.recipe,
      answers.map(({ subject }) => subject),
    );
  }

  async undo({ ids, field }: Ids & { readonly field: string }): Promise<SyncOutcome> {
    const entry = (await this.audit(ids)).find(
      (candidate) => candidate.field === field && candidate.before !== undefined,
    );
    if (entry?.before === undefined) throw new RangeError(`No write to ${field} that replaced a value`);
    const { scope, subject, recipe, before: value } = entry;
    const at = this.#time.clock.now();
    await this.#home.store.decide({ scope, subject, field, take: { value }, at });
    const links = await this.#home.store.linksByRight(scope, [subject]);
    return this.#lookAt(recipe, links);
  }

  async retry({ ids }: Ids): Promise<SyncOutcome> {
    const rows = (await this.parked()).filter(({ leftId = '', rightId = '' }) =>
      ids.some((id) => id === leftId || id === rightId),
    );
    const [row] = rows;
    if (row === undefined) throw new RangeError('There is no failure to retry');
    await this.#home.store.retryNow({ subject: row.subject }, this.#time.clock.now());
    return this.#lookAt(row.recipe, rows);
  }

  changeRecipe({ name, text }: { readonly name: string; readonly text: string }): void {
    this.#recipes.set(name, recipeFrom(name, text));
  }

  async loseState(): Promise<void> {
    this.#home.lose();
  }

  async saveState(): Promise<void> {
    this.#home.save();
  }

  async restoreState(): Promise<void> {
    this.#home.restore();
  }

  async close(): Promise<void> {
    this.#home[Symbol.dispose]();
    await this.#http.close();
  }

  /** Reconciles these people at once, as the command does after a decision. */
  #lookAt(recipe: string, people: readonly Pick<Parked, 'leftId' | 'rightId'>[]): Promise<SyncOutcome> {
    const left = people.flatMap(({ leftId }) => leftId ?? []);
    const right = people.flatMap(({ rightId }) => rightId ?? []);
    return this.#play(recipe, new IoGate(), { only: { left, right }, dryRun: false });
  }

  async #play(name: string, gate: IoGate, options: RecipeRunOptions): Promise<SyncOutcome> {
    const recipe = this.#recipes.get(name);
    if (recipe === undefined) throw new RangeError(`No recipe ${name}`);
    const { key, store } = this.#home;
    const outside: Outside = {
      connections: this.#sandbox.connections,
      tokens: memoryTokens(this.#tokens),
      http: gate.http(this.#http),
      store: gate.store(store),
      ...this.#time,
      random: this.#random,
      meter: createMeter(),
      scratches: [],
    };
    const ended = await gate.play(async () =>
      runRecipe(recipe, await portsFor(recipe, outside), key, options),
    );
    if (ended !== 'cut') return ended;
    for (const scratch of outside.scratches) await scratch.dispose();
    return { kind: 'cut' };
  }
}

function recipeFrom(name: string, text: string): ContactSyncRecipe {
  const { recipe, problems } = readRecipe(text, name);
  if (recipe !== undefined) return recipe;
  const faults = problems.map(({ path, message, suggestion }) => `${path}: ${message}. ${suggestion}`);
  throw new RangeError(`The recipe ${name} is not right: ${faults.join('; ')}`);
}

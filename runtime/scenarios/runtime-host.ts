import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mailchimpAccess } from '@stackbridge/credentials/mailchimp.ts';
import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { createMailchimpConnector } from '@stackbridge/shared-mappers/connectors/mailchimp/connector.ts';
import { interpretMailchimp } from '@stackbridge/shared-mappers/connectors/mailchimp/errors.ts';
import { mailchimpLimits } from '@stackbridge/shared-mappers/connectors/mailchimp/limits.ts';
import { createSalesforceConnector } from '@stackbridge/shared-mappers/connectors/salesforce/connector.ts';
import { interpretSalesforce } from '@stackbridge/shared-mappers/connectors/salesforce/errors.ts';
import { salesforceLimits } from '@stackbridge/shared-mappers/connectors/salesforce/limits.ts';
import type { ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { createSystemClient } from '@stackbridge/shared-mappers/http/system-client.ts';
import type { AuditEntry } from '@stackbridge/shared-mappers/model/audit.ts';
import { fingerprintKey } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import type { BrakeName } from '@stackbridge/shared-mappers/plan/brakes.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import type { Log } from '@stackbridge/shared-mappers/ports/log.ts';
import type { Random } from '@stackbridge/shared-mappers/ports/random.ts';
import type { Scratch } from '@stackbridge/shared-mappers/ports/scratch.ts';
import type { Store } from '@stackbridge/shared-mappers/ports/store.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import {
  type Prepared,
  prepareContactSync,
} from '@stackbridge/shared-mappers/recipes/prepare-contact-sync.ts';
import { readRecipe } from '@stackbridge/shared-mappers/recipes/read-recipe.ts';
import { cachedSchemaOf, schemaMemos } from '@stackbridge/shared-mappers/recipes/schema-cache.ts';
import type { SyncPorts } from '@stackbridge/shared-mappers/sync/job.ts';
import { memoryScratch } from '@stackbridge/shared-mappers/sync/memory-scratch.ts';
import { type PlannedRun, planRun, type RunOptions } from '@stackbridge/shared-mappers/sync/plan-run.ts';
import { summaryOf, sync } from '@stackbridge/shared-mappers/sync/run.ts';
import { EXIT, exitCodeOf } from '../commands/exit-code.ts';
import { createSalesforceConnection } from '../connections/salesforce-connection.ts';
import { createHttp } from '../http.ts';
import { createMeter } from '../show/meter.ts';
import { warningsOf } from '../show/plan-preview.ts';
import { openStore, type SqliteStore } from '../store/sqlite-store.ts';
import type { Answer, Host, HostSession, HostSetup, SyncOutcome, SyncRequest } from './host.ts';
import { IoGate } from './io-gate.ts';
import { memoryTokens } from './memory-tokens.ts';
import { sandboxTime } from './sandbox-time.ts';
import { seededRandom } from './seeded-random.ts';

/** The runtime itself: its store, its connections and the whole loop of the core, in this process. */
export const runtimeHost: Host = {
  name: 'runtime',
  abilities: new Set(['state', 'decisions', 'interrupts', 'parked', 'dry-run']),
  prepare: async (setup) => new RuntimeSession(setup),
};

const IN_MEMORY = ':memory:';
const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {} };

/** One run's view of the world: everything it does outside passes its gate. */
interface Outside {
  readonly http: Http;
  readonly store: Store;
}

class RuntimeSession implements HostSession {
  readonly #sandbox: Sandbox;
  readonly #recipes: Map<string, ContactSyncRecipe>;
  readonly #time: ReturnType<typeof sandboxTime>;
  readonly #random: Random;
  readonly #http = createHttp();
  readonly #tokens = memoryTokens();
  readonly #folder: string | undefined;
  #store: SqliteStore;
  /** Counts homes: each has a key of its own. */
  #homes = 1;
  #savedHome = 1;

  constructor({ sandbox, recipes, keepsBackups }: HostSetup) {
    this.#sandbox = sandbox;
    this.#recipes = new Map(recipes.map(({ name, text }) => [name, recipeFrom(name, text)]));
    this.#time = sandboxTime(sandbox.world.clock);
    this.#random = seededRandom(sandbox.world.clock);
    this.#folder = keepsBackups ? mkdtempSync(join(tmpdir(), 'stackbridge-scenario-')) : undefined;
    this.#store = openStore(this.#path('store.sqlite'));
  }

  async sync({ recipe, allow, full, dryRun, cutAt, meanwhile = [] }: SyncRequest): Promise<SyncOutcome> {
    const cut = cutAt === undefined ? [] : [{ ...cutAt, act: 'cut' } as const];
    const gate = new IoGate([...meanwhile, ...cut]);
    const outcome = await this.#play(recipe, gate, { allow, full }, dryRun);
    return outcome.kind === 'cut' ? outcome : { ...outcome, missed: gate.missed() };
  }

  parked(): ReturnType<HostSession['parked']> {
    return this.#store.parked({});
  }

  async audit(ids: readonly string[]): Promise<AuditEntry[]> {
    const entries: AuditEntry[] = [];
    for (const recordId of ids) entries.push(...(await this.#store.audit({ recordId, limit: 10_000 })));
    return entries.sort((one, other) => (one.id < other.id ? 1 : -1));
  }

  async decide(answers: readonly Answer[]): Promise<SyncOutcome> {
    const at = this.#time.clock.now();
    for (const { subject, field, take } of answers)
      await this.#store.decide({ scope: subject.scope, subject: subject.subject, field, take, at });
    const [first] = answers;
    if (first === undefined) throw new RangeError('There is nothing to decide');
    return this.#lookAt(
      first.recipe,
      answers.flatMap(({ subject }) => subject.leftId ?? []),
      answers.flatMap(({ subject }) => subject.rightId ?? []),
    );
  }

  async undo({
    ids,
    field,
  }: {
    readonly ids: readonly string[];
    readonly field: string;
  }): Promise<SyncOutcome> {
    const entry = (await this.audit(ids)).find(
      (candidate) => candidate.field === field && candidate.before !== undefined,
    );
    if (entry?.before === undefined) throw new RangeError(`No write to ${field} that replaced a value`);
    const at = this.#time.clock.now();
    const { scope, subject, recipe } = entry;
    await this.#store.decide({ scope, subject, field, take: { value: entry.before }, at });
    const isLeft = (id: string): boolean => id.startsWith('00');
    return this.#lookAt(
      recipe,
      ids.filter(isLeft),
      ids.filter((id) => !isLeft(id)),
    );
  }

  async retry({ ids }: { readonly ids: readonly string[] }): Promise<SyncOutcome> {
    const rows = (await this.#store.parked({})).filter(({ leftId = '', rightId = '' }) =>
      ids.some((id) => id === leftId || id === rightId),
    );
    const [row] = rows;
    if (row === undefined) throw new RangeError('There is no failure to retry');
    await this.#store.retryNow({ subject: row.subject }, this.#time.clock.now());
    return this.#lookAt(
      row.recipe,
      rows.flatMap(({ leftId }) => leftId ?? []),
      rows.flatMap(({ rightId }) => rightId ?? []),
    );
  }

  changeRecipe({ name, text }: { readonly name: string; readonly text: string }): void {
    this.#recipes.set(name, recipeFrom(name, text));
  }

  async loseState(): Promise<void> {
    this.#store[Symbol.dispose]();
    if (this.#folder !== undefined) rmSync(this.#path('store.sqlite'), { force: true });
    this.#homes += 1;
    this.#store = openStore(this.#path('store.sqlite'));
  }

  async saveState(): Promise<void> {
    this.#store[Symbol.dispose]();
    copyFileSync(this.#path('store.sqlite'), this.#path('backup.sqlite'));
    this.#savedHome = this.#homes;
    this.#store = openStore(this.#path('store.sqlite'));
  }

  async restoreState(): Promise<void> {
    this.#store[Symbol.dispose]();
    copyFileSync(this.#path('backup.sqlite'), this.#path('store.sqlite'));
    this.#homes = this.#savedHome;
    this.#store = openStore(this.#path('store.sqlite'));
  }

  async close(): Promise<void> {
    this.#store[Symbol.dispose]();
    await this.#http.close();
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }

  async #lookAt(recipe: string, left: readonly string[], right: readonly string[]): Promise<SyncOutcome> {
    return this.#play(recipe, new IoGate(), { only: { left, right } }, false);
  }

  async #play(name: string, gate: IoGate, options: RunOptions, dryRun: boolean): Promise<SyncOutcome> {
    const outside = { http: gate.http(this.#http), store: gate.store(this.#store) };
    const scratches: (Scratch & { dispose(): Promise<void> })[] = [];
    const meter = createMeter();
    const ended = await gate.play(async () => {
      try {
        return await this.#run(name, outside, meter, scratches, options, dryRun);
      } catch (error) {
        if (!(error instanceof StackbridgeError)) throw error;
        return stoppedAtOnce(error.code, error.message, meter.calls());
      }
    });
    if (ended !== 'cut') return ended;
    for (const scratch of scratches) await scratch.dispose();
    return { kind: 'cut' };
  }

  async #run(
    name: string,
    outside: Outside,
    meter: ReturnType<typeof createMeter>,
    scratches: (Scratch & { dispose(): Promise<void> })[],
    options: RunOptions,
    dryRun: boolean,
  ): Promise<Ended> {
    const recipe = this.#recipe(name);
    const ports = await this.#ports(recipe, outside, meter, scratches);
    const prepared = await this.#prepare(recipe, ports);
    if ('problems' in prepared) {
      const [first] = prepared.problems;
      const messages = prepared.problems.map(({ message }) => message).join('; ');
      return stoppedAtOnce(first?.code ?? 'RECIPE_INVALID', messages, meter.calls());
    }
    const { job, notes } = prepared;
    let brakes: readonly BrakeName[] = [];
    let warnings: readonly string[] = [];
    const look = (planned: PlannedRun): void => {
      brakes = planned.brakes.map((brake) => brake.name);
      warnings = warningsOf(planned, notes);
    };
    if (dryRun) {
      const planned = await planRun(job, ports, options);
      look(planned);
      const summary = summaryOf(planned.desk, this.#time.clock.now(), {}, {}, undefined);
      await planned.dispose();
      return { kind: 'ended', exit: EXIT.done, summary, brakes, warnings, missed: [] };
    }
    const result = await sync(job, ports, 'scenario', options, async (planned) => look(planned));
    const { summary, error } = result;
    const left = summary.counts.conflicts + summary.counts.failed > 0 ? EXIT.someLeft : EXIT.done;
    return {
      kind: 'ended',
      exit: error === undefined ? left : exitCodeOf(error.code),
      summary: { ...summary, calls: meter.calls() },
      brakes,
      warnings,
      missed: [],
      ...(error === undefined ? {} : { message: error.message }),
    };
  }

  async #prepare(recipe: ContactSyncRecipe, ports: SyncPorts): Promise<Prepared> {
    const { left, right, store, clock } = ports;
    const key = fingerprintKey(String(this.#homes).padStart(32, '0'));
    const input = { recipe, left, right, store, clock, key };
    const prepared = await prepareContactSync(input);
    // A remembered schema may be out of date: nobody is told of a fault that is no longer there.
    return 'problems' in prepared ? prepareContactSync({ ...input, fresh: true }) : prepared;
  }

  async #ports(
    recipe: ContactSyncRecipe,
    { http, store }: Outside,
    meter: ReturnType<typeof createMeter>,
    scratches: (Scratch & { dispose(): Promise<void> })[],
  ): Promise<SyncPorts> {
    const { clock, sleep } = this.#time;
    const remembered = await cachedSchemaOf(store, schemaMemos(recipe).right);
    const { connections } = this.#sandbox;
    const random = this.#random;
    const shared = {
      http,
      clock,
      sleep,
      random,
      progress: meter,
      log: SILENT,
      patienceMs: recipe.patienceMs,
    };
    const salesforce = createSystemClient({
      ...shared,
      system: 'salesforce',
      connection: createSalesforceConnection({
        settings: connections.salesforce,
        tokens: this.#tokens,
        http,
        clock,
      }),
      limits: salesforceLimits(SILENT),
      interpret: interpretSalesforce,
    });
    const { baseUrl, apiKey } = connections.mailchimp;
    const access = mailchimpAccess(baseUrl, { apiKey });
    const mailchimp = createSystemClient({
      ...shared,
      system: 'mailchimp',
      connection: {
        system: 'mailchimp',
        access: async () => access,
        renew: async () => {
          throw new StackbridgeError('SIGN_IN_EXPIRED', 'The API key of mailchimp is no longer valid');
        },
      },
      limits: mailchimpLimits(),
      interpret: interpretMailchimp,
    });
    const { object, filter, externalId, bulkThreshold, duplicates } = recipe.salesforce;
    return {
      left: createSalesforceConnector({
        client: salesforce,
        object,
        bulkThreshold,
        allowDuplicates: duplicates === 'save',
        ...(filter === undefined ? {} : { filter }),
        ...(externalId === undefined ? {} : { externalId }),
      }),
      right: createMailchimpConnector({
        client: mailchimp,
        audience: recipe.mailchimp.audience,
        ...(remembered === undefined ? {} : { audienceId: remembered.schema.object }),
      }),
      store,
      openScratch: async () => {
        const scratch = memoryScratch();
        scratches.push(scratch);
        return scratch;
      },
      clock,
      random,
      progress: meter,
      log: SILENT,
      stop: { requested: false },
      calls: () => meter.calls(),
    };
  }

  #recipe(name: string): ContactSyncRecipe {
    const recipe = this.#recipes.get(name);
    if (recipe === undefined) throw new RangeError(`No recipe ${name}`);
    return recipe;
  }

  #path(file: string): string {
    return this.#folder === undefined ? IN_MEMORY : join(this.#folder, file);
  }
}

type Ended = Extract<SyncOutcome, { kind: 'ended' }>;

/** A run that ended before it read anything. */
function stoppedAtOnce(code: ErrorCode, message: string, calls: Readonly<Record<string, number>>): Ended {
  const counts: RunSummary['counts'] = { applied: 0, unchanged: 0, excluded: 0, conflicts: 0, failed: 0 };
  return {
    kind: 'ended',
    exit: exitCodeOf(code),
    summary: { counts, writes: {}, calls, excluded: {}, stoppedBy: code },
    brakes: [],
    warnings: [],
    message,
    missed: [],
  };
}

function recipeFrom(name: string, text: string): ContactSyncRecipe {
  const { recipe, problems } = readRecipe(text, name);
  if (recipe !== undefined) return recipe;
  const faults = problems.map(({ path, message, suggestion }) => `${path}: ${message}. ${suggestion}`);
  throw new RangeError(`The recipe ${name} is not right: ${faults.join('; ')}`);
}

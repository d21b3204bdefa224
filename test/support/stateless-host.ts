import type { ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { fingerprintKey } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { Side } from '@stackbridge/shared-mappers/model/side.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { prepareContactSync } from '@stackbridge/shared-mappers/recipes/prepare-contact-sync.ts';
import { memoryMemos } from '@stackbridge/shared-mappers/recipes/schema-cache.ts';
import type { PersonOutcome } from '@stackbridge/shared-mappers/sync/stateless/person-outcome.ts';
import type { Scope } from '@stackbridge/shared-mappers/sync/stateless/read-pairs.ts';
import {
  type Execution,
  type Request,
  syncWithoutStore,
} from '@stackbridge/shared-mappers/sync/stateless/sync-without-store.ts';
import { EXIT, exitCodeOf } from 'stackbridge/commands/exit-code.ts';
import { createHttp } from 'stackbridge/http.ts';
import type {
  Answer,
  Host,
  HostSession,
  HostSetup,
  SyncOutcome,
  SyncRequest,
} from 'stackbridge/scenarios/host.ts';
import { memoryTokens } from 'stackbridge/scenarios/memory-tokens.ts';
import { storelessPorts } from 'stackbridge/scenarios/runtime-ports.ts';
import { sandboxTime } from 'stackbridge/scenarios/sandbox-time.ts';
import { seededRandom } from 'stackbridge/scenarios/seeded-random.ts';
import { createMeter } from 'stackbridge/show/meter.ts';
import { markFields } from './marked-fields.ts';
import { withMarks } from './with-marks.ts';

type Ended = Extract<SyncOutcome, { kind: 'ended' }>;

const KEY = fingerprintKey('000102030405060708090a0b0c0d0e0f');

/** The core without a store, each sync an execution of its own that begins where the last one ended. */
export const statelessHost: Host = {
  name: 'n8n',
  abilities: new Set(['dry-run', 'parked', 'decisions']),
  prepare: async (setup) => new StatelessSession(setup),
};

class StatelessSession implements HostSession {
  readonly #setup: HostSetup;
  readonly #recipes: Map<string, ContactSyncRecipe>;
  readonly #since = new Map<string, Record<Side, Instant>>();
  readonly #http = createHttp();
  readonly #tokens = memoryTokens();
  #rows: Parked[] = [];

  constructor(setup: HostSetup) {
    this.#setup = setup;
    markFields(setup);
    this.#recipes = new Map(setup.recipes.map(({ name, text }) => [name, withMarks(text).recipe]));
  }

  async sync({ recipe, allow, full, dryRun }: SyncRequest): Promise<SyncOutcome> {
    const since = full ? undefined : this.#since.get(recipe);
    const scope: Scope = since === undefined ? { everything: true } : { since };
    const execution = await this.#execute(recipe, { scope, allow, preview: dryRun });
    if ('kind' in execution) return execution;
    const { left, right } = execution.serverTimes;
    if (execution.mayAdvance && left !== undefined && right !== undefined)
      this.#since.set(recipe, { left, right });
    return ended(execution);
  }

  async parked(): Promise<readonly Parked[]> {
    return this.#rows;
  }

  async decide(answers: readonly Answer[]): Promise<SyncOutcome> {
    const [first] = answers;
    if (first === undefined) throw new RangeError('There is nothing to decide');
    const decisions = answers.map(({ subject: { leftId = '', rightId = '' }, field, take }) => ({
      leftId,
      rightId,
      field,
      take,
      at: this.#setup.sandbox.world.clock.now(),
    }));
    const ids = {
      left: decisions.map(({ leftId }) => leftId),
      right: decisions.map(({ rightId }) => rightId),
    };
    const execution = await this.#execute(first.recipe, { scope: { ids }, decisions });
    return 'kind' in execution ? execution : ended(execution);
  }

  async #execute(name: string, request: Request): Promise<Execution | Ended> {
    try {
      return await this.#run(name, request);
    } catch (error) {
      if (!(error instanceof StackbridgeError)) throw error;
      return stoppedAtOnce(error.code, error.message);
    }
  }

  async #run(name: string, request: Request): Promise<Execution | Ended> {
    const recipe = this.#recipes.get(name);
    if (recipe === undefined) throw new RangeError(`No recipe ${name}`);
    const { sandbox } = this.#setup;
    const memos = memoryMemos();
    const ports = storelessPorts(recipe, {
      connections: sandbox.connections,
      tokens: this.#tokens,
      http: this.#http,
      ...sandboxTime(sandbox.world.clock),
      random: seededRandom(sandbox.world.clock),
      meter: createMeter(),
    });
    const prepared = await prepareContactSync({ recipe, ...ports, store: memos, key: KEY });
    if ('problems' in prepared) {
      const [first] = prepared.problems;
      return stoppedAtOnce(first?.code ?? 'RECIPE_INVALID', first?.message ?? '');
    }
    const execution = await syncWithoutStore(prepared.job, ports, request);
    this.#listen(execution.people, name);
    return execution;
  }

  /** A list as a person keeps it who reads what each execution hands out. */
  #listen(people: readonly PersonOutcome[], recipe: string): void {
    for (const { leftId, rightId, issues } of people) {
      this.#rows = this.#rows.filter((row) => !isSame(row.leftId, leftId) && !isSame(row.rightId, rightId));
      for (const { values: _, ...issue } of issues) {
        this.#rows.push({
          ...issue,
          recipe,
          scope: recipe,
          subject: rightId ?? `left:${leftId}`,
          ...(leftId === undefined ? {} : { leftId }),
          ...(rightId === undefined ? {} : { rightId }),
          keyHash: '',
          attempts: 1,
          firstAt: 0,
          lastAt: 0,
        });
      }
    }
  }

  async retry({ ids }: { readonly ids: readonly string[] }): Promise<SyncOutcome> {
    const rows = this.#rows.filter(
      ({ leftId = '', rightId = '' }) => ids.includes(leftId) || ids.includes(rightId),
    );
    const scope = {
      ids: {
        left: rows.flatMap(({ leftId }) => leftId ?? []),
        right: rows.flatMap(({ rightId }) => rightId ?? []),
      },
    };
    const execution = await this.#execute(rows[0]?.recipe ?? '', { scope });
    return 'kind' in execution ? execution : ended(execution);
  }

  audit = async (): Promise<[]> => [];
  undo = unable;
  loseState = unable;
  saveState = unable;
  restoreState = unable;

  changeRecipe({ name, text }: { readonly name: string; readonly text: string }): void {
    this.#recipes.set(name, withMarks(text).recipe);
    this.#since.delete(name);
  }

  async close(): Promise<void> {
    await this.#http.close();
  }
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one === other;
}

async function unable(): Promise<never> {
  throw new RangeError('A host without a store cannot do this');
}

function ended({ summary, error, brakes }: Execution): SyncOutcome {
  const left = summary.counts.conflicts + summary.counts.failed > 0 ? EXIT.someLeft : EXIT.done;
  return {
    kind: 'ended',
    exit: error === undefined ? left : exitCodeOf(error.code),
    summary,
    brakes: brakes.map(({ name }) => name),
    warnings: [],
    missed: [],
    ...(error === undefined ? {} : { message: error.message }),
  };
}

function stoppedAtOnce(code: ErrorCode, message: string): Ended {
  const counts = { applied: 0, unchanged: 0, excluded: 0, conflicts: 0, failed: 0 };
  const summary = { counts, writes: {}, calls: {}, excluded: {}, stoppedBy: code };
  return { kind: 'ended', exit: exitCodeOf(code), summary, brakes: [], warnings: [], missed: [], message };
}

import type { ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { FingerprintKey } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import type { BrakeName } from '@stackbridge/shared-mappers/plan/brakes.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import {
  type Prepared,
  prepareContactSync,
} from '@stackbridge/shared-mappers/recipes/prepare-contact-sync.ts';
import type { SyncPorts } from '@stackbridge/shared-mappers/sync/job.ts';
import { type PlannedRun, planRun, type RunOptions } from '@stackbridge/shared-mappers/sync/plan-run.ts';
import { summaryOf, sync } from '@stackbridge/shared-mappers/sync/run.ts';
import { EXIT, exitCodeOf } from '../commands/exit-code.ts';
import { warningsOf } from '../show/plan-preview.ts';
import type { SyncOutcome } from './host.ts';

type Ended = Extract<SyncOutcome, { kind: 'ended' }>;

export interface RecipeRunOptions extends RunOptions {
  readonly dryRun: boolean;
}

/** One run of a recipe as the command would run it, told as scenarios look at it. */
export async function runRecipe(
  recipe: ContactSyncRecipe,
  ports: SyncPorts,
  key: FingerprintKey,
  options: RecipeRunOptions,
): Promise<Ended> {
  try {
    const prepared = await prepare(recipe, ports, key);
    if ('job' in prepared) return await runPrepared(prepared, ports, options);
    const [first] = prepared.problems;
    const messages = prepared.problems.map(({ message }) => message).join('; ');
    return stoppedAtOnce(first?.code ?? 'RECIPE_INVALID', messages, ports);
  } catch (error) {
    if (!(error instanceof StackbridgeError)) throw error;
    return stoppedAtOnce(error.code, error.message, ports);
  }
}

async function runPrepared(
  { job, notes }: Extract<Prepared, { job: unknown }>,
  ports: SyncPorts,
  { dryRun, ...options }: RecipeRunOptions,
): Promise<Ended> {
  let brakes: readonly BrakeName[] = [];
  let warnings: readonly string[] = [];
  const look = (planned: PlannedRun): void => {
    brakes = planned.brakes.map((brake) => brake.name);
    warnings = warningsOf(planned, notes);
  };
  if (dryRun) {
    const planned = await planRun(job, ports, options);
    look(planned);
    const summary = summaryOf(planned.desk, ports.clock.now(), {}, {}, undefined);
    await planned.dispose();
    return { kind: 'ended', exit: EXIT.done, summary, brakes, warnings, missed: [] };
  }
  const { summary, error } = await sync(job, ports, 'scenario', options, async (planned) => look(planned));
  const left = summary.counts.conflicts + summary.counts.failed > 0 ? EXIT.someLeft : EXIT.done;
  return {
    kind: 'ended',
    exit: error === undefined ? left : exitCodeOf(error.code),
    // Those of describing both sides among them.
    summary: { ...summary, calls: ports.calls() },
    brakes,
    warnings,
    missed: [],
    ...(error === undefined ? {} : { message: error.message }),
  };
}

async function prepare(
  recipe: ContactSyncRecipe,
  { left, right, store, clock }: SyncPorts,
  key: FingerprintKey,
): Promise<Prepared> {
  const input = { recipe, left, right, store, clock, key };
  const prepared = await prepareContactSync(input);
  // A remembered schema may be out of date: nobody is told of a fault that is no longer there.
  return 'problems' in prepared ? prepareContactSync({ ...input, fresh: true }) : prepared;
}

/** A run that ended before it read any record. */
function stoppedAtOnce(code: ErrorCode, message: string, ports: SyncPorts): Ended {
  const counts: RunSummary['counts'] = { applied: 0, unchanged: 0, excluded: 0, conflicts: 0, failed: 0 };
  return {
    kind: 'ended',
    exit: exitCodeOf(code),
    summary: { counts, writes: {}, calls: ports.calls(), excluded: {}, stoppedBy: code },
    brakes: [],
    warnings: [],
    message,
    missed: [],
  };
}

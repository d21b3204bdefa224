import type { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import { type PlannedRun, planRun, type RunOptions } from '@stackbridge/shared-mappers/sync/plan-run.ts';
import { summaryOf, sync } from '@stackbridge/shared-mappers/sync/run.ts';
import type { Session } from '../session.ts';
import { printBrakes, printPlanTotals, printWarnings, warningsOf } from '../show/plan-preview.ts';
import { type ShownProgress, showProgress } from '../show/progress.ts';
import { type RunDocument, runAsJson } from '../show/run-as-json.ts';
import { printRun } from '../show/run-table.ts';
import type { Terminal } from '../show/terminal.ts';
import { rememberRecipe } from './known-recipes.ts';
import type { ReadyRecipe } from './ready-recipe.ts';
import { type RecipeRun, recipeRun } from './recipe-run.ts';
import { tellError } from './report-error.ts';
import { tidyUp } from './tidy-up.ts';

export interface SyncOptions extends RunOptions {
  readonly dryRun?: boolean;
}

/** Runs one recipe and shows what it does: the plan's totals, progress, the result. */
export async function syncRecipe(
  ready: ReadyRecipe,
  session: Session,
  terminal: Terminal,
  options: SyncOptions = {},
): Promise<RecipeRun> {
  const { job, ports, notes } = ready;
  const { meter, store, holder, clock } = session;
  const waitedBefore = meter.waited();
  let seen: Seen | undefined;
  const look = (planned: PlannedRun, progress: ShownProgress): void => {
    const { planned: writes } = planned.desk.tally;
    const { brakes, readsEverything } = planned;
    seen = { planned: { ...writes }, brakes, warnings: warningsOf(planned, notes), readsEverything };
    const { warnings } = seen;
    progress.aside(() => {
      printPlanTotals(planned, terminal);
      // What is known already need not be said with every idle cycle.
      if (readsEverything) printWarnings(warnings, terminal);
      printBrakes(planned, terminal);
    });
  };

  let summary: RunSummary;
  let error: StackbridgeError | undefined;
  {
    using progress = showProgress(meter, terminal);
    if (options.dryRun === true) {
      const startedAt = clock.now();
      const callsBefore = ports.calls();
      const planned = await planRun(job, ports, options);
      look(planned, progress);
      summary = summaryOf(planned.desk, startedAt, {}, callsBefore, undefined);
      await planned.dispose();
    } else {
      const result = await sync(job, ports, holder, options, async (planned) => look(planned, progress));
      summary = result.summary;
      error = result.error;
    }
  }
  const waitedMs = difference(meter.waited(), waitedBefore);
  terminal.print();
  printRun(summary, waitedMs, terminal);
  if (error !== undefined) tellError(error, terminal);
  if (options.dryRun !== true) {
    const { finishedAt: at, excluded } = summary;
    const whole = error === undefined && seen?.readsEverything === true ? { at, excluded } : undefined;
    await rememberRecipe(ready, whole, store);
    await tidyUp(ready, error, session);
  }
  const { dryRun = false } = options;
  const document = runAsJson(summary, { dryRun, ...withoutReads(seen), waitedMs, error });
  return recipeRun(summary, document, { dryRun, error });
}

interface Seen {
  readonly planned: RunDocument['planned'] & object;
  readonly brakes: PlannedRun['brakes'];
  readonly warnings: readonly string[];
  readonly readsEverything: boolean;
}

function withoutReads(seen: Seen | undefined): Omit<Seen, 'readsEverything'> | undefined {
  if (seen === undefined) return undefined;
  const { planned, brakes, warnings } = seen;
  return { planned, brakes, warnings };
}

function difference(
  now: Readonly<Record<string, number>>,
  before: Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(Object.entries(now).map(([name, n]) => [name, n - (before[name] ?? 0)]));
}

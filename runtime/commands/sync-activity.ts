import type { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import {
  type ActivityRunOptions,
  type PlannedActivity,
  planActivity,
} from '@stackbridge/shared-mappers/sync/activity/plan-activity.ts';
import { activitySummary, syncActivity } from '@stackbridge/shared-mappers/sync/activity/run-activity.ts';
import type { Session } from '../session.ts';
import { printActivityTotals } from '../show/activity-preview.ts';
import { ACTIVITY_LABELS } from '../show/phase-label.ts';
import { type ShownProgress, showProgress } from '../show/progress.ts';
import { runAsJson } from '../show/run-as-json.ts';
import { printRun } from '../show/run-table.ts';
import type { Terminal } from '../show/terminal.ts';
import { rememberRecipe } from './known-recipes.ts';
import type { ReadyActivity } from './ready-activity.ts';
import { type RecipeRun, recipeRun } from './recipe-run.ts';
import { tellError } from './report-error.ts';
import { HISTORY_MS } from './tidy-up.ts';

export interface SyncActivityOptions extends ActivityRunOptions {
  readonly dryRun?: boolean;
}

/** Runs one activity recipe and shows what it does. */
export async function syncActivityRecipe(
  { file, activity: job, ports }: ReadyActivity,
  session: Session,
  terminal: Terminal,
  { dryRun = false, ...options }: SyncActivityOptions = {},
): Promise<RecipeRun> {
  const { meter, store, holder, clock } = session;
  const waitedBefore = meter.waited();
  let seen: Pick<PlannedActivity, 'brakes' | 'tally'> | undefined;
  const look = (planned: PlannedActivity, progress: ShownProgress): void => {
    seen = planned;
    progress.aside(() => printActivityTotals(planned, terminal));
  };

  let summary: RunSummary;
  let error: StackbridgeError | undefined;
  {
    using progress = showProgress(meter, terminal, ACTIVITY_LABELS);
    if (dryRun) {
      const facts = { startedAt: clock.now(), callsBefore: { ...ports.calls() }, writes: { salesforce: 0 } };
      const planned = await planActivity(job, ports, options);
      look(planned, progress);
      summary = activitySummary(planned.runId, job, ports, planned.tally, facts);
      await planned.dispose();
    } else {
      const result = await syncActivity(job, ports, holder, options, (planned) => look(planned, progress));
      summary = result.summary;
      error = result.error;
    }
  }
  const waitedMs = Object.fromEntries(
    Object.entries(meter.waited()).map(([name, ms]) => [name, ms - (waitedBefore[name] ?? 0)]),
  );
  terminal.print();
  printRun(summary, waitedMs, terminal);
  if (error !== undefined) tellError(error, terminal);
  if (!dryRun) {
    await rememberRecipe({ file, job }, undefined, store);
    await store.prune(clock.now() - HISTORY_MS);
  }
  const details = seen === undefined ? {} : { planned: seen.tally.planned, brakes: seen.brakes };
  const document = runAsJson(summary, { dryRun, ...details, waitedMs, error });
  return recipeRun(summary, document, { dryRun, error });
}

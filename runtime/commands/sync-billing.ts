import type { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import type { BrakeName } from '@stackbridge/shared-mappers/plan/brakes.ts';
import { BillingTally } from '@stackbridge/shared-mappers/sync/billing/billing-tally.ts';
import { type PlannedBilling, planBilling } from '@stackbridge/shared-mappers/sync/billing/plan-billing.ts';
import { billingSummary, syncBilling } from '@stackbridge/shared-mappers/sync/billing/run-billing.ts';
import type { Session } from '../session.ts';
import { mapWarnings, printBillingTotals } from '../show/billing-preview.ts';
import { BILLING_LABELS } from '../show/phase-label.ts';
import { printBrakes, printWarnings } from '../show/plan-preview.ts';
import { type ShownProgress, showProgress } from '../show/progress.ts';
import { runAsJson } from '../show/run-as-json.ts';
import { printRun } from '../show/run-table.ts';
import type { Terminal } from '../show/terminal.ts';
import { rememberRecipe } from './known-recipes.ts';
import type { ReadyBilling } from './ready-billing.ts';
import { type RecipeRun, recipeRun } from './recipe-run.ts';
import { tellError } from './report-error.ts';
import { HISTORY_MS } from './tidy-up.ts';

export interface SyncBillingOptions {
  readonly dryRun?: boolean;
  /** Ids of milestones. Default: all. */
  readonly only?: readonly string[];
  /** Brakes that are let through. Default: none. */
  readonly allow?: readonly BrakeName[];
}

/** Runs one billing recipe and shows what it does. */
export async function syncBillingRecipe(
  { file, billing, ports }: ReadyBilling,
  session: Session,
  terminal: Terminal,
  { dryRun = false, ...options }: SyncBillingOptions = {},
): Promise<RecipeRun> {
  const { meter, store, holder, clock } = session;
  const waitedBefore = meter.waited();
  let seen: PlannedBilling | undefined;
  const look = (planned: PlannedBilling, progress: ShownProgress): void => {
    seen = planned;
    progress.aside(() => {
      printBillingTotals(planned, terminal);
      printWarnings(mapWarnings(planned), terminal);
      printBrakes({ brakes: planned.brakes ?? [] }, terminal);
    });
  };

  let summary: RunSummary;
  let error: StackbridgeError | undefined;
  {
    using progress = showProgress(meter, terminal, BILLING_LABELS);
    if (dryRun) {
      const facts = { startedAt: clock.now(), callsBefore: { ...ports.calls() }, writes: { xero: 0 } };
      const planned = await planBilling(billing, ports, options);
      look(planned, progress);
      const tally = new BillingTally(planned.planned);
      summary = billingSummary(planned.runId, billing, ports, tally, facts);
    } else {
      const result = await syncBilling(billing, ports, holder, options, (planned) => look(planned, progress));
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
  if (!dryRun && seen !== undefined) {
    const { scope, recipe } = seen.context;
    await rememberRecipe({ file, job: { recipe, scope } }, undefined, store);
    await store.prune(clock.now() - HISTORY_MS);
  }
  const details =
    seen === undefined
      ? {}
      : {
          planned: new BillingTally(seen.planned).planned,
          ...(seen.brakes === undefined ? {} : { brakes: seen.brakes }),
          warnings: mapWarnings(seen),
        };
  const document = runAsJson(summary, { dryRun, ...details, waitedMs, error });
  return recipeRun(summary, document, { dryRun, error });
}

import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import { BillingTally } from '@stackbridge/shared-mappers/sync/billing/billing-tally.ts';
import {
  type BillingOptions,
  type PlannedBilling,
  planBilling,
} from '@stackbridge/shared-mappers/sync/billing/plan-billing.ts';
import { billingSummary } from '@stackbridge/shared-mappers/sync/billing/run-billing.ts';
import type { Session } from '../session.ts';
import { mapWarnings, printBilling, printBillingTotals, subjectAsJson } from '../show/billing-preview.ts';
import { BILLING_LABELS } from '../show/phase-label.ts';
import { printBrakes, printExcluded, printWarnings } from '../show/plan-preview.ts';
import { showProgress } from '../show/progress.ts';
import { runAsJson } from '../show/run-as-json.ts';
import type { Terminal } from '../show/terminal.ts';
import type { ReadyBilling } from './ready-billing.ts';

export interface BillingPreview {
  readonly billing: PlannedBilling;
  readonly tally: BillingTally;
  readonly summary: RunSummary;
}

/** Plans a billing recipe; writes nothing. */
export async function planBillingRecipe(
  { billing: job, ports }: ReadyBilling,
  { meter, clock }: Session,
  terminal: Terminal,
  options: BillingOptions = {},
): Promise<BillingPreview> {
  const facts = { startedAt: clock.now(), callsBefore: { ...ports.calls() }, writes: {} };
  using _progress = showProgress(meter, terminal, BILLING_LABELS);
  const billing = await planBilling(job, ports, options);
  const tally = new BillingTally(billing.planned);
  return { billing, tally, summary: billingSummary(billing.runId, job, ports, tally, facts) };
}

export function printBillingPreview(
  { billing, tally }: BillingPreview,
  limit: number,
  terminal: Terminal,
): void {
  printBillingTotals(billing, terminal);
  printExcluded(tally.excluded, terminal);
  printWarnings(mapWarnings(billing), terminal);
  printBilling(billing, limit, terminal);
  printBrakes({ brakes: billing.brakes ?? [] }, terminal);
}

export async function writeBillingPreview(
  { billing, tally, summary }: BillingPreview,
  terminal: Terminal,
): Promise<void> {
  const head = runAsJson(summary, {
    dryRun: true,
    planned: tally.planned,
    ...(billing.brakes === undefined ? {} : { brakes: billing.brakes }),
    warnings: mapWarnings(billing),
  });
  const subjects = billing.planned
    .filter(
      ({ plan, followUps = [] }) =>
        followUps.length > 0 || (plan.outcome !== 'leave' && plan.outcome !== 'excluded'),
    )
    .map(subjectAsJson);
  await terminal.write(
    JSON.stringify({ ...head, readsEverything: true, subjects, leftOut: billing.leftOut }, undefined, 2),
  );
}

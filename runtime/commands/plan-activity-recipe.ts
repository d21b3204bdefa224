import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import {
  type ActivityRunOptions,
  type PlannedActivity,
  planActivity,
} from '@stackbridge/shared-mappers/sync/activity/plan-activity.ts';
import { activitySummary } from '@stackbridge/shared-mappers/sync/activity/run-activity.ts';
import type { Session } from '../session.ts';
import { personAsJson, plansOf, printActivityTotals, printPeople } from '../show/activity-preview.ts';
import { ACTIVITY_LABELS } from '../show/phase-label.ts';
import { printExcluded } from '../show/plan-preview.ts';
import { showProgress } from '../show/progress.ts';
import { runAsJson } from '../show/run-as-json.ts';
import type { Terminal } from '../show/terminal.ts';
import type { ReadyActivity } from './ready-activity.ts';

export interface ActivityPreview {
  readonly activity: PlannedActivity;
  readonly summary: RunSummary;
}

/** Plans an activity recipe; writes nothing. */
export async function planActivityRecipe(
  { activity: job, ports }: ReadyActivity,
  { meter, clock }: Session,
  terminal: Terminal,
  options: ActivityRunOptions = {},
): Promise<ActivityPreview> {
  const facts = { startedAt: clock.now(), callsBefore: { ...ports.calls() }, writes: {} };
  using _progress = showProgress(meter, terminal, ACTIVITY_LABELS);
  const activity = await planActivity(job, ports, options);
  return { activity, summary: activitySummary(activity.runId, job, ports, activity.tally, facts) };
}

export async function printActivityPreview(
  { activity }: ActivityPreview,
  limit: number,
  terminal: Terminal,
): Promise<void> {
  printActivityTotals(activity, terminal);
  printExcluded(activity.tally.excluded, terminal);
  await printPeople(activity, limit, terminal);
}

/** People by the thousand: written as they come, so that the whole plan never stands in memory. */
export async function writeActivityPreview(
  { activity, summary }: ActivityPreview,
  terminal: Terminal,
): Promise<void> {
  const { tally, brakes, campaigns, held } = activity;
  const head = runAsJson(summary, { dryRun: true, planned: tally.planned, brakes });
  const newCampaigns = campaigns.creates.map(({ id, payload }) => ({ id, payload }));
  const waitingCampaigns = held.map(({ campaign: { id }, code, message }) => ({ id, code, message }));
  const facts = { ...head, readsEverything: false, newCampaigns, waitingCampaigns };
  const opening = JSON.stringify(facts, undefined, 2);
  await terminal.write(`${opening.replace(/\n}$/, '')},\n  "subjects": [`);
  let separator = '\n';
  for await (const plan of plansOf(activity)) {
    if (plan.writes.length === 0 && plan.issue === undefined) continue;
    await terminal.write(`${separator}    ${JSON.stringify(personAsJson(plan))}`);
    separator = ',\n';
  }
  await terminal.write('\n  ]\n}');
}

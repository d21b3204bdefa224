import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { RecipeStatus } from '../commands/recipe-status.ts';
import { runAsJson } from './run-as-json.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { count, duration, iso, moment } from './words.ts';

export function printStatus(status: RecipeStatus, terminal: Terminal): void {
  const { paint } = terminal;
  const { recipe, excluded, excludedAt, conflicts, failing, lastRun, watermarks, now } = status;
  const reach = reachOf(status);
  terminal.print(`${paint.bold(recipe)}  ${paint.dim(status.file)}`);
  const left = Object.values(excluded).reduce((sum, n) => sum + n, 0);
  const rows: string[][] = [
    [paint.green(count(reach.count)), reach.label, ''],
    [count(left), 'left out', excludedAt === undefined ? '' : paint.dim(`as of ${moment(excludedAt)} UTC`)],
    ...Object.entries(excluded).map(([reason, n]) => ['', '', paint.dim(`${count(n)}  ${reason}`)]),
    [paint.yellow(count(conflicts)), 'waiting for a decision', hint(conflicts, `conflicts list ${recipe}`)],
    [paint.red(count(failing)), 'failing', hint(failing, `failures list ${recipe}`)],
    [count(status.terminal), 'refused for good', ''],
  ];
  terminal.print(table([{ align: 'right' }, {}, {}], rows));
  terminal.print(`  last run ${lastRunOf(lastRun, now)}`);
  if (reach.label === 'in sync')
    terminal.print(
      `  changes known: Salesforce ${ageOf(watermarks.salesforce, now)}, Mailchimp ${ageOf(watermarks.mailchimp, now)}`,
    );
  if (status.runningNow !== undefined) terminal.print(`  ${paint.cyan('running now')}: ${status.runningNow}`);
  for (const warning of status.warnings) terminal.print(`  ${paint.yellow('warning')}  ${warning}`);
}

/** What a recipe has brought about: each kind counts its own. */
function reachOf({ inSync, billed, delivered }: RecipeStatus): {
  readonly count: number;
  readonly label: string;
} {
  if (billed !== undefined) return { count: billed, label: 'billed' };
  if (delivered !== undefined) return { count: delivered, label: 'events delivered' };
  return { count: inSync, label: 'in sync' };
}

export function statusAsJson({
  lastRun,
  watermarks,
  now,
  excludedAt,
  runningNow,
  billed,
  delivered,
  ...status
}: RecipeStatus): object {
  const watermark = (at: Instant | undefined): object | null =>
    at === undefined ? null : { at: iso(at), ageMs: Math.max(0, now - at) };
  return {
    ...status,
    ...(billed === undefined ? {} : { billed }),
    ...(delivered === undefined ? {} : { delivered }),
    excludedAt: excludedAt === undefined ? null : iso(excludedAt),
    lastRun: lastRun === undefined ? null : runAsJson(lastRun),
    watermarks: { salesforce: watermark(watermarks.salesforce), mailchimp: watermark(watermarks.mailchimp) },
    ...(runningNow === undefined ? {} : { runningNow }),
  };
}

function hint(n: number, command: string): string {
  return n === 0 ? '' : `stackbridge ${command}`;
}

function lastRunOf(run: RecipeStatus['lastRun'], now: Instant): string {
  if (run === undefined) return 'never';
  const end = run.stoppedBy === undefined ? '' : `, stopped by ${run.stoppedBy}`;
  return `${duration(Math.max(0, now - run.finishedAt))} ago (${run.runId}${end})`;
}

function ageOf(at: Instant | undefined, now: Instant): string {
  return at === undefined ? 'not yet' : `up to ${duration(Math.max(0, now - at))} ago`;
}

import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import { BRAKES } from '@stackbridge/shared-mappers/plan/brakes.ts';
import { type PlannedRun, planRun, type RunOptions } from '@stackbridge/shared-mappers/sync/plan-run.ts';
import { summaryOf } from '@stackbridge/shared-mappers/sync/run.ts';
import type { Command } from 'commander';
import { z } from 'zod';
import { openSession, type Session } from '../session.ts';
import { subjectAsJson } from '../show/plan-as-json.ts';
import {
  printBrakes,
  printExcluded,
  printMore,
  printPlanTotals,
  printSubject,
  printWarnings,
  warningsOf,
} from '../show/plan-preview.ts';
import { showProgress } from '../show/progress.ts';
import { runAsJson } from '../show/run-as-json.ts';
import type { Terminal } from '../show/terminal.ts';
import { act, optionsOf } from './act.ts';
import { brakeNames } from './brake-names.ts';
import { refuseFull } from './concerns-contacts.ts';
import { EXIT } from './exit-code.ts';
import {
  type ActivityPreview,
  planActivityRecipe,
  printActivityPreview,
  writeActivityPreview,
} from './plan-activity-recipe.ts';
import {
  type BillingPreview,
  planBillingRecipe,
  printBillingPreview,
  writeBillingPreview,
} from './plan-billing-recipe.ts';
import type { ReadyRecipe } from './ready-recipe.ts';
import { isActivity, isBilling, readyToRun } from './ready-to-run.ts';
import { wholeNumber } from './whole-number.ts';

const options = z.object({
  limit: wholeNumber('--limit', 20),
  all: z.boolean().default(false),
  full: z.boolean().default(false),
  allow: brakeNames,
});

export function addPlanCommand(program: Command): void {
  program
    .command('plan')
    .description('show what a sync would do, record by record; writes nothing')
    .argument('<recipe...>', 'recipe files')
    .option('--limit <n>', 'people shown in full (default: 20)')
    .option('--all', 'show everybody')
    .option('--full', 'contacts: read everything on both sides, not only what changed')
    .option('--allow <brakes>', `plan as if these brakes were let through: ${BRAKES.join(', ')}`)
    .addHelpText(
      'after',
      `
Examples:
  $ stackbridge plan recipes/contacts.yaml --connections connections.yaml
  $ stackbridge plan recipes/contacts.yaml --limit 100
  $ stackbridge plan recipes/contacts.yaml --json > plan.json`,
    )
    .action((files: string[], _options: unknown, command: Command) =>
      act(command, async ({ terminal, ...where }) => {
        const { limit, all, full, allow } = optionsOf(command, options);
        await using session = await openSession({ ...where, terminal });
        const recipes = await readyToRun(files, session, 'preview');
        refuseFull(full, recipes);
        // All are planned before the document begins, so that it cannot break off.
        await using plans = new AsyncDisposableStack();
        const previews: (Preview | BillingPreview | ActivityPreview)[] = [];
        for (const recipe of recipes) {
          if (isBilling(recipe)) {
            previews.push(await planBillingRecipe(recipe, session, terminal));
            continue;
          }
          if (isActivity(recipe)) {
            const preview = await planActivityRecipe(recipe, session, terminal, { allow });
            plans.defer(() => preview.activity.dispose());
            previews.push(preview);
            continue;
          }
          const preview = await planOne(recipe, session, terminal, { full, allow });
          plans.defer(() => preview.planned.dispose());
          previews.push(preview);
        }
        const several = previews.length > 1;
        if (several) await terminal.write('{"plans": [\n');
        for (const [at, preview] of previews.entries()) {
          if (at > 0) await terminal.write(',\n');
          const shown = all ? Number.POSITIVE_INFINITY : limit;
          if ('billing' in preview) {
            if (terminal.json) await writeBillingPreview(preview, terminal);
            else printBillingPreview(preview, shown, terminal);
          } else if ('activity' in preview) {
            if (terminal.json) await writeActivityPreview(preview, terminal);
            else await printActivityPreview(preview, shown, terminal);
          } else if (terminal.json) await writePreview(preview, terminal);
          else await printPreview(preview, shown, terminal);
        }
        await terminal.write(several ? ']}\n' : '\n');
        return EXIT.done;
      }),
    );
}

interface Preview {
  readonly planned: PlannedRun;
  readonly summary: RunSummary;
  readonly warnings: readonly string[];
}

async function planOne(
  { job, ports, notes }: ReadyRecipe,
  session: Session,
  terminal: Terminal,
  options: RunOptions,
): Promise<Preview> {
  const startedAt = session.clock.now();
  const callsBefore = ports.calls();
  using _progress = showProgress(session.meter, terminal);
  const planned = await planRun(job, ports, options);
  const summary = summaryOf(planned.desk, startedAt, {}, callsBefore, undefined);
  return { planned, summary, warnings: warningsOf(planned, notes) };
}

async function printPreview(
  { planned, warnings }: Preview,
  limit: number,
  terminal: Terminal,
): Promise<void> {
  printPlanTotals(planned, terminal);
  printExcluded(planned.desk.tally.excluded, terminal);
  printWarnings(warnings, terminal);
  await printSubjects(planned, limit, terminal);
  printBrakes(planned, terminal);
}

/** People by the thousand: written as they come, so that the whole plan never stands in memory. */
async function writePreview({ planned, summary, warnings }: Preview, terminal: Terminal): Promise<void> {
  const { brakes, readsEverything, desk } = planned;
  const head = runAsJson(summary, { dryRun: true, planned: desk.tally.planned, brakes, warnings });
  const opening = JSON.stringify({ ...head, readsEverything }, undefined, 2).replace(/\n}$/, '');
  await terminal.write(`${opening},\n  "subjects": [`);
  let separator = '\n';
  for await (const plan of subjects(planned)) {
    if (plan.outcome === 'unchanged') continue;
    await terminal.write(`${separator}    ${JSON.stringify(subjectAsJson(plan))}`);
    separator = ',\n';
  }
  await terminal.write('\n  ]\n}');
}

async function printSubjects(planned: PlannedRun, limit: number, terminal: Terminal): Promise<void> {
  let shown = 0;
  let total = 0;
  for await (const plan of subjects(planned)) {
    if (plan.operations.length + plan.issues.length === 0) continue;
    total++;
    if (shown >= limit) continue;
    if (shown === 0) terminal.print();
    shown++;
    printSubject(plan, terminal);
  }
  printMore(shown, total, terminal);
}

async function* subjects({ scratch }: PlannedRun) {
  let position = 0;
  for (;;) {
    const page = await scratch.plans(position, 500);
    const last = page.at(-1);
    if (last === undefined) return;
    for (const { plan } of page) yield plan;
    position = last.position;
  }
}

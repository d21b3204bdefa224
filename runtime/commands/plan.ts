import { BRAKES } from '@stackbridge/shared-mappers/plan/brakes.ts';
import { type PlannedRun, planRun } from '@stackbridge/shared-mappers/sync/plan-run.ts';
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
import { EXIT } from './exit-code.ts';
import { type ReadyRecipe, readyRecipes } from './ready-recipe.ts';
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
    .option('--full', 'read everything on both sides, not only what changed')
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
        const recipes = await readyRecipes(files, session);
        const several = recipes.length > 1;
        if (several) await terminal.write('{"plans": [\n');
        for (const [at, recipe] of recipes.entries()) {
          if (at > 0) await terminal.write(',\n');
          await previewOne(recipe, session, terminal, {
            full,
            allow,
            limit: all ? Number.POSITIVE_INFINITY : limit,
          });
        }
        await terminal.write(several ? ']}\n' : '\n');
        return EXIT.done;
      }),
    );
}

interface PreviewOptions {
  readonly full: boolean;
  readonly allow: z.infer<typeof brakeNames>;
  readonly limit: number;
}

async function previewOne(
  { job, ports, notes }: ReadyRecipe,
  session: Session,
  terminal: Terminal,
  { limit, ...runOptions }: PreviewOptions,
): Promise<void> {
  const startedAt = session.clock.now();
  const callsBefore = ports.calls();
  let planned: PlannedRun;
  {
    using _progress = showProgress(session.meter, terminal);
    planned = await planRun(job, ports, runOptions);
  }
  try {
    const warnings = warningsOf(planned, notes);
    printPlanTotals(planned, terminal);
    printExcluded(planned.desk.tally.excluded, terminal);
    printWarnings(warnings, terminal);
    if (terminal.json) {
      const summary = summaryOf(planned.desk, startedAt, {}, callsBefore, undefined);
      const { planned: writes } = planned.desk.tally;
      const head = runAsJson(summary, { dryRun: true, planned: writes, brakes: planned.brakes, warnings });
      await writeSubjects({ ...head, readsEverything: planned.readsEverything }, planned, terminal);
    } else {
      await printSubjects(planned, limit, terminal);
    }
    printBrakes(planned, terminal);
  } finally {
    await planned.dispose();
  }
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

/** People by the thousand: written as they come, so that the whole plan never stands in memory. */
async function writeSubjects(head: object, planned: PlannedRun, terminal: Terminal): Promise<void> {
  const opening = JSON.stringify(head, undefined, 2).replace(/\n}$/, '');
  await terminal.write(`${opening},\n  "subjects": [`);
  let separator = '\n';
  for await (const plan of subjects(planned)) {
    if (plan.outcome === 'unchanged') continue;
    await terminal.write(`${separator}    ${JSON.stringify(subjectAsJson(plan))}`);
    separator = ',\n';
  }
  await terminal.write('\n  ]\n}');
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

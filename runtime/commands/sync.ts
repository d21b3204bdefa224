import { BRAKES } from '@stackbridge/shared-mappers/plan/brakes.ts';
import type { Command } from 'commander';
import { z } from 'zod';
import { openSession, type Session } from '../session.ts';
import type { Terminal } from '../show/terminal.ts';
import { counted } from '../show/words.ts';
import { act, optionsOf } from './act.ts';
import { brakeNames } from './brake-names.ts';
import { refuseFull } from './concerns-contacts.ts';
import { EXIT, gravest } from './exit-code.ts';
import { isActivity, isBilling, type Ready, readyToRun } from './ready-to-run.ts';
import type { RecipeRun } from './recipe-run.ts';
import { syncActivityRecipe } from './sync-activity.ts';
import { syncBillingRecipe } from './sync-billing.ts';
import { syncRecipe } from './sync-recipe.ts';

const options = z.object({
  dryRun: z.boolean().default(false),
  full: z.boolean().default(false),
  allow: brakeNames,
});

export function addSyncCommand(program: Command): void {
  program
    .command('sync')
    .description('run recipes: read both sides, merge, write what differs')
    .argument('<recipe...>', 'recipe files')
    .option('--dry-run', 'plan and show the totals; write nothing')
    .option('--full', 'contacts: read everything on both sides, not only what changed')
    .option('--allow <brakes>', `let these brakes through, once: ${BRAKES.join(', ')}`)
    .addHelpText(
      'after',
      `
Examples:
  $ stackbridge sync recipes/contacts.yaml --connections connections.yaml
  $ stackbridge sync recipes/contacts.yaml recipes/leads.yaml --json
  $ stackbridge sync recipes/contacts.yaml --dry-run
  $ stackbridge sync recipes/contacts.yaml --allow overwrites,deletes
  $ stackbridge sync recipes/milestones.yaml
  $ stackbridge sync recipes/campaign-activity.yaml`,
    )
    .action((files: string[], _options: unknown, command: Command) =>
      act(command, async ({ terminal, ...where }) => {
        const { dryRun, full, allow } = optionsOf(command, options);
        await using session = await openSession({ ...where, terminal });
        const recipes = await readyToRun(files, session, 'run');
        refuseFull(full, recipes);
        const runs: RecipeRun[] = [];
        for (const [at, recipe] of recipes.entries()) {
          if (at > 0) terminal.print();
          const run = await runOne(recipe, session, terminal, { dryRun, full, allow });
          runs.push(run);
          if (!dryRun) await printWhatIsLeft(run, session, terminal);
          if (endsEverything(run)) break;
        }
        const [only] = runs;
        terminal.document(
          files.length === 1 ? only?.document : { runs: runs.map(({ document }) => document) },
        );
        return gravest(runs.map(({ exitCode }) => exitCode));
      }),
    );
}

function runOne(
  recipe: Ready,
  session: Session,
  terminal: Terminal,
  { dryRun, full, allow }: z.output<typeof options>,
): Promise<RecipeRun> {
  if (isBilling(recipe)) return syncBillingRecipe(recipe, session, terminal, { dryRun, allow });
  if (isActivity(recipe)) return syncActivityRecipe(recipe, session, terminal, { dryRun, allow });
  return syncRecipe(recipe, session, terminal, { dryRun, full, allow });
}

/** What stops one recipe for these reasons would stop the next. */
function endsEverything({ exitCode }: RecipeRun): boolean {
  return exitCode === EXIT.stopped || exitCode === EXIT.signIn;
}

/** What waits for people, and what to type about it. */
async function printWhatIsLeft({ summary }: RecipeRun, session: Session, terminal: Terminal): Promise<void> {
  const { conflict, failure } = await session.store.countParked(summary.recipe);
  const { paint } = terminal;
  if (conflict > 0) {
    const them = counted(conflict, 'conflict waits', 'conflicts wait');
    terminal.print(`${paint.yellow(them)} for a decision: stackbridge conflicts list ${summary.recipe}`);
  }
  if (failure > 0) {
    const them = counted(failure, 'record');
    terminal.print(`${paint.red(`${them} failed`)}: stackbridge failures list ${summary.recipe}`);
  }
}

import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { Decision } from '@stackbridge/shared-mappers/ports/store.ts';
import { isBillingScope } from '@stackbridge/shared-mappers/sync/billing/plan-billing.ts';
import type { Command } from 'commander';
import { z } from 'zod';
import { openSession, type Session } from '../session.ts';
import { printBilling, subjectAsJson } from '../show/billing-preview.ts';
import { pairAsJson, printPair } from '../show/pair-table.ts';
import { parkedAsJson, printParked, printParkedRow } from '../show/parked-table.ts';
import { counted } from '../show/words.ts';
import { act, optionsOf } from './act.ts';
import { type Answer, decisionsOf } from './conflict-decisions.ts';
import { EXIT, gravest } from './exit-code.ts';
import { oneParkedOf, type ParkedFilter, parkedRows } from './find-parked.ts';
import { fileOfRecipe } from './known-recipes.ts';
import { planBillingRecipe } from './plan-billing-recipe.ts';
import { readPair } from './read-pair.ts';
import { readyRecipes } from './ready-recipe.ts';
import { isActivity, isBilling, readyToRun } from './ready-to-run.ts';
import { reconcile } from './reconcile.ts';
import { repark } from './repark.ts';
import { billingDecisions } from './resolve-billing.ts';
import { UsageError } from './usage-error.ts';
import { wholeNumber } from './whole-number.ts';

const KINDS: ParkedFilter['kinds'] = ['conflict'];

const options = z.object({
  recipe: z.string().optional(),
  recipeFile: z.string().optional(),
  limit: wholeNumber('--limit', 50),
  keep: z.string().optional(),
  field: z.string().optional(),
  value: z.string().optional(),
  answer: z.string().optional(),
});

export function addConflictsCommand(program: Command): void {
  const conflicts = program
    .command('conflicts')
    .description('people whose records disagree: list, show, resolve')
    .addHelpText(
      'after',
      `
Examples:
  $ stackbridge conflicts list contacts
  $ stackbridge conflicts show ada@example.com --connections connections.yaml
  $ stackbridge conflicts resolve ada@example.com --keep salesforce
  $ stackbridge conflicts resolve ada@example.com --field Title --keep mailchimp
  $ stackbridge conflicts resolve ada@example.com --field Title --value "Head of Sales"
  $ stackbridge conflicts resolve ZP-4711 --answer next-invoice`,
    );

  conflicts
    .command('list', { isDefault: true })
    .description('every conflict, oldest first')
    .argument('[recipe]', 'name of a recipe')
    .option('--limit <n>', 'how many to show (default: 50); --json has all of them')
    .action((recipe: string | undefined, _options: unknown, command: Command) =>
      act(command, async ({ terminal, ...where }) => {
        const { limit } = optionsOf(command, options);
        await using session = await openSession({ ...where, terminal });
        const rows = await parkedRows({ kinds: KINDS, recipe }, session);
        terminal.document({ conflicts: rows.map(parkedAsJson) });
        if (rows.length === 0) terminal.print('No conflict waits for a decision');
        else printParked(rows, limit, terminal);
        return EXIT.done;
      }),
    );

  conflicts
    .command('show')
    .description('both records as they are now, field by field')
    .argument('<key>', 'its key, the id of either record, or the email address')
    .option('--recipe <name>', 'where several recipes have parked the person')
    .option('--recipe-file <file>', 'the recipe, where it is not where it was last run from')
    .action((key: string, _options: unknown, command: Command) =>
      act(command, async ({ terminal, ...where }) => {
        const { recipe, recipeFile } = optionsOf(command, options);
        await using session = await openSession({ ...where, terminal });
        const row = await oneParkedOf(key, { kinds: KINDS, recipe }, session);
        const file = await fileOfRecipe(row.recipe, recipeFile, session.store);
        const [ready] = await readyToRun([file], session, 'run');
        if (ready === undefined) return EXIT.done;
        if (isActivity(ready)) throw new RangeError('Campaign activity has no conflicts');
        if (isBilling(ready)) {
          const { billing } = await planBillingRecipe(ready, session, terminal, { only: [row.subject] });
          terminal.document({
            conflict: parkedAsJson(row),
            subjects: billing.planned.map(subjectAsJson),
          });
          printParkedRow(row, terminal);
          printBilling(billing, 1, terminal);
          return EXIT.done;
        }
        const pair = await readPair(row, ready);
        terminal.document({ conflict: parkedAsJson(row), ...pairAsJson(pair, row.fields, ready.job.map) });
        printParkedRow(row, terminal);
        terminal.print();
        printPair(pair, row.fields, ready.job.map, terminal);
        return EXIT.done;
      }),
    );

  conflicts
    .command('resolve')
    .description('decide a conflict, and carry the decision out at once')
    .argument('<key>', 'its key, the id of either record, or the email address')
    .option('--keep <system>', 'salesforce or mailchimp: whose value both sides get')
    .option('--field <field>', 'one field, by its name on either side; without it all that are at issue')
    .option('--value <value>', 'a value of your own for --field')
    .option('--answer <answer>', 'for an invoice: next-invoice, free or settled')
    .option('--recipe <name>', 'where several recipes have parked the person')
    .option('--recipe-file <file>', 'the recipe, where it is not where it was last run from')
    .action((key: string, _options: unknown, command: Command) =>
      act(command, async ({ terminal, ...where }) => {
        const { recipe, recipeFile, ...answer } = optionsOf(command, options);
        await using session = await openSession({ ...where, terminal });
        const { store, clock } = session;
        const row = await oneParkedOf(key, { kinds: KINDS, recipe }, session);
        const now = clock.now();
        const decisions = await decisionsFor(row, answer, recipeFile, session);
        // Due, so that the next run takes over should this one not get through.
        await repark([row], (before) => ({ ...before, retryAt: now }), session);
        for (const decision of decisions) await store.decide(decision);
        const runs = await reconcile([row], recipeFile, session, terminal);
        const left = (await store.parked({ recipe: row.recipe, subject: row.subject })).filter(
          ({ kind }) => kind === 'conflict',
        );
        terminal.print(
          left.length === 0
            ? `Resolved ${counted(decisions.length, 'field')} of ${row.subject}`
            : `Still at issue: ${left.flatMap(({ fields }) => fields).join(', ')}`,
        );
        terminal.document({
          resolved: left.length === 0,
          fields: decisions.map(({ field }) => field),
          conflicts: left.map(parkedAsJson),
          runs: runs.map(({ document }) => document),
        });
        return gravest(runs.map(({ exitCode }) => exitCode));
      }),
    );
}

async function decisionsFor(
  row: Parked,
  answer: Answer & { readonly answer?: string | undefined },
  recipeFile: string | undefined,
  session: Session,
): Promise<Decision[]> {
  const now = session.clock.now();
  if (isBillingScope(row.scope)) {
    if (answer.keep !== undefined || answer.value !== undefined)
      throw new UsageError(
        'An invoice is neither kept on one side nor given a value',
        'Say --answer instead',
      );
    return billingDecisions(row, answer.answer, answer.field, now);
  }
  if (answer.answer !== undefined) throw new UsageError('--answer is for invoices', 'Say --keep or --value');
  const file = await fileOfRecipe(row.recipe, recipeFile, session.store);
  const [ready] = await readyRecipes([file], session, 'run');
  if (ready === undefined) throw new UsageError(`${file} holds no recipe`, 'Name another --recipe-file');
  return decisionsOf(row, answer, ready.job.map, now);
}

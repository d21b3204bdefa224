import type { Command } from 'commander';
import { openSession } from '../session.ts';
import { printFaults } from '../show/faults.ts';
import { printWarnings } from '../show/plan-preview.ts';
import type { Terminal } from '../show/terminal.ts';
import { counted } from '../show/words.ts';
import { act } from './act.ts';
import { EXIT, exitCodeOf, gravest } from './exit-code.ts';
import type { ReadyRecipe } from './ready-recipe.ts';
import { type Check, checkFiles, isActivity, isBilling } from './ready-to-run.ts';
import { errorDocument, tellError } from './report-error.ts';

export function addCheckCommand(program: Command): void {
  program
    .command('check')
    .description(
      'hold recipes against both accounts as they are now: every fault at once, with line and suggestion',
    )
    .argument('<recipe...>', 'recipe files')
    .addHelpText(
      'after',
      `
Examples:
  $ stackbridge check recipes/contacts.yaml --connections connections.yaml
  $ stackbridge check recipes/*.yaml --json`,
    )
    .action((files: string[], _options: unknown, command: Command) =>
      act(command, async ({ terminal, ...where }) => {
        await using session = await openSession({ ...where, terminal });
        const checks = await checkFiles(files, session, true);
        const problems = checks.flatMap((check) => check.problems);
        for (const check of checks) printCheck(check, terminal);
        if (problems.length > 0) printFaults(problems, terminal);
        terminal.document({
          ok: checks.every(isSound),
          problems,
          recipes: checks.map(checkAsJson),
        });
        const unchecked = checks.flatMap(({ unchecked }) => unchecked ?? []);
        for (const error of unchecked) tellError(error, terminal);
        return problems.length > 0 ? EXIT.wrongUse : gravest(unchecked.map(({ code }) => exitCodeOf(code)));
      }),
    );
}

const SOURCES = { 'zoho-projects': 'Zoho Projects', 'zoho-books': 'Zoho Books' } as const;

function isSound(check: Check): boolean {
  return check.ready !== undefined || 'map' in check;
}

function printCheck(check: Check, terminal: Terminal): void {
  const { file, ready } = check;
  const { paint } = terminal;
  if ('map' in check) terminal.print(`${paint.green('ok')}  ${file}  ${paint.dim('account map')}`);
  if (ready === undefined) return;
  if (isBilling(ready)) {
    const sources = ready.billing.sources.map((system) => SOURCES[system]).join(', ');
    terminal.print(`${paint.green('ok')}  ${file}  ${paint.dim(`${sources} → Xero`)}`);
    return;
  }
  if (isActivity(ready)) {
    terminal.print(`${paint.green('ok')}  ${file}  ${paint.dim('Mailchimp campaigns → Salesforce')}`);
    return;
  }
  const { job, recipe, notes } = ready;
  const rules = counted(job.map.rules.length, 'field rule');
  terminal.print(
    `${paint.green('ok')}  ${file}  ${paint.dim(`${recipe.salesforce.object} ↔ ${recipe.mailchimp.audience}, ${rules}`)}`,
  );
  printWarnings(notes, terminal);
}

function checkAsJson(check: Check): object {
  const { file, problems, ready, unchecked } = check;
  return {
    file,
    ok: isSound(check),
    ...(ready === undefined
      ? {}
      : isBilling(ready) || isActivity(ready)
        ? { recipe: ready.recipe.name }
        : { recipe: ready.recipe.name, rules: rulesOf(ready.job), notes: ready.notes }),
    problems,
    ...(unchecked === undefined ? {} : { unchecked: errorDocument(unchecked) }),
  };
}

function rulesOf({ map }: ReadyRecipe['job']): object[] {
  return map.rules.map(({ name, type, direction, policy, fields }) => ({
    name,
    type,
    direction: { both: 'both', 'to-right': 'to-mailchimp', 'to-left': 'to-salesforce' }[direction],
    policy: policy === 'left' ? 'salesforce' : policy === 'right' ? 'mailchimp' : policy,
    salesforce: fields.left,
    mailchimp: fields.right,
  }));
}

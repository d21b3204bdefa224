import type { Command } from 'commander';
import { openSession } from '../session.ts';
import { printStatus, statusAsJson } from '../show/status-table.ts';
import { act } from './act.ts';
import { EXIT } from './exit-code.ts';
import { knownRecipes } from './known-recipes.ts';
import { statusOf } from './recipe-status.ts';
import { UsageError } from './usage-error.ts';

export function addStatusCommand(program: Command): void {
  program
    .command('status')
    .description('how things stand: in sync, left out, waiting for a decision, failing')
    .argument('[recipe]', 'name of a recipe (default: every one run from this home)')
    .addHelpText(
      'after',
      `
Examples:
  $ stackbridge status
  $ stackbridge status contacts --json`,
    )
    .action((recipe: string | undefined, _options: unknown, command: Command) =>
      act(command, async ({ terminal, ...where }) => {
        await using session = await openSession({ ...where, terminal });
        const known = await knownRecipes(session.store);
        const names = recipe === undefined ? Object.keys(known).sort() : [recipe];
        const statuses = await Promise.all(
          names.map((name) => {
            const one = known[name];
            if (one !== undefined) return statusOf(name, one, session);
            throw new UsageError(
              `No recipe called ${name} has been run from this home`,
              `Known here: ${Object.keys(known).sort().join(', ') || 'none'}`,
            );
          }),
        );
        terminal.document({ home: session.folder, recipes: statuses.map(statusAsJson) });
        if (statuses.length === 0) terminal.print('Nothing has been run from this home');
        for (const status of statuses) printStatus(status, terminal);
        return EXIT.done;
      }),
    );
}

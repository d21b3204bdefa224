import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { Command } from 'commander';
import { z } from 'zod';
import { openSession } from '../session.ts';
import { parkedAsJson, printParked, printParkedRow } from '../show/parked-table.ts';
import { counted } from '../show/words.ts';
import { act, optionsOf } from './act.ts';
import { EXIT, gravest } from './exit-code.ts';
import { type ParkedFilter, parkedOf, parkedRows } from './find-parked.ts';
import { reconcile } from './reconcile.ts';
import { repark } from './repark.ts';
import { UsageError } from './usage-error.ts';
import { wholeNumber } from './whole-number.ts';

const KINDS: ParkedFilter['kinds'] = ['failure', 'terminal'];

const options = z.object({
  recipe: z.string().optional(),
  recipeFile: z.string().optional(),
  limit: wholeNumber('--limit', 50),
  all: z.boolean().default(false),
});

export function addFailuresCommand(program: Command): void {
  const failures = program
    .command('failures')
    .description('records that could not be written: list, show, retry, discard')
    .addHelpText(
      'after',
      `
Examples:
  $ stackbridge failures list contacts
  $ stackbridge failures show ada@example.com
  $ stackbridge failures retry 003000000000001AAA
  $ stackbridge failures retry --all --recipe contacts
  $ stackbridge failures discard 003000000000001AAA`,
    );

  failures
    .command('list', { isDefault: true })
    .description('every failure, oldest first, with its code and what to do')
    .argument('[recipe]', 'name of a recipe')
    .option('--limit <n>', 'how many to show (default: 50); --json has all of them')
    .action((recipe: string | undefined, _options: unknown, command: Command) =>
      act(command, async ({ terminal, ...where }) => {
        const { limit } = optionsOf(command, options);
        await using session = await openSession({ ...where, terminal });
        const rows = await parkedRows({ kinds: KINDS, recipe }, session);
        terminal.document({ failures: rows.map(parkedAsJson) });
        if (rows.length === 0) terminal.print('Nothing has failed');
        else printParked(rows, limit, terminal);
        return EXIT.done;
      }),
    );

  failures
    .command('show')
    .description('one failure in full')
    .argument('<key>', 'its key, the id of either record, or the email address')
    .option('--recipe <name>', 'where several recipes have parked the person')
    .action((key: string, _options: unknown, command: Command) =>
      act(command, async ({ terminal, ...where }) => {
        const { recipe } = optionsOf(command, options);
        await using session = await openSession({ ...where, terminal });
        const rows = await parkedOf(key, { kinds: KINDS, recipe }, session);
        terminal.document({ failures: rows.map(parkedAsJson) });
        for (const row of rows) printParkedRow(row, terminal);
        return EXIT.done;
      }),
    );

  failures
    .command('retry')
    .description('look at these records again now, both sides read anew')
    .argument('[key...]', 'keys, ids or email addresses')
    .option('--all', 'every failure')
    .option('--recipe <name>', 'only those of this recipe')
    .option('--recipe-file <file>', 'the recipe, where it is not where it was last run from')
    .action((keys: string[], _options: unknown, command: Command) =>
      act(command, async ({ terminal, ...where }) => {
        const { recipe, recipeFile, all } = optionsOf(command, options);
        if (keys.length > 0 === all) throw new UsageError('Retry what?', 'Name keys, or say --all');
        await using session = await openSession({ ...where, terminal });
        const rows = all
          ? await parkedRows({ kinds: ['failure'], recipe }, session)
          : (await Promise.all(keys.map((key) => parkedOf(key, { kinds: KINDS, recipe }, session)))).flat();
        const now = session.clock.now();
        // Due, so that the next run takes over should this one not get through.
        await repark(rows, (row) => ({ ...row, kind: 'failure', retryAt: now }), session);
        const runs = await reconcile(rows, recipeFile, session, terminal);
        if (runs.length === 0) terminal.print('Nothing has failed');
        terminal.document({ runs: runs.map(({ document }) => document) });
        return gravest(runs.map(({ exitCode }) => exitCode));
      }),
    );

  failures
    .command('discard')
    .description('set failures aside for good: shown, not tried again until the record changes')
    .argument('<key...>', 'keys, ids or email addresses')
    .option('--recipe <name>', 'only those of this recipe')
    .action((keys: string[], _options: unknown, command: Command) =>
      act(command, async ({ terminal, ...where }) => {
        const { recipe } = optionsOf(command, options);
        await using session = await openSession({ ...where, terminal });
        const found = await Promise.all(
          keys.map((key) => parkedOf(key, { kinds: ['failure'], recipe }, session)),
        );
        const rows = found.flat();
        await repark(rows, setAside, session);
        terminal.document({ discarded: rows.map(parkedAsJson) });
        terminal.print(`${counted(rows.length, 'failure')} set aside`);
        return EXIT.done;
      }),
    );
}

function setAside({ retryAt: _, ...row }: Parked): Parked {
  return {
    ...row,
    kind: 'terminal',
    message: `${row.message} (set aside by a person)`,
    next: 'Nothing: it was set aside; `stackbridge failures retry` looks at it again',
  };
}

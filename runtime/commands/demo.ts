import type { Command } from 'commander';
import { z } from 'zod';
import { runDemo } from '../demo/run-demo.ts';
import { act, optionsOf } from './act.ts';
import { wholeNumber } from './whole-number.ts';

const options = z.object({
  contacts: wholeNumber('--contacts', 3000),
  seed: wholeNumber('--seed', 7),
  keep: z.string().optional(),
});

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('see it all: two messy systems synced both ways, a day of edits, conflicts, and the proof')
    .option('--contacts <n>', 'about how many contacts each side gets (default: 3000)')
    .option('--seed <n>', 'same seed, same people, same day (default: 7)')
    .option('--keep <dir>', 'keep the sync state in this folder')
    .addHelpText(
      'after',
      `
Examples:
  $ stackbridge demo
  $ stackbridge demo --contacts 20000 --seed 3
  $ stackbridge demo --json > demo.json`,
    )
    .action((_options: unknown, command: Command) =>
      act(command, ({ terminal }) => runDemo(optionsOf(command, options), terminal)),
    );
}

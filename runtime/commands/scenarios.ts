import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import type { ScenarioFailure, ScenarioResult } from '../scenarios/play.ts';
import type { FolderReport } from '../scenarios/play-folder.ts';
import type { Terminal } from '../show/terminal.ts';
import { duration } from '../show/words.ts';
import { act, optionsOf } from './act.ts';
import { EXIT } from './exit-code.ts';
import { UsageError } from './usage-error.ts';

const options = z.object({
  dir: z.string().default('test/scenarios'),
  host: z.string().default('runtime'),
  filter: z.string().default(''),
});

export function addScenariosCommand(program: Command): void {
  program
    .command('scenarios')
    .description('play scenario files: what both systems hold, what happens, what they hold at the end')
    .option('--dir <path>', 'folder of scenario files, or one file (default: test/scenarios)')
    .option('--host <name>', 'what carries the syncs out (default: runtime)')
    .option('--filter <text>', 'only files whose name contains this')
    .addHelpText(
      'after',
      `
Examples:
  $ stackbridge scenarios --dir test/scenarios
  $ stackbridge scenarios --dir rehearsals --filter 27 --json`,
    )
    .action((_options: unknown, command: Command) =>
      act(command, async ({ terminal }) => {
        const { dir, host: name, filter } = optionsOf(command, options);
        if (!existsSync(dir))
          throw new UsageError(
            `There is no ${dir}`,
            'Name a folder of scenario files, or one file, after --dir',
          );
        // Loaded here, not above: no other command should carry the simulators.
        const { openHostNamed } = await import('../scenarios/hosts.ts');
        const { playFolder } = await import('../scenarios/play-folder.ts');
        const host = await openHostNamed(name);
        if ('known' in host)
          throw new UsageError(`There is no host ${name}`, `Write --host ${host.known.join(' or --host ')}`);
        const begun = performance.now();
        const report = await playFolder(dir, host, filter, (result) => printResult(result, terminal)).finally(
          () => host.close?.(),
        );
        if (report.results.length === 0)
          throw new UsageError(
            `${dir} holds no scenario file to play`,
            'Name another folder after --dir, or less after --filter',
          );
        printTotals(report, performance.now() - begun, terminal);
        const { passed, failed, skipped, failures } = report;
        terminal.document({ passed, failed, skipped, failures: failures.map(asJson) });
        return failed === 0 ? EXIT.done : EXIT.someLeft;
      }),
    );
}

function printResult(
  { outcome, file, title, tookMs, because, failures }: ScenarioResult,
  terminal: Terminal,
): void {
  const { paint } = terminal;
  const mark = {
    passed: paint.green('passed '),
    failed: paint.red('failed '),
    skipped: paint.yellow('skipped'),
  }[outcome];
  terminal.print(`${mark}  ${file}  ${paint.dim(because ?? title)}  ${paint.dim(`${tookMs} ms`)}`);
  for (const { step, expected, actual } of failures) {
    terminal.print(`         ${paint.bold(step)}`);
    terminal.print(`           expected  ${shown(expected)}`);
    terminal.print(`           actual    ${shown(actual)}`);
  }
}

function printTotals({ passed, failed, skipped }: FolderReport, tookMs: number, terminal: Terminal): void {
  terminal.print();
  terminal.print(`${passed} passed, ${failed} failed, ${skipped} skipped in ${duration(tookMs)}`);
}

/** What is undefined would not show in JSON. */
function asJson({ file, step, expected = null, actual = null }: ScenarioFailure): ScenarioFailure {
  return { file, step, expected, actual };
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}

import type { Command } from 'commander';
import { z } from 'zod';
import { openTerminal, type Terminal } from '../show/terminal.ts';
import type { ExitCode } from './exit-code.ts';
import { reportError } from './report-error.ts';

const globalOptions = z.object({
  home: z.string().optional(),
  connections: z.string().optional(),
  json: z.boolean().default(false),
  quiet: z.boolean().default(false),
  verbose: z.boolean().default(false),
  color: z.boolean().default(true),
});

/** What every command is given. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** As typed after `--home`. */
  readonly home: string | undefined;
  /** As typed after `--connections`. */
  readonly connectionsFile: string | undefined;
}

/** The options that every command takes. */
export function addGlobalOptions(program: Command): void {
  program
    .option('--home <dir>', 'folder of the sync state (default: $STACKBRIDGE_HOME, or a folder of yours)')
    .option('--connections <file>', 'YAML file with both systems’ addresses and credentials')
    .option('--json', 'print one JSON document on stdout and nothing else')
    .option('--quiet', 'no progress, no remarks')
    .option('--verbose', 'log every step to stderr, show stack traces')
    .option('--no-color', 'no colours');
}

/** Runs a command's work, reports what it throws, and leaves the exit code for when everything is closed. */
export async function act(
  command: Command,
  work: (context: CommandContext) => Promise<ExitCode>,
): Promise<void> {
  const { home, connections, ...output } = globalOptions.parse(command.optsWithGlobals());
  const terminal = openTerminal(output);
  try {
    process.exitCode = await work({ terminal, home, connectionsFile: connections });
  } catch (error) {
    process.exitCode = reportError(error, terminal);
  }
}

/** Reads a command's own options; what commander has let through is checked here, and typed. */
export function optionsOf<Schema extends z.ZodType>(command: Command, schema: Schema): z.output<Schema> {
  return schema.parse(command.optsWithGlobals());
}

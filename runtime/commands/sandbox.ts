import { writeFile } from 'node:fs/promises';
import { isNativeError } from 'node:util/types';
import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import type { Command } from 'commander';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { Terminal } from '../show/terminal.ts';
import { act, optionsOf } from './act.ts';
import { EXIT } from './exit-code.ts';
import { UsageError } from './usage-error.ts';
import { wholeNumber } from './whole-number.ts';

const options = z.object({
  port: wholeNumber('--port', 0),
  seed: wholeNumber('--seed', 1),
  contacts: wholeNumber('--contacts', 0),
  connectionsFile: z.string().optional(),
});

export function addSandboxCommand(program: Command): void {
  program
    .command('sandbox')
    .description('serve a simulated Salesforce and Mailchimp on this machine until stopped')
    .option('--port <n>', 'port on 127.0.0.1 (default: any free one)')
    .option('--seed <n>', 'same seed, same people (default: 1)')
    .option(
      '--contacts <n>',
      'people to seed into both systems, with what is usually wrong with them (default: 0)',
    )
    .option('--connections-file <file>', 'write a connections file for --connections')
    .addHelpText(
      'after',
      `
Examples:
  $ stackbridge sandbox --contacts 1000 --connections-file connections.yaml
  $ stackbridge sandbox --port 0 --seed 7 --contacts 100000 --json`,
    )
    .action((_options: unknown, command: Command) =>
      act(command, async ({ terminal }) => {
        const { connectionsFile, ...chosen } = optionsOf(command, options);
        const stopped = signalled();
        // Loaded here, not above: no other command should carry the simulators' 80 MB.
        const { startSandbox } = await import('@stackbridge/sandbox/start.ts');
        const sandbox = await startSandbox({ ...chosen, clock: 'running' }).catch((error: unknown) =>
          refusePort(chosen.port, error),
        );
        try {
          await tellWhere(sandbox, connectionsFile, terminal);
          await stopped;
        } finally {
          await sandbox.close();
        }
        return EXIT.done;
      }),
    );
}

/** Ports below 1024 take an administrator, and one that another process listens on is taken. */
function refusePort(port: number, error: unknown): never {
  const code = isNativeError(error) && 'code' in error ? error.code : undefined;
  if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'ERR_SOCKET_BAD_PORT') throw error;
  throw new UsageError(
    `--port cannot be ${port}: ${code === 'EADDRINUSE' ? 'another process listens there' : 'it cannot be opened'}`,
    'Write --port 0 for any free one',
  );
}

async function tellWhere(
  { port, baseUrls, tokens, connections, signIns }: Sandbox,
  connectionsFile: string | undefined,
  terminal: Terminal,
): Promise<void> {
  if (connectionsFile !== undefined) await writeConnections(connectionsFile, connections);
  // One line, so that whoever started it need not wait for the end to read it.
  if (terminal.json)
    await terminal.write(`${JSON.stringify({ port, baseUrls, tokens, connections, signIns })}\n`);
  else printSandbox(baseUrls, connectionsFile, terminal);
}

async function writeConnections(file: string, connections: Sandbox['connections']): Promise<void> {
  try {
    await writeFile(file, stringify(connections), { mode: 0o600 });
  } catch (cause) {
    if (!isNativeError(cause) || !('code' in cause)) throw cause;
    const reason = `${file} cannot be written (${cause.code})`;
    throw new UsageError(reason, 'Name a file in a folder that is there and that you may write to');
  }
}

function printSandbox(
  baseUrls: Readonly<Record<'salesforce' | 'mailchimp' | 'admin', string>>,
  connectionsFile: string | undefined,
  terminal: Terminal,
): void {
  const { paint } = terminal;
  terminal.print(`${paint.bold('Salesforce')}  ${baseUrls.salesforce}`);
  terminal.print(`${paint.bold('Mailchimp')}   ${baseUrls.mailchimp}`);
  terminal.print(`${paint.bold('Admin')}       ${baseUrls.admin}`);
  terminal.print(
    connectionsFile === undefined
      ? paint.dim('--connections-file FILE writes what `stackbridge sync --connections FILE` needs')
      : `Sync against it: stackbridge sync recipes/contacts.yaml --connections ${connectionsFile}`,
  );
  terminal.print(
    paint.dim('Or sign in to it: docs/connecting.md, "Rehearse it"; --json names the applications'),
  );
  terminal.note('Ctrl-C stops it');
}

/** Resolves with the first SIGINT or SIGTERM, or when the process that started it over a channel is gone. */
function signalled(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = (): void => {
    // The channel would keep this process alive.
    if (process.connected) process.disconnect();
    resolve();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop).once('disconnect', stop);
  return promise;
}

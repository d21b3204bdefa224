import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { Terminal } from '../show/terminal.ts';
import { act, optionsOf } from './act.ts';
import { EXIT } from './exit-code.ts';
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
        const sandbox = await startSandbox({ ...chosen, clock: 'running' });
        const { port, baseUrls, tokens, connections, signIns } = sandbox;
        if (connectionsFile !== undefined)
          await writeFile(connectionsFile, stringify(connections), { mode: 0o600 });
        // One line, so that whoever started it need not wait for the end to read it.
        if (terminal.json)
          await terminal.write(`${JSON.stringify({ port, baseUrls, tokens, connections, signIns })}\n`);
        else printSandbox(sandbox.baseUrls, connectionsFile, terminal);
        await stopped;
        await sandbox.close();
        return EXIT.done;
      }),
    );
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

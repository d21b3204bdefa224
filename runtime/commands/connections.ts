import { SIGN_IN_SYSTEMS, type SignInSystem, SYSTEM_FACTS } from '@stackbridge/credentials/systems.ts';
import type { Command } from 'commander';
import { z } from 'zod';
import { keptConnections } from '../connections/kept-connections.ts';
import { openConnections } from '../connections/open-connections.ts';
import { proveConnection } from '../connections/prove-connection.ts';
import { vaultTokens } from '../connections/vault-tokens.ts';
import { createHttp } from '../http.ts';
import { table } from '../show/table.ts';
import { counted, iso, moment } from '../show/words.ts';
import { endAccess } from '../sign-in/end-access.ts';
import { act, optionsOf } from './act.ts';
import { EXIT, type ExitCode, gravest } from './exit-code.ts';
import { homeVault } from './home-vault.ts';
import { errorDocument, exitCodeOfError, tellError } from './report-error.ts';
import { UsageError } from './usage-error.ts';

const removeOptions = z.object({ all: z.boolean().default(false), keepAccess: z.boolean().default(false) });

export function addConnectionsCommand(program: Command): void {
  const connections = program
    .command('connections')
    .description('the sign-ins of this home: list, test, remove; and the key they are sealed with')
    .addHelpText(
      'after',
      `
Examples:
  $ stackbridge connections list
  $ stackbridge connections test
  $ stackbridge connections test xero --json
  $ stackbridge connections remove mailchimp
  $ stackbridge connections rotate-key`,
    );
  addList(connections);
  addTest(connections);
  addRemove(connections);
  addRotateKey(connections);
}

function addList(connections: Command): void {
  connections
    .command('list', { isDefault: true })
    .description('which systems are signed in to, and as whom; asks nobody')
    .addHelpText('after', '\nExamples:\n  $ stackbridge connections list --json')
    .action((_options: unknown, command: Command) =>
      act(command, async ({ terminal, home }) => {
        const kept = keptConnections(homeVault(home));
        const rows = [];
        for (const system of kept.systems()) {
          const connection = await kept.read(system);
          if (connection !== undefined) rows.push({ system, ...connection });
        }
        terminal.document({
          connections: rows.map(({ system, account, method, connectedAt }) => ({
            system,
            account,
            method,
            connectedAt: iso(connectedAt),
          })),
        });
        if (rows.length === 0) terminal.print('No system is signed in to: stackbridge connect --help');
        else
          terminal.print(
            table(
              [{ title: 'system' }, { title: 'account' }, { title: 'by' }, { title: 'since' }],
              rows.map(({ system, account, method, connectedAt }) => [
                system,
                account,
                method,
                moment(connectedAt),
              ]),
              terminal.paint.dim,
            ),
          );
        return EXIT.done;
      }),
    );
}

function addTest(connections: Command): void {
  connections
    .command('test')
    .description('ask each account for its name, with the sign-ins of this home or of --connections')
    .argument('[system]', SIGN_IN_SYSTEMS.join(', '))
    .addHelpText(
      'after',
      '\nExamples:\n  $ stackbridge connections test\n  $ stackbridge connections test xero --json',
    )
    .action((named: string | undefined, _options: unknown, command: Command) =>
      act(command, async ({ terminal, home, connectionsFile }) => {
        const http = createHttp();
        try {
          const opened = await openConnections(connectionsFile, homeVault(home), {
            http,
            environment: process.env,
          });
          const systems = named === undefined ? opened.systems : [systemNamed(named)];
          if (systems.length === 0)
            throw new UsageError('No system is signed in to', 'Sign in with `stackbridge connect`');
          const results: object[] = [];
          const codes: ExitCode[] = [];
          for (const system of systems) {
            const { displayName } = SYSTEM_FACTS[system];
            try {
              const account = await proveConnection(system, opened, http);
              results.push({ system, ok: true, account });
              terminal.print(`${terminal.paint.green('ok')}  ${displayName}: ${account}`);
            } catch (error) {
              results.push({ system, ok: false, error: errorDocument(error) });
              codes.push(exitCodeOfError(error));
              tellError(error, terminal);
            }
          }
          terminal.document({ connections: results });
          return gravest(codes);
        } finally {
          await http.close();
        }
      }),
    );
}

function addRemove(connections: Command): void {
  connections
    .command('remove')
    .description('end a sign-in, at the system too where it can be, and forget it')
    .argument('[system]', SIGN_IN_SYSTEMS.join(', '))
    .option('--keep-access', 'forget it here only')
    .option('--all', 'forget every secret of this home without opening any: for a vault whose key is lost')
    .addHelpText(
      'after',
      '\nExamples:\n  $ stackbridge connections remove xero\n  $ stackbridge connections remove --all',
    )
    .action((named: string | undefined, _options: unknown, command: Command) =>
      act(command, async ({ terminal, home }) => {
        const { all, keepAccess } = optionsOf(command, removeOptions);
        const vault = homeVault(home);
        const kept = keptConnections(vault);
        if (all) {
          const removed = kept.systems();
          const secrets = vault.clear();
          terminal.document({ removed, secrets });
          terminal.print(`Forgot ${counted(secrets, 'secret')} of this home`);
          return EXIT.done;
        }
        if (named === undefined)
          throw new UsageError(
            'No system is named',
            'Give one, as `stackbridge connections list` shows them',
          );
        const system = systemNamed(named);
        if (!kept.systems().includes(system))
          throw new UsageError(
            `This home has no sign-in to ${named}`,
            'List them: stackbridge connections list',
          );
        const isEnded = keepAccess ? false : await ended(system, vault);
        kept.remove(system);
        terminal.document({ removed: [system], accessEnded: isEnded });
        terminal.print(`${SYSTEM_FACTS[system].displayName} is forgotten`);
        if (!isEnded) terminal.note('What it was given is still good: end it on the pages of the system');
        return EXIT.done;
      }),
    );
}

async function ended(system: SignInSystem, vault: ReturnType<typeof homeVault>): Promise<boolean> {
  const connection = await keptConnections(vault).read(system);
  if (connection === undefined) return false;
  const http = createHttp();
  try {
    return await endAccess(system, connection, vaultTokens(vault), http);
  } finally {
    await http.close();
  }
}

function addRotateKey(connections: Command): void {
  connections
    .command('rotate-key')
    .description('seal every secret of this home with a new key')
    .addHelpText(
      'after',
      `
With the key in the environment: put the new one into STACKBRIDGE_VAULT_KEY and the former one into
STACKBRIDGE_VAULT_PREVIOUS_KEY, for this run only.

Examples:
  $ stackbridge connections rotate-key`,
    )
    .action((_options: unknown, command: Command) =>
      act(command, async ({ terminal, home }) => {
        const { resealed, keyIn } = await homeVault(home).rotate();
        terminal.document({ resealed, keyIn });
        terminal.print(`Sealed ${counted(resealed, 'secret')} with a new key (kept in: ${keyIn})`);
        return EXIT.done;
      }),
    );
}

function systemNamed(name: string): SignInSystem {
  const system = SIGN_IN_SYSTEMS.find((known) => known === name);
  if (system !== undefined) return system;
  throw new UsageError(`There is no system ${name}`, `Name one of: ${SIGN_IN_SYSTEMS.join(', ')}`);
}

import { isSafeForSecrets } from '@stackbridge/credentials/loopback.ts';
import { type SignInSystem, SYSTEM_FACTS } from '@stackbridge/credentials/systems.ts';
import type { Command } from 'commander';
import { z } from 'zod';
import { systemClock } from '../clock.ts';
import { keptConnections } from '../connections/kept-connections.ts';
import { vaultTokens } from '../connections/vault-tokens.ts';
import { createHttp } from '../http.ts';
import { iso } from '../show/words.ts';
import { chosenOf, type SecretSource, secretIfAny, secretOf } from '../sign-in/ask-in-terminal.ts';
import { forgetTokensOf } from '../sign-in/end-access.ts';
import type { SignedIn, SignInPorts } from '../sign-in/sign-in.ts';
import { askUser } from '../sign-in/user-consent.ts';
import { act, optionsOf } from './act.ts';
import { EXIT } from './exit-code.ts';
import { homeVault } from './home-vault.ts';
import { UsageError } from './usage-error.ts';
import { wholeNumber } from './whole-number.ts';

const DEFAULT_PORT = 8765;

/** The options of every sign-in. */
const options = z.object({
  clientId: z.string().optional(),
  clientSecretFile: z.string().optional(),
  port: wholeNumber('--port', DEFAULT_PORT),
  browser: z.boolean().default(true),
});

/** What a sign-in is carried out with. */
export interface ConnectTools {
  readonly ports: SignInPorts;
  /** @throws UsageError where it is not given */
  clientId(): string;
  /** @throws UsageError where it is not given and nobody can be asked */
  clientSecret(): Promise<string>;
  /** For applications that may have none. */
  clientSecretIfAny(): Promise<string | undefined>;
  secret(source: Omit<SecretSource, 'variable'> & { readonly key: string }): Promise<string>;
  /** A setting that is no secret, from its option or the environment. @throws UsageError where it is not given */
  setting(what: string, key: string, option: string, given: string | undefined): string;
}

/** Adds `connect <system>`: what comes out of `signIn` is kept in the vault. */
export function addSignInCommand(
  connect: Command,
  system: SignInSystem,
  signIn: (command: Command, tools: ConnectTools) => Promise<SignedIn>,
): Command {
  const { displayName, redirectHost } = SYSTEM_FACTS[system];
  return connect
    .command(system)
    .description(`sign in to ${displayName}`)
    .option('--client-id <id>', `of the application (or $${variableOf(system, 'CLIENT_ID')})`)
    .option(
      '--client-secret-file <file>',
      `its secret (or $${variableOf(system, 'CLIENT_SECRET')}, or asked for)`,
    )
    .option('--port <n>', `for the redirect http://${redirectHost}:PORT/callback (default: ${DEFAULT_PORT})`)
    .option('--no-browser', 'print the address and open nothing')
    .action((_options: unknown, command: Command) =>
      act(command, async ({ terminal, home }) => {
        const { clientId, clientSecretFile, port, browser } = optionsOf(command, options);
        const vault = homeVault(home);
        const http = createHttp();
        try {
          const ports: SignInPorts = {
            http,
            clock: systemClock,
            askUser: (page, client) =>
              askUser({ system, page, clientId: client, port, opensBrowser: browser, terminal }),
            choose: (choice) => chosenOf({ ...choice, system: displayName }),
          };
          const kept = keptConnections(vault);
          // Before anybody is asked for anything: a vault that cannot be read takes nothing either.
          const former = await kept.read(system);
          const tools = toolsOf(system, ports, clientId, clientSecretFile);
          const connection = { ...(await signIn(command, tools)), connectedAt: systemClock.now() };
          await kept.write(system, connection);
          if (former !== undefined) forgetTokensOf(system, former, vaultTokens(vault));
          const { method, account, connectedAt } = connection;
          terminal.document({ connected: { system, account, method, connectedAt: iso(connectedAt) } });
          terminal.print(`${terminal.paint.green('connected')}  ${displayName}: ${account}`);
          return EXIT.done;
        } finally {
          await http.close();
        }
      }),
    );
}

function toolsOf(
  system: SignInSystem,
  ports: SignInPorts,
  clientId: string | undefined,
  clientSecretFile: string | undefined,
): ConnectTools {
  const { displayName } = SYSTEM_FACTS[system];
  const clientSecret: SecretSource = {
    what: `client secret of the ${displayName} application`,
    variable: variableOf(system, 'CLIENT_SECRET'),
    option: '--client-secret-file',
    file: clientSecretFile,
  };
  function setting(what: string, key: string, option: string, given: string | undefined): string {
    const variable = variableOf(system, key);
    const value = given ?? process.env[variable];
    if (value) return value;
    throw new UsageError(`The ${what} is not given`, `Give ${option}, or put it into ${variable}`);
  }
  return {
    ports,
    clientId: () =>
      setting(`client id of the ${displayName} application`, 'CLIENT_ID', '--client-id', clientId),
    clientSecret: () => secretOf(clientSecret, process.env),
    clientSecretIfAny: () => secretIfAny(clientSecret, process.env),
    secret: ({ key, ...source }) => secretOf({ ...source, variable: variableOf(system, key) }, process.env),
    setting,
  };
}

/** The same variables that override a connections file. */
function variableOf(system: SignInSystem, key: string): string {
  return `STACKBRIDGE_${system.toUpperCase()}_${key}`;
}

/** An address that secrets are sent to. */
export function addressOption(name: string): z.ZodType<string | undefined> {
  return z
    .string()
    .optional()
    .transform((text) => {
      if (text === undefined || isSafeForSecrets(text)) return text;
      throw new UsageError(
        `${name} is no https URL`,
        'Give one; http is for this machine only (127.0.0.1, localhost)',
      );
    });
}

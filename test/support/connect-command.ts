import type { SignInSystem } from '@stackbridge/credentials/systems.ts';
import { type CommandResult, type RunningCommand, startCommand } from './command-line.ts';
import { answerConsent, type Decision } from './consent-page.ts';

/** What `connect` is told of an application: its id and addresses as options, its secret as a variable. */
export interface Application {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** @param place as the sandbox names it: `clientId`, `clientSecret`, `loginUrl`, … */
export function applicationOf(system: SignInSystem, place: Readonly<Record<string, string>>): Application {
  const { clientSecret = '', ...options } = place;
  return {
    args: Object.entries(options).flatMap(([name, value]) => [
      `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      value,
    ]),
    environment: { [`STACKBRIDGE_${system.toUpperCase()}_CLIENT_SECRET`]: clientSecret },
  };
}

/** `stackbridge connect <system>` that waits for the user. */
export interface Connecting {
  readonly command: RunningCommand;
  /** Of the consent page. */
  readonly address: string;
}

/** @param environment the home, and where the vault's key is kept */
export async function startConnecting(
  system: SignInSystem,
  { args, environment }: Application,
  home: Readonly<Record<string, string>>,
): Promise<Connecting> {
  const command = startCommand(['connect', system, '--no-browser', '--port', '0', ...args], {
    ...home,
    ...environment,
  });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = '';
  command.child.stderr?.on('data', (text: string) => {
    said += text;
    const address = /^ {2}(http\S+)$/m.exec(said)?.[1];
    if (address !== undefined) resolve(address);
  });
  command.ended.then(({ stdout }) => reject(new Error(`connect has ended: ${stdout}${said}`)), reject);
  return { command, address: await promise };
}

/** Signs in as a user at a browser does. */
export async function connect(
  system: SignInSystem,
  application: Application,
  home: Readonly<Record<string, string>>,
  decision?: Decision,
): Promise<CommandResult> {
  const { command, address } = await startConnecting(system, application, home);
  const back = await fetch(await answerConsent(address, decision));
  await back.text();
  return command.ended;
}

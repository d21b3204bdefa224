import { runProgram } from './key-program.ts';

export const KEY_STORES = ['secret-service', 'keychain', 'dpapi'] as const;
export type KeyStoreName = (typeof KEY_STORES)[number];

/** The operating system's own keeper of secrets, reached by the program that comes with it. */
export interface SystemKeyStore {
  readonly name: KeyStoreName;
  /** @returns what has to be written down to find the secret again; undefined where the store cannot keep it. */
  keep(account: string, secret: string): Promise<string | undefined>;
  /** @param note what `keep` gave. @returns undefined where the store cannot be reached, or has it no more. */
  find(account: string, note: string): Promise<string | undefined>;
}

/** The one of this platform; `account` is the vault's folder, so that each home has a key of its own. */
export function systemKeyStore(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): SystemKeyStore {
  if (platform === 'darwin') return keychain(environment);
  return platform === 'win32' ? dpapi(environment) : secretService(environment);
}

/** GNOME Keyring, KWallet and others, by `secret-tool` of libsecret. */
function secretService(environment: NodeJS.ProcessEnv): SystemKeyStore {
  const attributes = (account: string): string[] => ['application', 'stackbridge', 'vault', account];
  return {
    name: 'secret-service',
    async keep(account, secret) {
      const args = ['store', '--label=Stackbridge vault key', ...attributes(account)];
      const { exitCode } = await runProgram('secret-tool', args, secret, environment);
      return exitCode === 0 ? '' : undefined;
    },
    async find(account) {
      const result = await runProgram('secret-tool', ['lookup', ...attributes(account)], '', environment);
      return result.exitCode === 0 ? result.stdout.trim() : undefined;
    },
  };
}

/** macOS. `security` takes a secret as an argument only, so its command comes by its standard input. */
function keychain(environment: NodeJS.ProcessEnv): SystemKeyStore {
  return {
    name: 'keychain',
    async keep(account, secret) {
      const quoted = `"${account.replace(/["\\]/g, '\\$&')}"`;
      const command = `add-generic-password -U -a ${quoted} -s stackbridge -w ${secret}\n`;
      await runProgram('security', ['-i'], command, environment);
      // In this mode its exit code does not tell whether a command has failed.
      return (await this.find(account, '')) === secret ? '' : undefined;
    },
    async find(account) {
      const args = ['find-generic-password', '-a', account, '-s', 'stackbridge', '-w'];
      const { exitCode, stdout } = await runProgram('security', args, '', environment);
      return exitCode === 0 ? stdout.trim() : undefined;
    },
  };
}

/** Windows encrypts for the signed-in user; what comes out is kept in a file. */
function dpapi(environment: NodeJS.ProcessEnv): SystemKeyStore {
  const run = async (script: string, input: string): Promise<string | undefined> => {
    const args = [
      '-NoProfile',
      '-NonInteractive',
      '-Command',
      `Add-Type -AssemblyName System.Security; ${script}`,
    ];
    const { exitCode, stdout } = await runProgram('powershell.exe', args, input, environment);
    return exitCode === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
  };
  const scope = '[Security.Cryptography.DataProtectionScope]::CurrentUser';
  const data = '[Security.Cryptography.ProtectedData]';
  return {
    name: 'dpapi',
    keep: (_account, secret) =>
      run(
        `$b = [Text.Encoding]::UTF8.GetBytes([Console]::In.ReadToEnd()); [Convert]::ToBase64String(${data}::Protect($b, $null, ${scope}))`,
        secret,
      ),
    find: (_account, note) =>
      run(
        `$b = [Convert]::FromBase64String([Console]::In.ReadToEnd()); [Text.Encoding]::UTF8.GetString(${data}::Unprotect($b, $null, ${scope}))`,
        note,
      ),
  };
}

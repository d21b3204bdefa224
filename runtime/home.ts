import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { isNativeError } from 'node:util/types';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';

/** Where a user's store, vault and key live. Paths are absolute. */
export interface Home {
  readonly folder: string;
  readonly storePath: string;
  /** Sign-ins and renewed tokens, sealed; the user's own connections file is never written. */
  readonly vaultFolder: string;
  /** 32 hexadecimal digits for model/fingerprint.ts, made once: a store is of no use without its key. */
  readonly fingerprintKey: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `--home`, else `STACKBRIDGE_HOME`, else `$XDG_DATA_HOME/stackbridge`, else `~/.stackbridge`. */
export function homeFolder(flag: string | undefined, environment: Environment): string {
  const chosen = flag || environment.STACKBRIDGE_HOME;
  if (chosen) return resolve(chosen);
  const data = environment.XDG_DATA_HOME;
  return data ? join(data, 'stackbridge') : join(homedir(), '.stackbridge');
}

/**
 * Opens the folder, making it (mode 0700) and its key (0600) where they do not exist.
 *
 * @throws StackbridgeError `STORE_UNUSABLE` when there is a store but no sound key to it, `STORE_UNAVAILABLE` when the
 * folder cannot be made or written.
 */
export function openHome(folder: string): Home {
  const storePath = join(folder, 'store.sqlite');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const fingerprintKey = readOrMakeKey(join(folder, 'fingerprint-key'), storePath);
    return { folder, storePath, vaultFolder: join(folder, 'vault'), fingerprintKey };
  } catch (error) {
    if (error instanceof StackbridgeError || !isNativeError(error)) throw error;
    throw new StackbridgeError('STORE_UNAVAILABLE', `The home folder cannot be used: ${error.message}`);
  }
}

function readOrMakeKey(path: string, storePath: string): string {
  if (!existsSync(path) && !existsSync(storePath)) {
    const made = randomBytes(16).toString('hex');
    if (writeNew(path, made)) return made;
  }
  const key = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  if (/^[0-9a-f]{32}$/.test(key)) return key;
  // A new key would make every remembered value look changed on both sides.
  throw new StackbridgeError('STORE_UNUSABLE', `The key of the store, ${path}, is missing or damaged`);
}

/** False when another process has just made it. */
function writeNew(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if (isNativeError(error) && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

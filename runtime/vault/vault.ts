import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isNativeError } from 'node:util/types';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { runAlone } from './file-lock.ts';
import { type KeyPlaceName, type KeyPlaceOptions, keyPlaceOf } from './key-place.ts';
import { replaceFile } from './replace-file.ts';
import { seal, sealedWith, unseal } from './seal.ts';
import { type KeyRing, makeKey } from './vault-key.ts';

/** Longer than the longest call to a token endpoint. */
const PATIENCE_MS = 150_000;
const SUFFIX = '.sealed';

/**
 * Secrets of one home, each in a sealed file of its own. A key is made with the first secret; nothing but a rotation
 * ever replaces it.
 */
export interface Vault {
  /** In alphabetical order. */
  names(): string[];
  /** @returns undefined where there is none. @throws StackbridgeError `VAULT_UNREADABLE` */
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
  /** Works without the key, too. @returns whether there was one */
  remove(name: string): boolean;
  /** Removes every secret, and what is written down about the key. @returns how many secrets there were */
  clear(): number;
  /** Runs `work` while no other process works on that name. It may not be asked for again within. */
  alone<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  /**
   * Seals everything with a new key (one from the environment where that gives it). When it is interrupted, both keys
   * stay good, and the next rotation ends it.
   */
  rotate(): Promise<{ readonly resealed: number; readonly keyIn: KeyPlaceName }>;
}

export function openVault(options: KeyPlaceOptions): Vault {
  const { folder } = options;
  const keys = keyPlaceOf(options);

  function fileOf(name: string): string {
    if (!/^[a-z0-9.-]+$/.test(name)) throw new RangeError(`${name} cannot name a secret`);
    return join(folder, `${name}${SUFFIX}`);
  }

  function names(): string[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((file) => file.endsWith(SUFFIX))
      .map((file) => file.slice(0, -SUFFIX.length))
      .sort();
  }

  function fileText(name: string): string | undefined {
    try {
      return readFileSync(fileOf(name), 'utf8');
    } catch (error) {
      if (isNativeError(error) && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async function opened(name: string, file: string): Promise<string> {
    const loaded = await keys.load();
    const result = loaded === undefined ? 'another-key' : unseal(file, name, loaded.ring);
    if (typeof result === 'object') return result.text;
    const what = result === 'damaged' ? 'was changed or damaged' : 'is sealed with a key that is not at hand';
    throw new StackbridgeError('VAULT_UNREADABLE', `${fileOf(name)} ${what}`);
  }

  /** Sealed with another key than the one at hand, the other files must not become unreadable by a new one. */
  async function ringForWriting(): Promise<KeyRing> {
    const loaded = await keys.load();
    const known = [loaded?.ring.current.id, loaded?.ring.previous?.id];
    for (const name of names()) {
      const file = fileText(name);
      const key = file === undefined ? undefined : sealedWith(file);
      if (key !== undefined && !known.includes(key)) await opened(name, file ?? '');
    }
    if (loaded !== undefined) return loaded.ring;
    const made = { current: makeKey() };
    await keys.save(made);
    return made;
  }

  function locked<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    return onDisk(async () => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return runAlone(join(folder, `${name}.lock`), PATIENCE_MS, work);
    });
  }

  async function write(name: string, text: string): Promise<void> {
    // Two processes that seal their first secrets must not make two keys.
    const path = fileOf(name);
    await locked('key', async () => replaceFile(path, seal(text, name, (await ringForWriting()).current)));
  }

  async function reseal(name: string): Promise<void> {
    await locked(name, async () => {
      const file = fileText(name);
      if (file !== undefined) await write(name, await opened(name, file));
    });
  }

  return {
    names,
    read: (name) =>
      onDisk(async () => {
        const file = fileText(name);
        return file === undefined ? undefined : opened(name, file);
      }),
    write,
    remove(name) {
      const path = fileOf(name);
      const existed = existsSync(path);
      rmSync(path, { force: true });
      return existed;
    },
    clear() {
      const sealed = names();
      for (const name of sealed) rmSync(fileOf(name), { force: true });
      rmSync(keys.path, { force: true });
      return sealed.length;
    },
    alone: (name, work) => locked(name, work),
    rotate: () =>
      // Of two at once, one would throw away the key that the other seals with.
      locked('rotation', async () => {
        const before = await keys.load();
        // Everything has to open before a key is changed.
        for (const name of names()) await opened(name, fileText(name) ?? '');
        // An interrupted rotation is ended first: a third key has no place in the ring.
        if (before?.ring.previous !== undefined) for (const name of names()) await reseal(name);
        const current = makeKey();
        const previous = before?.ring.current;
        const ring = previous === undefined ? { current } : { current, previous };
        const keyIn = await locked('key', () => keys.save(ring));
        const sealed = names();
        for (const name of sealed) await reseal(name);
        await locked('key', () => keys.save({ current }));
        return { resealed: sealed.length, keyIn };
      }),
  };
}

/** What the disk refuses is not a fault of the vault. */
async function onDisk<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StackbridgeError || !isNativeError(error) || !('code' in error)) throw error;
    throw new StackbridgeError('STORE_UNAVAILABLE', `The vault cannot be used: ${error.message}`);
  }
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { z } from 'zod';
import { replaceFile } from './replace-file.ts';
import { KEY_STORES, type KeyStoreName, systemKeyStore } from './system-key-store.ts';
import { type KeyRing, readKey, readRing, ringAsText } from './vault-key.ts';

/** Where the key of a vault is kept. */
export type KeyPlaceName = 'environment' | 'file' | KeyStoreName;

export interface KeyPlaceOptions {
  /** Folder of the vault. */
  readonly folder: string;
  /**
   * `STACKBRIDGE_VAULT_KEY` (Base64 of 32 bytes) is the key and nothing else is kept; `STACKBRIDGE_VAULT_PREVIOUS_KEY`
   * opens what was sealed before. `STACKBRIDGE_VAULT_KEY_IN=file` keeps a new key in a file, whatever the operating
   * system has.
   */
  readonly environment: NodeJS.ProcessEnv;
  /** Default: the one this runs on. */
  readonly platform?: NodeJS.Platform;
}

/** The keys of one vault. */
export interface KeyPlace {
  /** Of the file that says where the key is. */
  readonly path: string;
  /** @returns undefined where there is no key yet. @throws StackbridgeError `VAULT_UNREADABLE` */
  load(): Promise<{ readonly ring: KeyRing; readonly place: KeyPlaceName } | undefined>;
  /** Keeps a ring where the former one is, or, for the first, in the best place there is. */
  save(ring: KeyRing): Promise<KeyPlaceName>;
}

const written = z.union([
  z.strictObject({ place: z.literal('file'), keys: z.string() }),
  z.strictObject({ place: z.enum(KEY_STORES), note: z.string() }),
]);
type Written = z.infer<typeof written>;

export function keyPlaceOf({ folder, environment, platform = process.platform }: KeyPlaceOptions): KeyPlace {
  const path = join(folder, 'key.json');
  const store = systemKeyStore(platform, environment);
  const given = environment.STACKBRIDGE_VAULT_KEY;

  function writtenDown(): Written | undefined {
    if (!existsSync(path)) return undefined;
    try {
      return written.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch {
      throw unreadable(`${path}, which says where the key of the vault is, is damaged`);
    }
  }

  async function keptBySystem(ring: KeyRing): Promise<KeyPlaceName | undefined> {
    const note = await store.keep(folder, ringAsText(ring));
    if (note === undefined) return undefined;
    writeDown({ place: store.name, note });
    return store.name;
  }

  function writeDown(place: Written): void {
    replaceFile(path, `${JSON.stringify(place)}\n`);
  }

  return {
    path,
    async load() {
      if (given) return { ring: environmentRing(given, environment), place: 'environment' };
      const where = writtenDown();
      if (where === undefined) return undefined;
      if (where.place === 'file') {
        const ring = readRing(where.keys);
        if (ring === undefined) throw unreadable(`The key of the vault in ${path} is damaged`);
        return { ring, place: 'file' };
      }
      const kept = where.place === store.name ? await store.find(folder, where.note) : undefined;
      const ring = kept === undefined ? undefined : readRing(kept);
      if (ring === undefined)
        throw unreadable(
          `The key of the vault in ${folder} is kept by the operating system (${where.place}), which does not give it`,
        );
      return { ring, place: where.place };
    },

    async save(ring) {
      if (given) return 'environment';
      const where = writtenDown();
      const isForSystem =
        where === undefined ? environment.STACKBRIDGE_VAULT_KEY_IN !== 'file' : where.place !== 'file';
      const place = isForSystem ? await keptBySystem(ring) : undefined;
      if (place !== undefined) return place;
      if (where !== undefined && where.place !== 'file')
        throw unreadable(
          `The operating system (${where.place}) does not keep the new key of the vault in ${folder}`,
        );
      writeDown({ place: 'file', keys: ringAsText(ring) });
      return 'file';
    },
  };
}

function environmentRing(given: string, environment: NodeJS.ProcessEnv): KeyRing {
  const current = readKey(given);
  const before = environment.STACKBRIDGE_VAULT_PREVIOUS_KEY;
  const previous = before ? readKey(before) : undefined;
  if (current === undefined || (before && previous === undefined))
    throw unreadable(
      `${current === undefined ? 'STACKBRIDGE_VAULT_KEY' : 'STACKBRIDGE_VAULT_PREVIOUS_KEY'} is not 32 bytes in Base64 (openssl rand -base64 32 makes one)`,
    );
  return previous === undefined ? { current } : { current, previous };
}

function unreadable(message: string): StackbridgeError {
  return new StackbridgeError('VAULT_UNREADABLE', message);
}

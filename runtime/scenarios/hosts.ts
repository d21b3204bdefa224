import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Host } from './host.ts';
import { runtimeHost } from './runtime-host.ts';

/**
 * Hosts other than the runtime: a module `<name>-host.ts` each, which exports `openHost`. They are loaded when they are
 * asked for and found in the project's own folder only, so that the runtime depends on none of them.
 */
const FOLDER = join(import.meta.dirname, '../../test/hosts');
const FILE = /^(.+)-host\.ts$/;

const hostModule = z.object({
  openHost: z.custom<() => Promise<Host>>((given) => typeof given === 'function'),
});

/** The host of that name, ready to play on; else the names of those that there are. */
export async function openHostNamed(name: string): Promise<Host | { readonly known: readonly string[] }> {
  if (name === runtimeHost.name) return runtimeHost;
  if (!others().includes(name)) return { known: [runtimeHost.name, ...others()] };
  const { openHost } = hostModule.parse(await import(pathToFileURL(join(FOLDER, `${name}-host.ts`)).href));
  return openHost();
}

function others(): string[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER)
    .flatMap((file) => FILE.exec(file)?.[1] ?? [])
    .sort();
}

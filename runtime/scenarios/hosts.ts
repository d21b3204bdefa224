import type { Host } from './host.ts';
import { runtimeHost } from './runtime-host.ts';

const PLAYABLE: readonly Host[] = [runtimeHost];

/** The host of that name; else the names of those that can be played on. */
export function hostNamed(name: string): Host | { readonly known: readonly string[] } {
  return PLAYABLE.find((host) => host.name === name) ?? { known: PLAYABLE.map((host) => host.name) };
}

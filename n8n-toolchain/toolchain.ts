import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const MODULES = fileURLToPath(new URL('node_modules/', import.meta.url));

/** The pack's own folder. */
export const PACK_FOLDER = fileURLToPath(new URL('../n8n-nodes/', import.meta.url));

/** Something that a build needs, or that a build should have, is not there. */
export class BuildFault extends Error {
  override readonly name = 'BuildFault';
}

/** Loads packages of this folder's own lock. */
export const requirePackage = createRequire(new URL('package.json', import.meta.url));

/** @returns the path of a file in this folder's packages */
export function tool(path: string): string {
  if (existsSync(MODULES + path)) return MODULES + path;
  throw new BuildFault(`${path} is not installed: run \`npm run n8n:install\` first`);
}

/** @returns what it said */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    ...options,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    encoding: 'utf8',
  });
  if (error !== undefined) throw new BuildFault(`${command} cannot be run: ${error.message}`);
  if (status === 0) return stdout;
  throw new BuildFault(
    [`${command} ${args.join(' ')} ended with ${status}`, stdout, stderr].join('\n').trim(),
  );
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../toolchain/', import.meta.url));
const MODULES = `${FOLDER}node_modules/`;

/** Manifest and lock of what an app is shipped with. */
export const STAGE_FOLDER = `${FOLDER}stage/`;

/** Something that a build needs, or that a build should have, is not there. */
export class BuildFault extends Error {
  override readonly name = 'BuildFault';
}

/** The Node release that Zapier runs apps on; its path. */
export function productionNode(): string {
  return tool('.bin/node');
}

/** Bundles TypeScript that comes in as text. */
export function esbuild(source: string, options: readonly string[], from: string): void {
  run(tool('.bin/esbuild'), options, { cwd: from, input: source });
}

/** Zapier's own command line, in a folder that holds an app. @returns what it said */
export function zapier(args: readonly string[], folder: string): string {
  return run(productionNode(), [tool('zapier-platform-cli/src/bin/run'), ...args], { cwd: folder });
}

/** Installs exactly what the folder's lock says. */
export function npmCi(folder: string): void {
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
}

function tool(path: string): string {
  if (existsSync(MODULES + path)) return MODULES + path;
  throw new BuildFault(`${path} is not installed: run \`npm run zapier:install\` first`);
}

function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly input?: string },
): string {
  const env = { ...process.env, DISABLE_ZAPIER_ANALYTICS: '1', NO_COLOR: '1' };
  const { status, stdout, stderr, error } = spawnSync(command, args, { ...options, env, encoding: 'utf8' });
  if (error !== undefined) throw new BuildFault(`${command} cannot be run: ${error.message}`);
  if (status === 0) return stdout;
  throw new BuildFault(
    [`${command} ${args.join(' ')} ended with ${status}`, stdout, stderr].join('\n').trim(),
  );
}

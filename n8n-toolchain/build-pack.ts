import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { PACK_FOLDER, run, tool } from './toolchain.ts';

const manifest = z.object({
  n8n: z.object({ credentials: z.array(z.string()), nodes: z.array(z.string()) }),
});

/**
 * Bundles the pack into its `dist`: one file a node and a credential, with all that it imports, since n8n installs
 * community packs without dependencies.
 *
 * @returns the files made
 */
export function buildPack(): string[] {
  const { n8n } = manifest.parse(JSON.parse(readFileSync(join(PACK_FOLDER, 'package.json'), 'utf8')));
  const made = [...n8n.credentials, ...n8n.nodes];
  const dist = join(PACK_FOLDER, 'dist');
  rmSync(dist, { recursive: true, force: true });
  run(
    tool('.bin/esbuild'),
    [
      ...made.map((file) => sourceOf(file)),
      '--bundle',
      // Packages that have a build for both choose the one without Node.
      '--platform=browser',
      '--format=cjs',
      '--target=node22',
      '--external:n8n-workflow',
      // What packages keep in the global scope, or schedule there, stays in the bundle: n8n forbids nodes to touch it.
      `--inject:${fileURLToPath(new URL('pack-scope.ts', import.meta.url))}`,
      '--define:globalThis=packScope',
      '--define:global=packScope',
      '--define:self=packScope',
      '--define:setTimeout=packTimeout',
      '--drop:console',
      '--outdir=dist',
      '--outbase=.',
      '--log-level=warning',
    ],
    { cwd: PACK_FOLDER },
  );
  for (const file of n8n.nodes) {
    const codex = sourceOf(file).replace(/\.ts$/, '.json');
    if (existsSync(join(PACK_FOLDER, codex))) cpSync(join(PACK_FOLDER, codex), join(dist, codex));
  }
  cpSync(join(PACK_FOLDER, 'icons'), join(dist, 'icons'), { recursive: true });
  // The sources are modules, what n8n loads is not.
  writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
  return made;
}

function sourceOf(made: string): string {
  return made.replace(/^dist\//, '').replace(/\.js$/, '.ts');
}

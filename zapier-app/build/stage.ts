import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PresetInput } from '../preset.ts';
import { esbuild, npmCi, STAGE_FOLDER } from './toolchain.ts';

const APP_FOLDER = fileURLToPath(new URL('..', import.meta.url));

/**
 * A folder that Zapier's command line takes for an app of its own: one bundle, and a manifest with Zapier's library
 * alone. The workspace's packages are on no registry, so that it cannot install the workspace itself.
 */
export function stageApp(preset: PresetInput, name: string, folder: string): void {
  mkdirSync(join(folder, 'dist'), { recursive: true });
  const entry = `import { createApp } from './app.ts';\nexport default createApp(${JSON.stringify(preset)});\n`;
  esbuild(
    entry,
    [
      '--bundle',
      '--format=esm',
      '--platform=node',
      '--target=node22',
      '--external:zapier-platform-core',
      '--log-level=warning',
      // Packages in the older module format ask for parts of Node by `require`, which a module does not have.
      `--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
      `--outfile=${join(folder, 'dist', 'index.js')}`,
    ],
    APP_FOLDER,
  );
  const manifest: object = JSON.parse(readFileSync(join(STAGE_FOLDER, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ ...manifest, name }, null, 2)}\n`);
  cpSync(join(STAGE_FOLDER, 'package-lock.json'), join(folder, 'package-lock.json'));
  // What is ignored stays out of the source archive, which goes to Zapier too.
  writeFileSync(join(folder, '.gitignore'), 'node_modules\nbuild\n.env\n.zapierapprc\n');
  npmCi(folder);
}

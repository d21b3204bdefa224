import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const PACK = fileURLToPath(new URL('../../../n8n-nodes/', import.meta.url));
const run = promisify(execFile);
const packed = z.tuple([z.object({ filename: z.string() })]);

/** What is missing of the pack, as what to type; undefined when it is built. */
export function whatPackLacks(): string | undefined {
  return existsSync(join(PACK, 'dist/nodes'))
    ? undefined
    : 'The pack is not built: npm run n8n:install && npm run n8n:build';
}

/** Puts the packed archive, as it would be published, where n8n looks for community nodes. */
export async function installPack(n8nFolder: string): Promise<void> {
  const nodes = join(n8nFolder, '.n8n', 'nodes');
  await mkdir(nodes, { recursive: true });
  const archives = ['pack', PACK, '--json', '--ignore-scripts', '--pack-destination', nodes];
  const [{ filename }] = packed.parse(JSON.parse((await run('npm', archives)).stdout));
  // n8n itself supplies the peer, and lends it to the nodes it loads.
  const quietly = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--offline'];
  await run('npm', ['install', '--prefix', nodes, join(nodes, filename), ...quietly]);
}

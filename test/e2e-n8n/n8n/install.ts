import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const INSTALLED = fileURLToPath(new URL('../toolchain/node_modules/', import.meta.url));

/** The Node that this n8n asks for, which npm itself need not run on. */
export const N8N_NODE = join(INSTALLED, '.bin/node');
export const N8N_COMMAND = join(INSTALLED, 'n8n/bin/n8n');

/** What is missing to run n8n here, as what to type; undefined when all is there. */
export function whatInstallLacks(): string | undefined {
  return [N8N_NODE, N8N_COMMAND].every((path) => existsSync(path))
    ? undefined
    : 'n8n is not installed (3 GB, about three minutes): npm run e2e:install';
}

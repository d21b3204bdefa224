import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuildFault, PACK_FOLDER, run, tool } from './toolchain.ts';

/** A copy of the pack beside the packages of this folder, where n8n's linter finds itself. */
const COPY = fileURLToPath(new URL('dist/pack/', import.meta.url));

/** What `n8n-node lint` says of the sources; undefined where it has nothing to say. */
export function lintPack(): string | undefined {
  rmSync(COPY, { recursive: true, force: true });
  mkdirSync(COPY, { recursive: true });
  const isSource = (path: string): boolean => !['dist', 'node_modules'].includes(basename(path));
  cpSync(PACK_FOLDER, COPY, { recursive: true, filter: isSource });
  symlinkSync(fileURLToPath(new URL('node_modules', import.meta.url)), join(COPY, 'node_modules'));
  try {
    run(process.execPath, [tool('@n8n/node-cli/bin/n8n-node.mjs'), 'lint'], { cwd: COPY });
    return undefined;
  } catch (error) {
    if (!(error instanceof BuildFault)) throw error;
    return error.message;
  }
}

import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packApp } from './pack.ts';
import { stageApp } from './stage.ts';
import { BuildFault } from './toolchain.ts';

const { values } = parseArgs({
  options: { out: { type: 'string', default: 'zapier-app/dist' } },
});

const out = resolve(values.out);
try {
  rmSync(out, { recursive: true, force: true });
  stageApp({}, 'stackbridge-zapier', out);
  const { zip, archive } = packApp(out, []);
  process.stdout.write(`${archive.files.join('\n')}\n${zip}: ${archive.files.length} files\n`);
} catch (error) {
  if (!(error instanceof BuildFault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

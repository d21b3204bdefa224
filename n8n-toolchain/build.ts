import { buildPack } from './build-pack.ts';
import { BuildFault } from './toolchain.ts';

try {
  process.stdout.write(`${buildPack().join('\n')}\n`);
} catch (error) {
  if (!(error instanceof BuildFault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

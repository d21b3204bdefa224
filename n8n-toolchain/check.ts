import { buildPack } from './build-pack.ts';
import { checkPack } from './check-pack.ts';
import { BuildFault } from './toolchain.ts';

try {
  buildPack();
  const findings = await checkPack();
  for (const { by, what } of findings) process.stdout.write(`${by}: ${what}\n\n`);
  process.stdout.write(
    `n8n pack: ${findings.length === 0 ? 'no finding' : `${findings.length} checks failed`}\n`,
  );
  if (findings.length > 0) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof BuildFault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

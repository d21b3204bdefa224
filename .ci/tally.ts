import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';

/** What each suite leaves behind: jest's report, the scenarios', the demo's, the bench's rows. */
const report = z.union([
  z
    .object({ numPassedTests: z.number(), numFailedTests: z.number(), numRuntimeErrorTestSuites: z.number() })
    .transform((jest) => ({
      passed: jest.numPassedTests,
      failed: jest.numFailedTests + jest.numRuntimeErrorTestSuites,
    })),
  z.object({ passed: z.number(), failed: z.number() }),
  z
    .object({ equal: z.boolean() })
    .transform(({ equal }) => ({ passed: equal ? 1 : 0, failed: equal ? 0 : 1 })),
  // Counted calls are a promise; speeds and sizes also measure the machine, and are only shown.
  z.array(z.object({ unit: z.string(), ok: z.boolean() })).transform((rows) => {
    const counted = rows.filter(({ unit }) => unit === 'calls');
    return { passed: counted.filter(({ ok }) => ok).length, failed: counted.filter(({ ok }) => !ok).length };
  }),
]);

/** Adds the suites' own counts up into CI's closing line; a step that failed, or left nothing to read, is a failure. */
const [failedSteps = '0', ...files] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const file of files) {
  const counts = existsSync(file) ? read(readFileSync(file, 'utf8')) : { passed: 0, failed: 1 };
  passed += counts.passed;
  failed += counts.failed;
  process.stdout.write(`${basename(file, '.json')}: ${counts.passed} passed, ${counts.failed} failed\n`);
}
failed = Math.max(failed, Number(failedSteps));
process.stdout.write(`Tests: ${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function read(text: string): { passed: number; failed: number } {
  try {
    return report.parse(JSON.parse(text));
  } catch {
    return { passed: 0, failed: 1 };
  }
}

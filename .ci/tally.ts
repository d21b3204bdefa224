import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Adds the suites' own counts up into CI's closing line; a step without tests of its own counts as one failure. */
const [stepsText = '0', ...files] = process.argv.slice(2);
const failedSteps = Number(stepsText);
let passed = 0;
let failed = 0;

for (const file of files.filter((name) => existsSync(name))) {
  const text = readFileSync(file, 'utf8').trim();
  const report: unknown = text === '' ? {} : JSON.parse(text);
  if (typeof report !== 'object' || report === null) continue;
  const counts = new Map(Object.entries(report));
  const number = (key: string): number => Number(counts.get(key) ?? 0);
  if (counts.has('numPassedTests')) {
    passed += number('numPassedTests');
    failed += number('numFailedTests') + number('numRuntimeErrorTestSuites');
  } else if (counts.has('passed')) {
    passed += number('passed');
    failed += number('failed');
    for (const failure of [counts.get('failures')].flat())
      process.stdout.write(`${JSON.stringify(failure)}\n`);
  } else if (counts.has('equal')) {
    if (counts.get('equal') === true) passed++;
    else failed++;
  }
  process.stdout.write(`${basename(file)}: read\n`);
}
if (failedSteps > 0 && failed === 0) failed = failedSteps;
process.stdout.write(`Tests: ${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

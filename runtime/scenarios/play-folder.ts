import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ActivityScenario } from './activity/activity-scenario.ts';
import { activityLacks, playActivity } from './activity/play-activity.ts';
import type { BillingScenario } from './billing/billing-scenario.ts';
import { billingLacks, playBilling } from './billing/play-billing.ts';
import type { Host } from './host.ts';
import { play, type ScenarioFailure, type ScenarioResult } from './play.ts';
import { whyNotOn } from './played-on.ts';
import { readScenario } from './read-scenario.ts';

/** What all scenario files of a folder came to. */
export interface FolderReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly ScenarioFailure[];
  readonly results: readonly ScenarioResult[];
}

/** Scenario files under a folder, or the one file; recipes beside them (`*.recipe.yaml`) left out. */
export function scenarioFiles(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .filter((entry) => !/\.recipe\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * Plays every scenario file of a folder, one after the other.
 *
 * @param filter part of the path, relative to the folder; default: every file.
 * @param tell is given each result as soon as it is there.
 */
export async function playFolder(
  path: string,
  host: Host,
  filter = '',
  tell: (result: ScenarioResult) => void = () => {},
): Promise<FolderReport> {
  const results: ScenarioResult[] = [];
  for (const file of scenarioFiles(path)) {
    const name = relative(path, file) || file;
    if (!name.includes(filter)) continue;
    const result = await playFile(file, name, host);
    results.push(result);
    tell(result);
  }
  const count = (outcome: ScenarioResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    failures: results.flatMap(({ failures }) => failures),
    results,
  };
}

/** Plays one file; a file with faults of its own has failed. @param name as the report calls it */
export async function playFile(file: string, name: string, host: Host): Promise<ScenarioResult> {
  const reading = readScenario(readFileSync(file, 'utf8'), name);
  if (!('problems' in reading)) {
    const result =
      'scenario' in reading ? await play(reading.scenario, file, host) : await playOther(host, reading, file);
    const failures = result.failures.map((failure) => ({ ...failure, file: name }));
    return { ...result, file: name, failures };
  }
  const failures = reading.problems.map(({ line, path, message, suggestion }) => ({
    file: name,
    step: `line ${line}${path === '' ? '' : `: ${path}`}`,
    expected: suggestion,
    actual: message,
  }));
  return { file: name, title: '', faults: [], outcome: 'failed', failures, calls: {}, tookMs: 0 };
}

/** Billing and campaign activity, where the host knows how. */
async function playOther(
  { name, billing, activity }: Host,
  reading: { readonly billing: BillingScenario } | { readonly activity: ActivityScenario },
  file: string,
): Promise<ScenarioResult> {
  const written = 'activity' in reading ? reading.activity : reading.billing;
  const elsewhere = whyNotOn(name, written);
  if (elsewhere !== undefined) return skipped(written, file, elsewhere);
  if ('activity' in reading) {
    if (activity === undefined) return skipped(reading.activity, file, `${name} runs no campaign activity`);
    const lacks = activityLacks(reading.activity, activity);
    return lacks === undefined
      ? playActivity(reading.activity, file, activity)
      : skipped(reading.activity, file, `${name} ${lacks}`);
  }
  if (billing === undefined) return skipped(reading.billing, file, `${name} runs no billing recipes`);
  const lacks = billingLacks(reading.billing, billing);
  return lacks === undefined
    ? playBilling(reading.billing, file, billing)
    : skipped(reading.billing, file, `${name} ${lacks}`);
}

function skipped(
  { title, faults }: Pick<ScenarioResult, 'title' | 'faults'>,
  file: string,
  because: string,
): ScenarioResult {
  return { file, title, faults, outcome: 'skipped', because, failures: [], calls: {}, tookMs: 0 };
}

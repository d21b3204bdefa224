import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { startSandbox } from '@stackbridge/sandbox/start.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { ZodError } from 'zod';
import { Cast } from './cast.ts';
import type { Difference } from './difference.ts';
import type { Ability, Host, HostSession } from './host.ts';
import { whyNotOn } from './played-on.ts';
import { recipesOf } from './recipes-of.ts';
import { Rehearsal } from './rehearsal.ts';
import type { Scenario } from './scenario.ts';
import { Screens } from './screens.ts';
import { stageGiven } from './stage-given.ts';
import type { Step } from './step.ts';

/** One thing that went otherwise than a scenario says. */
export interface ScenarioFailure {
  readonly file: string;
  /** `3 sync: writes.mailchimp`, counted from 1, or `then: …`. */
  readonly step: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

export interface ScenarioResult {
  readonly file: string;
  readonly title: string;
  readonly faults: readonly number[];
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Why it was skipped. */
  readonly because?: string;
  readonly failures: readonly ScenarioFailure[];
  /** API calls of all its syncs. */
  readonly calls: Readonly<Record<string, number>>;
  /** Real time in milliseconds. */
  readonly tookMs: number;
}

/**
 * Plays a scenario on a host, in a sandbox of its own. Ends at the first step that goes otherwise than said, since
 * whatever follows rests on it.
 *
 * @param file for messages, and for finding recipes beside it.
 */
export async function play(scenario: Scenario, file: string, host: Host): Promise<ScenarioResult> {
  const begun = performance.now();
  const { title, faults } = scenario;
  const result = (
    outcome: ScenarioResult['outcome'],
    more: Partial<Pick<ScenarioResult, 'because' | 'failures' | 'calls'>> = {},
  ): ScenarioResult => ({
    file,
    title,
    faults,
    outcome,
    failures: [],
    calls: {},
    ...more,
    tookMs: Math.round(performance.now() - begun),
  });

  const because = reasonToSkip(scenario, host);
  if (because !== undefined) return result('skipped', { because });

  const sandbox = await startSandbox({ now: scenario.given.clock, seed: 1 });
  try {
    const { failures, calls } = await playIn(sandbox, scenario, file, host);
    return result(failures.length === 0 ? 'passed' : 'failed', { failures, calls });
  } finally {
    await sandbox.close();
  }
}

async function playIn(
  sandbox: Sandbox,
  scenario: Scenario,
  file: string,
  host: Host,
): Promise<{ failures: ScenarioFailure[]; calls: Readonly<Record<string, number>> }> {
  const failed = (step: string, found: readonly Difference[]): ScenarioFailure[] =>
    found.map(({ of, expected, actual }) => ({ file, step: `${step}: ${of}`, expected, actual }));

  const screens = new Screens(sandbox);
  const cast = new Cast(screens);
  let recipes: ReturnType<typeof recipesOf>;
  let session: HostSession;
  try {
    recipes = recipesOf(scenario, file);
    stageGiven(scenario.given, screens, cast);
    const keepsBackups = abilitiesOf(scenario).has('state');
    session = await host.prepare({ sandbox, recipes, keepsBackups });
  } catch (error) {
    return { failures: failed('given', [nonsense(error)]), calls: {} };
  }
  try {
    const rehearsal = new Rehearsal({ sandbox, screens, cast }, session, recipes, host);
    for (const [index, step] of scenario.steps.entries()) {
      const found = await rehearsal.step(step).catch((error: unknown) => [nonsense(error)]);
      if (found.length > 0)
        return {
          failures: failed(`${index + 1} ${Object.keys(step).join()}`, found),
          calls: rehearsal.calls,
        };
    }
    const found = await rehearsal
      .end(scenario.then, host.abilities.has('parked'))
      .catch((error: unknown) => [nonsense(error)]);
    return { failures: failed('then', found), calls: rehearsal.calls };
  } finally {
    await session.close();
  }
}

/** A step that cannot be carried out as written. Anything else that is thrown is a bug, told with its stack. */
function nonsense(error: unknown): Difference {
  const expected = 'can be carried out';
  if (error instanceof ZodError)
    return {
      of: 'step',
      expected,
      actual: error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
    };
  if (error instanceof RangeError || error instanceof StackbridgeError)
    return { of: 'step', expected, actual: error.message };
  return {
    of: 'step',
    expected,
    actual: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}

function reasonToSkip(scenario: Scenario, host: Host): string | undefined {
  const elsewhere = whyNotOn(host.name, scenario);
  if (elsewhere !== undefined) return elsewhere;
  const lacking = [...abilitiesOf(scenario)].find((ability) => !host.abilities.has(ability));
  return lacking === undefined ? undefined : `${host.name} ${LACKS[lacking]}`;
}

const LACKS: Readonly<Record<Ability, string>> = {
  state: 'keeps no state that could be lost or restored',
  decisions: 'has no list on which people decide',
  interrupts: 'cannot be interrupted',
  parked: 'keeps no list of conflicts and failures',
  'dry-run': 'cannot only plan',
  store: 'keeps no store',
  warnings: 'does not say what a run sets off',
};

const NEEDS: Readonly<Partial<Record<keyof Step, Ability>>> = {
  crash: 'interrupts',
  'save-state': 'state',
  'restore-state': 'state',
  'lose-state': 'state',
  resolve: 'decisions',
  undo: 'store',
  retry: 'decisions',
};

function abilitiesOf({ steps }: Scenario): Set<Ability> {
  const needs = new Set<Ability>();
  for (const step of steps) {
    for (const [verb, ability] of Object.entries(NEEDS)) if (verb in step) needs.add(ability);
    if ((step.sync?.meanwhile.length ?? 0) > 0) needs.add('interrupts');
    if (step.sync?.dryRun === true) needs.add('dry-run');
    if (step.sync?.expect?.warnings !== undefined) needs.add('warnings');
    // That a listing shrank is measured by what is linked.
    if (step.sync?.expect?.brakes?.includes('shrink') === true) needs.add('store');
    const { conflicts, failures, terminal } = step.expect ?? {};
    if (conflicts !== undefined || failures !== undefined || terminal !== undefined) needs.add('parked');
  }
  return needs;
}

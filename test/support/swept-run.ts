import { readFileSync } from 'node:fs';
import type { FaultEffect } from '@stackbridge/sandbox/faults.ts';
import type { BillingScenario, BillingStep } from 'stackbridge/scenarios/billing/billing-scenario.ts';
import { playBilling } from 'stackbridge/scenarios/billing/play-billing.ts';
import type { ScenarioFailure } from 'stackbridge/scenarios/play.ts';
import { readScenario } from 'stackbridge/scenarios/read-scenario.ts';

/** A scenario whose last run is swept. */
export interface Swept {
  readonly file: string;
  /** Exit code of a run that follows. */
  readonly exit: number;
}

/** A call that changes something in Xero. */
export interface WriteCall {
  readonly method: string;
  readonly path: string;
}

/** More operations than the swept run has. */
const MOST = 200;

/** A scenario as it is written. */
export async function playSwept(swept: Swept): Promise<ScenarioFailure[]> {
  return [...(await playBilling(scenarioOf(swept), swept.file)).failures];
}

/**
 * Lets a write of the run go wrong.
 *
 * @param times how often in a row; 0: all along
 * @returns by how often, what did not end as it should
 */
export async function loseAnswers(
  write: WriteCall,
  effect: FaultEffect,
  times: readonly number[],
  swept: Swept,
): Promise<Readonly<Record<number, unknown>>> {
  const ends: Record<number, unknown> = {};
  for (const often of times) {
    const fault = { system: 'xero', ...write, effect, times: often };
    const failures = await endOf(
      swept,
      { fault },
      { sync: { expect: { counts: {} } } },
      { 'clear-faults': {} },
    );
    if (failures.length > 0) ends[often] = failures;
  }
  return ends;
}

/** How it ends where these steps take the place of that run and, once a dead run's lease has ended, another follows. */
async function endOf(swept: Swept, ...instead: readonly BillingStep[]): Promise<ScenarioFailure[]> {
  const { file, exit } = swept;
  const scenario = scenarioOf(swept);
  const later: BillingStep = { advance: 10 * 60_000 };
  const again: BillingStep = { sync: { expect: { exit } } };
  const steps = [...scenario.steps.slice(0, -1), ...instead, later, again];
  return [...(await playBilling({ ...scenario, steps }, file)).failures];
}

/** Cuts the run at each of its operations of a kind in turn. `ends`: those after which it does not end as it should. */
export async function sweep(
  of: NonNullable<BillingStep['crash']>['of'],
  when: 'before' | 'after',
  played: Swept,
): Promise<{ readonly swept: number; readonly ends: Readonly<Record<number, unknown>> }> {
  const ends: Record<number, unknown> = {};
  for (let at = 1; at <= MOST; at++) {
    const failures = await endOf(played, { crash: { at, of, when } });
    if (failures[0]?.expected === 'cut') return { swept: at - 1, ends };
    if (failures.length > 0) ends[at] = failures;
  }
  return { swept: MOST, ends };
}

function scenarioOf({ file }: Swept): BillingScenario {
  const reading = readScenario(readFileSync(file, 'utf8'), file);
  if ('billing' in reading) return reading.billing;
  throw new Error(JSON.stringify('problems' in reading ? reading.problems : `${file} bills nothing`));
}

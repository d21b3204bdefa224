import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FaultEffect } from '@stackbridge/sandbox/faults.ts';
import type { BillingScenario, BillingStep } from 'stackbridge/scenarios/billing/billing-scenario.ts';
import { playBilling } from 'stackbridge/scenarios/billing/play-billing.ts';
import type { ScenarioFailure } from 'stackbridge/scenarios/play.ts';
import { readScenario } from 'stackbridge/scenarios/read-scenario.ts';

const FILE = fileURLToPath(new URL('../faults/month-end.yaml', import.meta.url));

/** Every call of the swept run that changes something in Xero. */
export const WRITES = [
  { method: 'PUT', path: '/Contacts' },
  { method: 'PUT', path: '/Invoices' },
  { method: 'POST', path: '/Invoices' },
] as const;

/** More operations than the swept run has. */
const MOST = 200;

/** A month's end as it is written: its last step is the run that is swept. */
export async function playMonthEnd(): Promise<ScenarioFailure[]> {
  return [...(await playBilling(monthEnd(), FILE)).failures];
}

/**
 * Lets a write of the run go wrong.
 *
 * @param times how often in a row; 0: all along
 * @returns by how often, what did not end as it should
 */
export async function loseAnswers(
  write: (typeof WRITES)[number],
  effect: FaultEffect,
  times: readonly number[],
): Promise<Readonly<Record<number, unknown>>> {
  const ends: Record<number, unknown> = {};
  for (const often of times) {
    const fault = { system: 'xero', ...write, effect, times: often };
    const failures = await endOf({ fault }, { sync: { expect: { counts: {} } } }, { 'clear-faults': {} });
    if (failures.length > 0) ends[often] = failures;
  }
  return ends;
}

/** How it ends where these steps take the place of that run and, once a dead run's lease has ended, another follows. */
async function endOf(...instead: readonly BillingStep[]): Promise<ScenarioFailure[]> {
  const scenario = monthEnd();
  const later: BillingStep = { advance: 10 * 60_000 };
  const again: BillingStep = { sync: { expect: { exit: 1 } } };
  const steps = [...scenario.steps.slice(0, -1), ...instead, later, again];
  return [...(await playBilling({ ...scenario, steps }, FILE)).failures];
}

/** Cuts the run at each of its operations of a kind in turn. `ends`: those after which it does not end as it should. */
export async function sweep(
  of: NonNullable<BillingStep['crash']>['of'],
  when: 'before' | 'after',
): Promise<{ readonly swept: number; readonly ends: Readonly<Record<number, unknown>> }> {
  const ends: Record<number, unknown> = {};
  for (let at = 1; at <= MOST; at++) {
    const failures = await endOf({ crash: { at, of, when } });
    if (failures[0]?.expected === 'cut') return { swept: at - 1, ends };
    if (failures.length > 0) ends[at] = failures;
  }
  return { swept: MOST, ends };
}

function monthEnd(): BillingScenario {
  const reading = readScenario(readFileSync(FILE, 'utf8'), FILE);
  if ('billing' in reading) return reading.billing;
  throw new Error(JSON.stringify('problems' in reading ? reading.problems : `${FILE} bills nothing`));
}

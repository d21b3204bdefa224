import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { play } from 'stackbridge/scenarios/play.ts';
import { readScenario } from 'stackbridge/scenarios/read-scenario.ts';
import { runtimeHost } from 'stackbridge/scenarios/runtime-host.ts';
import type { Scenario } from 'stackbridge/scenarios/scenario.ts';
import type { Step } from 'stackbridge/scenarios/step.ts';

/** More operations than any sync of these scenarios has. */
const MOST = 200;

describe.each(['first-day', 'busy-day'])('a crash between any two operations of %s', (name) => {
  const file = join(import.meta.dirname, `${name}.yaml`);
  const scenario = scenarioOf(file);

  test('without a crash it ends as it says', async () => {
    const { failures } = await play(scenario, file, runtimeHost);

    expect(failures).toEqual([]);
  });

  test.each(['before', 'after'] as const)(
    '%s an operation ends in the same state as without it, nothing lost, nothing doubled',
    async (when) => {
      const ends: Record<number, unknown> = {};
      let swept = 0;
      for (let at = 1; at <= MOST; at++) {
        const { failures } = await play(cutAt(scenario, at, when), file, runtimeHost);
        if (failures[0]?.step.endsWith('the cut') === true) break;
        swept = at;
        if (failures.length > 0) ends[at] = failures;
      }

      expect(ends).toEqual({});
      expect(swept).toBeGreaterThan(15);
    },
    120_000,
  );
});

/** The scenario with its last sync cut at one operation, and run again once the dead run's lease has ended. */
function cutAt(scenario: Scenario, at: number, when: 'before' | 'after'): Scenario {
  const crash: Step = { crash: { at, of: 'any', when, allow: [], full: false } };
  const later: Step = { advance: 6 * 60_000 };
  const again: Step = { sync: { allow: [], full: false, dryRun: false, meanwhile: [] } };
  return { ...scenario, steps: [...scenario.steps.slice(0, -1), crash, later, again] };
}

function scenarioOf(file: string): Scenario {
  const reading = readScenario(readFileSync(file, 'utf8'), file);
  if ('scenario' in reading) return reading.scenario;
  throw new Error(JSON.stringify('problems' in reading ? reading.problems : `${file} bills`));
}

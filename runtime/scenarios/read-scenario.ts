import { type Guide, guideTo } from '@stackbridge/shared-mappers/recipes/known-keys.ts';
import { positionsIn } from '@stackbridge/shared-mappers/recipes/positions.ts';
import { pathText } from '@stackbridge/shared-mappers/recipes/recipe-problem.ts';
import { schemaFaults } from '@stackbridge/shared-mappers/recipes/schema-faults.ts';
import { LineCounter, parseDocument } from 'yaml';
import { type BillingScenario, billingScenario } from './billing/billing-scenario.ts';
import { type Scenario, scenario } from './scenario.ts';

/** A fault of a scenario file. */
export interface ScenarioProblem {
  readonly file: string;
  /** `steps[2].edit.set`; empty for the file as a whole. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
  readonly suggestion: string;
}

export type ScenarioReading =
  | { readonly scenario: Scenario }
  | { readonly billing: BillingScenario }
  | { readonly problems: readonly ScenarioProblem[] };

let scenarioGuide: Guide | undefined;
let billingGuide: Guide | undefined;

/** Reads a scenario from YAML or JSON; every fault is reported at once, with its line. */
export function readScenario(text: string, file: string): ScenarioReading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      file,
      path: '',
      line: Math.max(1, lines.linePos(error.pos[0]).line),
      message: `This is not YAML: ${error.message}`,
      suggestion: 'Look at the indentation, quotes and brackets on this line and the one before',
    }));
    return { problems };
  }
  const input = withFullSteps(document.toJS());
  const isBilling = isObject(input) && input.scenario === 'billing/v1';
  const parsed = isBilling ? billingScenario.safeParse(input) : scenario.safeParse(input);
  if (parsed.success)
    return parsed.data.scenario === 'v1' ? { scenario: parsed.data } : { billing: parsed.data };
  if (isBilling) billingGuide ??= guideTo(billingScenario);
  else scenarioGuide ??= guideTo(scenario);
  const guide = (isBilling ? billingGuide : scenarioGuide) ?? guideTo(scenario);
  const positions = positionsIn(document, lines);
  const problems = schemaFaults(parsed.error.issues, input, guide).map((fault) => ({
    file,
    path: pathText(fault.path),
    line: (fault.isKey ? positions.locateKey(fault.path) : positions.locate(fault.path)).line,
    message: fault.message,
    suggestion: fault.suggestion,
  }));
  return { problems: problems.sort((a, b) => a.line - b.line) };
}

/** `- sync` and `- sync:` stand for `- sync: {}`, here and in what happens meanwhile. */
function withFullSteps(input: unknown): unknown {
  if (!isObject(input) || !Array.isArray(input.steps)) return input;
  return { ...input, steps: input.steps.map(fullStep) };
}

function fullStep(written: unknown): unknown {
  if (typeof written === 'string') return { [written]: {} };
  if (!isObject(written)) return written;
  return Object.fromEntries(
    Object.entries(written).map(([verb, details]) => {
      if (details === null) return [verb, {}];
      if (verb !== 'sync' || !isObject(details) || !Array.isArray(details.meanwhile)) return [verb, details];
      const meanwhile = details.meanwhile.map((moment: unknown) => withFullSteps(moment));
      return [verb, { ...details, meanwhile }];
    }),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

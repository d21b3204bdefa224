import { type Guide, guideTo } from '@stackbridge/shared-mappers/recipes/known-keys.ts';
import { positionsIn } from '@stackbridge/shared-mappers/recipes/positions.ts';
import { pathText } from '@stackbridge/shared-mappers/recipes/recipe-problem.ts';
import { schemaFaults } from '@stackbridge/shared-mappers/recipes/schema-faults.ts';
import { LineCounter, parseDocument } from 'yaml';
import { type ActivityScenario, activityScenario } from './activity/activity-scenario.ts';
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
  | { readonly activity: ActivityScenario }
  | { readonly problems: readonly ScenarioProblem[] };

const guides = new Map<object, Guide>();

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
  const schema = schemaOf(input);
  const parsed = schema.safeParse(input);
  if (parsed.success) {
    const { data } = parsed;
    if (data.scenario === 'v1') return { scenario: data };
    return data.scenario === 'billing/v1' ? { billing: data } : { activity: data };
  }
  const guide = guides.get(schema) ?? guideTo(schema);
  guides.set(schema, guide);
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

/** Files name their kind; what names none is a scenario of contacts. */
function schemaOf(input: unknown): typeof scenario | typeof billingScenario | typeof activityScenario {
  const kind = isObject(input) ? input.scenario : undefined;
  if (kind === 'billing/v1') return billingScenario;
  return kind === 'activity/v1' ? activityScenario : scenario;
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

import type { z } from 'zod';
import { nearest } from '../mapping/mapping-problem.ts';
import type { RecipePath } from '../mapping/rule-definition.ts';
import type { Guide } from './known-keys.ts';

/** A fault that the schema alone shows. */
export interface SchemaFault {
  readonly path: RecipePath;
  /** The fault is the last key of the path rather than its value. */
  readonly isKey: boolean;
  readonly message: string;
  readonly expected?: string;
  readonly suggestion: string;
}

type Issue = z.core.$ZodIssue;

/** Turns zod's issues into words for the person who wrote the recipe. `input` is the recipe as it was read from YAML. */
export function schemaFaults(issues: readonly Issue[], input: unknown, guide: Guide): SchemaFault[] {
  const faults = issues.flatMap((issue) => faultsOf(issue, [], input, guide));
  return withoutMissingTwins(faults);
}

function faultsOf(issue: Issue, above: RecipePath, input: unknown, guide: Guide): SchemaFault[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], key, guide.keysAt(path)));
    case 'invalid_value':
      return [
        isMissing(path, input) ? missing(path, guide) : wrongChoice(path, issue.values.map(String), input),
      ];
    case 'invalid_union':
      return isMissing(path, input)
        ? [missing(path, guide)]
        : faultsOfBestForm(issue.errors, path, input, guide);
    case 'invalid_type':
      return [isMissing(path, input) ? missing(path, guide) : wrongType(path, issue.expected, guide)];
    default:
      return [
        {
          path,
          isKey: false,
          message: `${lastOf(path)}: ${issue.message}`,
          suggestion: hint(path, input, guide),
        },
      ];
  }
}

/** Of a value that may have several forms: the faults against the form it comes nearest to. */
function faultsOfBestForm(
  forms: readonly (readonly Issue[])[],
  path: RecipePath,
  input: unknown,
  guide: Guide,
): SchemaFault[] {
  const ranked = forms
    .map((issues) => ({
      isOtherType: issues.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0),
      faults: withoutMissingTwins(issues.flatMap((issue) => faultsOf(issue, path, input, guide))),
    }))
    .sort((a, b) => Number(a.isOtherType) - Number(b.isOtherType) || a.faults.length - b.faults.length);
  const best = ranked[0];
  if (best === undefined) return [];
  if (!best.isOtherType) return best.faults;
  const expected = [
    ...new Set(ranked.flatMap(({ faults }) => faults.map((fault) => fault.expected ?? ''))),
  ].join(' or ');
  return [
    {
      path,
      isKey: false,
      message: `${lastOf(path)} is of the wrong kind`,
      expected,
      suggestion: `Write ${expected}`,
    },
  ];
}

function unknownKey(path: RecipePath, key: string, known: readonly string[]): SchemaFault {
  const near = nearest(key, known);
  return {
    path,
    isKey: true,
    message: `Unknown key ${key}`,
    expected: `one of ${known.join(', ')}`,
    suggestion: near === undefined ? `Remove it; known here: ${known.join(', ')}` : `Did you mean ${near}?`,
  };
}

function wrongChoice(path: RecipePath, choices: readonly string[], input: unknown): SchemaFault {
  const written = valueAt(path, input);
  const near = typeof written === 'string' ? nearest(written, choices) : undefined;
  const expected = choices.length === 1 ? (choices[0] ?? '') : `one of ${choices.join(', ')}`;
  return {
    path,
    isKey: false,
    message: `${lastOf(path)} cannot be ${shown(written)}`,
    expected,
    suggestion: near === undefined ? `Write ${expected}` : `Did you mean ${near}?`,
  };
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
};

function wrongType(path: RecipePath, kind: string, guide: Guide): SchemaFault {
  const expected = KINDS[kind] ?? kind;
  const keys = kind === 'object' ? guide.keysAt(path) : [];
  return {
    path,
    isKey: false,
    message: `${lastOf(path)} is not ${expected}`,
    expected: keys.length === 0 ? expected : `${expected}: ${keys.join(', ')}`,
    suggestion: guide.descriptionAt(path) ?? `Write ${expected}`,
  };
}

function missing(path: RecipePath, guide: Guide): SchemaFault {
  const key = lastOf(path);
  const what = guide.descriptionAt(path);
  return {
    path,
    isKey: false,
    message: `${key} is missing`,
    suggestion: what === undefined ? `Add ${key}` : `Add ${key}: ${what}`,
  };
}

const DURATION_IN_WORDS = /^(\d+)\s*(ms|s|m|h)\w*$/i;

function hint(path: RecipePath, input: unknown, guide: Guide): string {
  const written = valueAt(path, input);
  const [, number, unit] = (typeof written === 'string' ? DURATION_IN_WORDS.exec(written) : null) ?? [];
  if (number !== undefined && unit !== undefined) return `Did you mean ${number}${unit.toLowerCase()}?`;
  if (path.length === 1 && path[0] === 'name' && typeof written === 'string')
    return `Did you mean ${kebab(written)}?`;
  return guide.descriptionAt(path) ?? `Correct ${lastOf(path)}`;
}

function kebab(text: string): string {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? ['contacts'];
  return words.join('-');
}

/** A misspelled required key shows twice, as unknown and as missing: it is one mistake. */
function withoutMissingTwins(faults: readonly SchemaFault[]): SchemaFault[] {
  const meant = new Set(
    faults
      .filter((fault) => fault.isKey)
      .map((fault) =>
        keyText([...fault.path.slice(0, -1), fault.suggestion.replace(/^Did you mean (.*)\?$/, '$1')]),
      ),
  );
  return faults.filter(
    (fault) => fault.isKey || !fault.message.endsWith('is missing') || !meant.has(keyText(fault.path)),
  );
}

function keyText(path: RecipePath): string {
  return JSON.stringify(path);
}

function lastOf(path: RecipePath): string {
  const names = path.filter((step) => typeof step === 'string');
  return String(names.at(-1) ?? 'The recipe');
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}

function isMissing(path: RecipePath, input: unknown): boolean {
  return path.length > 0 && valueAt(path, input) === undefined;
}

function valueAt(path: RecipePath, input: unknown): unknown {
  let value = input;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = new Map<string, unknown>(Object.entries(value)).get(String(step));
  }
  return value;
}

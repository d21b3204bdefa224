import { distance } from 'fastest-levenshtein';
import type { ErrorCode } from '../errors/codes.ts';
import type { FieldSchema, ObjectSchema } from '../model/field-schema.ts';
import type { RecipePath } from './rule-definition.ts';

/** A fault of the recipe against the live schemas. Compilation finds all of them before it gives up. */
export interface MappingProblem {
  readonly code: Extract<ErrorCode, 'RECIPE_INVALID' | `BRAKE_${string}`>;
  readonly path: RecipePath;
  readonly message: string;
  readonly expected?: string;
  /** What to write or do instead. */
  readonly suggestion?: string;
}

const SHORTEST_BEGINNING = 4;

/** The candidate that a misspelling, or a name begun, most likely meant; undefined where none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let fewest = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const edits = editsTo(wanted, candidate.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      best = candidate;
    }
  }
  return best;
}

/** `HasOptedOut` is far from `HasOptedOutOfEmail` letter by letter, and yet what was meant: next to a spelling. */
function editsTo(wanted: string, candidate: string): number {
  const isBegun = wanted.length >= SHORTEST_BEGINNING && candidate.startsWith(wanted);
  return isBegun ? Math.min(2, distance(wanted, candidate)) : distance(wanted, candidate);
}

/** The name of the field that was most likely meant, by its name or its label. */
function nearestField(name: string, schema: ObjectSchema): string | undefined {
  const byName = nearest(name, schema.fields.keys());
  if (byName !== undefined) return byName;
  const fields = [...schema.fields.values()];
  const label = nearest(
    name,
    fields.map((field) => field.label),
  );
  return fields.find((field) => field.label === label)?.name;
}

export function missingField(name: string, schema: ObjectSchema, path: RecipePath): MappingProblem {
  const near = nearestField(name, schema);
  return {
    code: 'BRAKE_FIELD_MISSING',
    path,
    message: `${schema.system} ${schema.label} has no field ${name}, or hides it from the signed-in user`,
    ...(near === undefined ? {} : { suggestion: `Did you mean ${near}?` }),
  };
}

/** For messages: `BIRTHDAY (birthday)`. */
export function nameAndKind(field: FieldSchema): string {
  return `${field.name} (${field.kind})`;
}

import { isMap, LineCounter, parseDocument, type YAMLError } from 'yaml';
import { z } from 'zod';
import { nearest } from '../mapping/mapping-problem.ts';
import { type ContactSyncRecipe, contactSync } from './contact-sync.ts';
import { type FieldRule, fieldRule } from './field-rule.ts';
import { type Guide, guideTo } from './known-keys.ts';
import { type Position, type Positions, positionsIn } from './positions.ts';
import { byPlace, pathText, type RecipeProblem } from './recipe-problem.ts';
import { type SchemaFault, schemaFaults } from './schema-faults.ts';

/** What could be read of a recipe in spite of its faults: enough to hold the rest against the live schemas. */
export interface LegibleParts {
  /** The object written, or the one that a misspelling most likely meant. */
  readonly object: 'Contact' | 'Lead' | undefined;
  /** SOQL condition. */
  readonly filter: string | undefined;
  readonly audience: string | undefined;
  /** The rules without a fault of their own, by their place in `fields`. */
  readonly rules: readonly { readonly at: number; readonly rule: FieldRule }[];
  readonly consent: ContactSyncRecipe['consent'];
}

export interface RecipeReading {
  readonly file: string;
  /** Absent where there is any fault. */
  readonly recipe?: ContactSyncRecipe;
  readonly problems: readonly RecipeProblem[];
  readonly positions: Positions;
  readonly legible: LegibleParts;
}

/** Reads a recipe from YAML or JSON. Every fault is reported at once, with its place in the text. */
export function readRecipe(text: string, file: string): RecipeReading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const positions = positionsIn(document, lines);
  const problems = document.errors.map((error) => syntaxProblem(error, text, lines, file));
  const unreadable = document.errors.some((error) => error.code !== 'DUPLICATE_KEY');
  if (unreadable) return { file, problems, positions, legible: NOTHING };

  const input: unknown = document.toJS();
  if (!isMap(document.contents)) {
    problems.push(notARecipe(file));
    return { file, problems, positions, legible: NOTHING };
  }
  const parsed = contactSync.safeParse(input);
  if (!parsed.success) {
    for (const fault of schemaFaults(parsed.error.issues, input, guide())) {
      problems.push(located(fault, positions, file));
    }
  }
  problems.sort(byPlace);
  const reading = { file, problems, positions, legible: legibleParts(input) };
  return parsed.success && problems.length === 0 ? { ...reading, recipe: parsed.data } : reading;
}

const NOTHING: LegibleParts = {
  object: undefined,
  filter: undefined,
  audience: undefined,
  rules: [],
  consent: undefined,
};

let recipeGuide: Guide | undefined;

function guide(): Guide {
  recipeGuide ??= guideTo(contactSync);
  return recipeGuide;
}

function located(fault: SchemaFault, positions: Positions, file: string): RecipeProblem {
  const { line, column }: Position = fault.isKey
    ? positions.locateKey(fault.path)
    : positions.locate(fault.path);
  return {
    file,
    path: pathText(fault.path),
    line,
    column,
    code: 'RECIPE_INVALID',
    message: fault.message,
    ...(fault.expected === undefined ? {} : { expected: fault.expected }),
    suggestion: fault.suggestion,
  };
}

function syntaxProblem(error: YAMLError, text: string, lines: LineCounter, file: string): RecipeProblem {
  const { line, col } = lines.linePos(error.pos[0]);
  const place = {
    file,
    path: '',
    line: Math.max(1, line),
    column: Math.max(1, col),
    code: 'RECIPE_INVALID',
  } as const;
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^["']?([\w.-]+)/.exec(text.slice(error.pos[0]))?.[1] ?? '';
    return {
      ...place,
      path: key,
      message: `The key ${key} stands here a second time`,
      suggestion: `Keep one ${key}`,
    };
  }
  return {
    ...place,
    message: `This is not YAML: ${error.message}`,
    suggestion:
      SYNTAX_HINTS[error.code] ??
      'Look at the indentation, quotes and brackets on this line and the one before',
  };
}

const SYNTAX_HINTS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'Indent with blanks, never with tabs',
  BAD_INDENT: 'Give lines that belong together the same indentation',
  MISSING_CHAR: 'Close the quote or bracket, and separate what stands between with commas',
  BLOCK_AS_IMPLICIT_KEY: 'Put text that contains a colon in quotes',
};

function notARecipe(file: string): RecipeProblem {
  return {
    file,
    path: '',
    line: 1,
    column: 1,
    code: 'RECIPE_INVALID',
    message: 'This is no recipe',
    expected: 'keys and values, the first `recipe: contact-sync/v1`',
    suggestion: 'Start with `recipe: contact-sync/v1`',
  };
}

const objects = contactSync.in.shape.salesforce.shape.object;
const meantObject = z
  .string()
  .transform((word) => objects.safeParse(nearest(word, objects.options)).data)
  .optional()
  .catch(undefined);

const parts = z.object({
  salesforce: z
    .object({ object: meantObject, filter: z.string().optional().catch(undefined) })
    .catch({ object: undefined }),
  mailchimp: z.object({ audience: z.string().optional().catch(undefined) }).catch({}),
  fields: z.array(z.unknown()).catch([]),
  consent: contactSync.in.shape.consent.catch(undefined),
});

function legibleParts(input: unknown): LegibleParts {
  const read = parts.safeParse(input);
  if (!read.success) return NOTHING;
  const { salesforce, mailchimp, fields, consent } = read.data;
  const rules = fields.flatMap((field, at) => {
    const rule = fieldRule.safeParse(field);
    return rule.success ? [{ at, rule: rule.data }] : [];
  });
  const { object, filter } = salesforce;
  return { object, filter, audience: mailchimp.audience, rules, consent };
}

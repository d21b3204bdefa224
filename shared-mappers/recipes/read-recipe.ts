import { z } from 'zod';
import { nearest } from '../mapping/mapping-problem.ts';
import { type ContactSyncRecipe, contactSync } from './contact-sync.ts';
import { type FieldRule, fieldRule } from './field-rule.ts';
import { type Guide, guideTo } from './known-keys.ts';
import type { Positions } from './positions.ts';
import { readDocument, schemaProblems } from './read-document.ts';
import { byPlace, type RecipeProblem } from './recipe-problem.ts';

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
  const { input, problems, positions } = readDocument(text, file, 'recipe: contact-sync/v1');
  if (input === undefined) return { file, problems, positions, legible: NOTHING };
  const parsed = contactSync.safeParse(input);
  if (!parsed.success) problems.push(...schemaProblems(parsed.error, { input, positions, file }, guide()));
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

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import type { RecordValues } from './record-values.ts';
import type { RecipeOfScenario, Scenario } from './scenario.ts';
import type { CrmOrMail } from './screens.ts';

/** A recipe that a scenario runs. */
export interface PlayedRecipe {
  readonly name: string;
  readonly text: string;
  /** The two collections it keeps in step. */
  readonly collections: readonly { readonly system: CrmOrMail; readonly collection: string }[];
}

/** The ready recipes of this project. */
const READY = join(import.meta.dirname, '../../recipes');

const wholeRecipe = z.looseObject({
  name: z.string(),
  salesforce: z.looseObject({ object: z.string() }),
  mailchimp: z.looseObject({ audience: z.string() }),
});

const anyRecipe = z.record(z.string(), z.unknown());

/** @throws RangeError when a ready recipe is not found, ZodError when one names no object or audience */
export function recipesOf(scenario: Scenario, file: string): PlayedRecipe[] {
  const written = scenario.recipes ?? (scenario.recipe === undefined ? [] : [scenario.recipe]);
  return written.map((recipe) => playedFrom(textOf(recipe, file)));
}

/** The same recipe after somebody has edited it. Its name stays. */
export function changedRecipe({ name, text }: PlayedRecipe, change: RecordValues): PlayedRecipe {
  const before = anyRecipe.parse(parse(text));
  return playedFrom(stringify({ ...changed(before, change), name }));
}

function playedFrom(text: string): PlayedRecipe {
  const { name, salesforce, mailchimp } = wholeRecipe.parse(parse(text));
  return {
    name,
    text,
    collections: [
      { system: 'salesforce', collection: salesforce.object },
      { system: 'mailchimp', collection: mailchimp.audience },
    ],
  };
}

function textOf(recipe: RecipeOfScenario, file: string): string {
  if (typeof recipe === 'string') return readReady(recipe, file);
  if (!isReady(recipe)) return stringify(recipe);
  const ready = anyRecipe.parse(parse(readReady(recipe.ready, file)));
  return stringify(changed(ready, recipe.change));
}

function isReady(
  recipe: Exclude<RecipeOfScenario, string>,
): recipe is Extract<Exclude<RecipeOfScenario, string>, { ready: string }> {
  return 'ready' in recipe;
}

function readReady(name: string, file: string): string {
  const places = [join(dirname(file), `${name}.recipe.yaml`), join(READY, `${name}.yaml`)];
  const found = places.find(existsSync);
  if (found !== undefined) return readFileSync(found, 'utf8');
  throw new RangeError(`No ready recipe ${name}: looked for ${places.join(' and ')}`);
}

/** The recipe with some keys replaced; objects are gone into, lists are replaced whole, null takes a key out. */
function changed(recipe: RecordValues, change: RecordValues): RecordValues {
  const result: Record<string, unknown> = { ...recipe };
  for (const [key, value] of Object.entries(change)) {
    const before = result[key];
    if (value === null) delete result[key];
    else result[key] = isObject(before) && isObject(value) ? changed(before, value) : value;
  }
  return result;
}

function isObject(value: unknown): value is RecordValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

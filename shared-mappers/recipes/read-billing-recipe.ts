import { z } from 'zod';
import { ERROR_CODES } from '../errors/codes.ts';
import type { AccountMap } from '../mapping/account-map.ts';
import type { RecipePath } from '../mapping/rule-definition.ts';
import type { MapFault } from '../plan/billing/map-fault.ts';
import { accountMapFile } from './account-map.ts';
import { BILLING_SCHEMAS, type BillingKind, type BillingRecipe } from './billing-recipes.ts';
import { type Guide, guideTo } from './known-keys.ts';
import type { Positions } from './positions.ts';
import { type Reading, readAs } from './read-as.ts';
import { readDocument } from './read-document.ts';
import { byPlace, pathText, type RecipeProblem } from './recipe-problem.ts';

const opening = z.object({ recipe: z.string() });

/** The kind of a billing recipe; undefined for every other file. */
export function billingKindOf(text: string): BillingKind | undefined {
  const read = opening.safeParse(readDocument(text, '', '').input);
  return read.success && isBillingKind(read.data.recipe) ? read.data.recipe : undefined;
}

function isBillingKind(kind: string): kind is BillingKind {
  return Object.hasOwn(BILLING_SCHEMAS, kind);
}

/** Whether a file is an account map of its own. */
export function isAccountMap(text: string): boolean {
  return z.object({ map: z.string() }).safeParse(readDocument(text, '', '').input).success;
}

const recipeGuides = new Map<BillingKind, Guide>();
let mapGuide: Guide | undefined;

/** A billing recipe of this kind: every fault at once, with its place in the text. */
export function readBillingRecipe(kind: BillingKind, text: string, file: string): Reading<BillingRecipe> {
  const schema = BILLING_SCHEMAS[kind];
  const guide = recipeGuides.get(kind) ?? guideTo(schema);
  recipeGuides.set(kind, guide);
  return readAs(schema, guide, text, file, `recipe: ${kind}`);
}

/** The account map where it is a file of its own. */
export function readAccountMap(text: string, file: string): Reading<AccountMap> {
  mapGuide ??= guideTo(accountMapFile);
  return readAs(accountMapFile, mapGuide, text, file, 'map: account-map/v1');
}

/** Where a map stands: in a file of its own, or under `accounts` of a recipe. */
export interface MapPlace {
  readonly file: string;
  readonly positions: Positions;
  readonly under: RecipePath;
}

/**
 * Faults of a map against the accounts, with their place in its file.
 *
 * @param recipe where the recipe stands that uses it, for faults of its own
 */
export function mapProblems(
  faults: readonly MapFault[],
  map: MapPlace,
  recipe: MapPlace = map,
): RecipeProblem[] {
  return faults
    .map(({ code, path, message, suggestion, in: where = 'map' }): RecipeProblem => {
      const { file, positions, under } = where === 'map' ? map : recipe;
      const whole = [...under, ...path];
      return {
        file,
        path: pathText(whole),
        ...positions.locate(whole),
        code,
        message,
        suggestion: suggestion ?? ERROR_CODES[code].next,
      };
    })
    .sort(byPlace);
}

import { ERROR_CODES } from '../errors/codes.ts';
import { compileFieldMap } from '../mapping/compile.ts';
import type { MappingProblem } from '../mapping/mapping-problem.ts';
import { compileRecipe } from './compile-recipe.ts';
import type { RecipeReading } from './read-recipe.ts';
import { byPlace, pathText, type RecipeProblem } from './recipe-problem.ts';
import type { RecipeSchemas } from './recipe-schemas.ts';
import { consentDefinition, ruleDefinition } from './rule-definitions.ts';

/**
 * Everything that is wrong with a recipe as it was read, against the live schemas. Where the recipe itself has
 * faults, the rules without one are still held against the schemas, so that one look finds all there is to correct.
 */
export function checkRecipe(reading: RecipeReading, schemas: RecipeSchemas): RecipeProblem[] {
  const found =
    reading.recipe === undefined ? problemsOfParts(reading, schemas) : problemsOf(reading.recipe, schemas);
  return [...reading.problems, ...found.map((problem) => located(problem, reading))].sort(byPlace);
}

function problemsOf(
  recipe: NonNullable<RecipeReading['recipe']>,
  schemas: RecipeSchemas,
): readonly MappingProblem[] {
  const compiled = compileRecipe(recipe, schemas);
  return 'problems' in compiled ? compiled.problems : [];
}

/** Without the checks that need every rule, such as required fields that none of them feeds. */
function problemsOfParts({ legible }: RecipeReading, schemas: RecipeSchemas): readonly MappingProblem[] {
  const defaults = { keepNonEmpty: false, toleranceMs: 0 };
  const compiled = compileFieldMap({
    rules: legible.rules.map(({ at, rule }) => ruleDefinition(rule, at, defaults)),
    consent: consentDefinition(legible.consent),
    match: [],
    reads: { left: [], right: [] },
    creates: { left: false, right: false },
    toleranceMs: 0,
    left: schemas.salesforce,
    right: schemas.mailchimp,
  });
  return 'problems' in compiled ? compiled.problems : [];
}

function located(problem: MappingProblem, { file, positions }: RecipeReading): RecipeProblem {
  return {
    file,
    path: pathText(problem.path),
    ...positions.locate(problem.path),
    code: problem.code,
    message: problem.message,
    ...(problem.expected === undefined ? {} : { expected: problem.expected }),
    suggestion: problem.suggestion ?? ERROR_CODES[problem.code].next,
  };
}

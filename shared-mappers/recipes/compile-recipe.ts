import { type CompiledMapping, compileFieldMap } from '../mapping/compile.ts';
import type { MappingProblem } from '../mapping/mapping-problem.ts';
import type { ContactSyncRecipe } from './contact-sync.ts';
import type { RecipeSchemas } from './recipe-schemas.ts';
import { checkRecordFields, fieldsRead } from './record-fields.ts';
import { consentDefinition, matchDefinitions, ruleDefinition } from './rule-definitions.ts';

/** Holds a recipe against both live schemas: straight code to sync by, or everything that is wrong. */
export function compileRecipe(
  recipe: ContactSyncRecipe,
  schemas: RecipeSchemas,
): CompiledMapping | { readonly problems: readonly MappingProblem[] } {
  const compiled = compileFieldMap({
    rules: recipe.fields.map((rule, at) => ruleDefinition(rule, at, recipe)),
    consent: consentDefinition(recipe.consent),
    match: matchDefinitions(recipe.match),
    reads: fieldsRead(recipe),
    creates: { left: recipe.create.salesforce, right: recipe.create.mailchimp },
    toleranceMs: recipe.toleranceMs,
    left: schemas.salesforce,
    right: schemas.mailchimp,
  });
  const faults = checkRecordFields(recipe, schemas);
  if ('problems' in compiled) return { problems: [...compiled.problems, ...faults] };
  if (faults.length > 0) return { problems: faults };
  return { ...compiled, notes: [...notesOn(recipe), ...compiled.notes] };
}

function notesOn(recipe: ContactSyncRecipe): string[] {
  return recipe.consent === undefined
    ? ['The recipe has no consent part: opt-outs in Salesforce are not carried to Mailchimp, nor back']
    : [];
}

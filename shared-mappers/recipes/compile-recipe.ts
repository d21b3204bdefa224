import { type CompiledMapping, compileFieldMap } from '../mapping/compile.ts';
import type { FieldMap } from '../mapping/compiled-rule.ts';
import type { MappingProblem } from '../mapping/mapping-problem.ts';
import { STAMP_FIELDS } from '../model/stamp.ts';
import type { ContactOptions } from '../plan/contact-options.ts';
import { contactOptions } from './contact-options.ts';
import type { ContactSyncRecipe } from './contact-sync.ts';
import { mappingVersion } from './mapping-version.ts';
import type { RecipeSchemas } from './recipe-schemas.ts';
import { checkRecordFields, fieldsRead } from './record-fields.ts';
import { consentDefinition, matchDefinitions, ruleDefinition } from './rule-definitions.ts';

export interface CompiledRecipe extends CompiledMapping {
  readonly options: ContactOptions;
  /** Changes with everything that decides which records are compared and how: the next run reads all of them. */
  readonly mappingVersion: string;
}

/** Holds a recipe against both live schemas: straight code to sync by, or everything that is wrong. */
export function compileRecipe(
  recipe: ContactSyncRecipe,
  schemas: RecipeSchemas,
): CompiledRecipe | { readonly problems: readonly MappingProblem[] } {
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
  if (recipe.base !== 'store') faults.push(...checkStampRoom(compiled.map));
  if (faults.length > 0) return { problems: faults };
  return {
    ...compiled,
    notes: [...notesOn(recipe), ...compiled.notes],
    options: contactOptions(recipe, schemas),
    mappingVersion: mappingVersion(recipe, compiled.map.rules),
  };
}

function notesOn(recipe: ContactSyncRecipe): string[] {
  return recipe.consent === undefined
    ? ['The recipe has no consent part: opt-outs in Salesforce are not carried to Mailchimp, nor back']
    : [];
}

/** A stamp remembers each rule, and consent, in 255 bytes. */
function checkStampRoom({ rules, consent }: FieldMap): MappingProblem[] {
  const entries = rules.length + (consent === undefined ? 0 : 1);
  if (entries <= STAMP_FIELDS) return [];
  return [
    {
      code: 'RECIPE_INVALID',
      path: ['base'],
      message: `A stamp remembers ${STAMP_FIELDS} fields, this recipe has ${entries} with the address and consent`,
      suggestion: 'base: store, or fewer rules',
    },
  ];
}

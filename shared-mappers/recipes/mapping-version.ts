import { ruleKeys } from '../mapping/rule-key.ts';
import { fingerprint, fingerprintKey } from '../model/fingerprint.ts';
import type { ContactSyncRecipe } from './contact-sync.ts';
import { ruleDefinition } from './rule-definitions.ts';

/** Public on purpose: it only has to be the same on every host. */
const KEY = fingerprintKey('6d617070696e672d76657273696f6e31');

/** What of a rule decides what is compared, and which way it goes. */
interface Ruled {
  readonly key: string;
  readonly direction: string;
  readonly drift: string | undefined;
}

/** Changes with everything that decides which records are compared and how: the next run reads all of them. */
export function mappingVersion(recipe: ContactSyncRecipe, rules: readonly Ruled[]): string {
  return fingerprint(
    KEY,
    JSON.stringify([
      recipe.salesforce.object,
      recipe.salesforce.filter ?? null,
      recipe.mailchimp.audience,
      recipe.match,
      recipe.create,
      recipe.consent ?? null,
      rules.map(({ key, direction, drift }) => `${key} ${direction} ${drift}`).sort(),
    ]),
  );
}

/** The same for who sees one of the two systems only: of the recipe as it is written, not held against any schema. */
export function writtenVersion(recipe: ContactSyncRecipe): string {
  const definitions = recipe.fields.map((rule, at) => ruleDefinition(rule, at, recipe));
  const keys = ruleKeys(definitions.map((definition) => ({ definition, type: definition.type ?? 'text' })));
  const rules = definitions.map(({ direction, drift }, at) => ({ key: keys[at] ?? '', direction, drift }));
  return mappingVersion(recipe, rules);
}

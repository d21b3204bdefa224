import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { readRecipe } from '@stackbridge/shared-mappers/recipes/read-recipe.ts';
import { parse, stringify } from 'yaml';
import { marksOf } from './marked-fields.ts';

/** A recipe of a scenario as it is written for a host without a store. */
export function withMarks(text: string): { readonly text: string; readonly recipe: ContactSyncRecipe } {
  const written = parse(text);
  const marked = stringify({ ...written, base: marksOf(written.mailchimp.audience) });
  const { recipe, problems } = readRecipe(marked, 'scenario');
  if (recipe === undefined) throw new RangeError(problems[0]?.message);
  return { text: marked, recipe };
}

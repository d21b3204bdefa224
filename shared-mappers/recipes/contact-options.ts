import { textOf } from '../mapping/codecs/tidy-text.ts';
import { readerAt } from '../mapping/json-path.ts';
import type { ContactOptions, OwnerRule } from '../plan/contact-options.ts';
import type { ContactSyncRecipe } from './contact-sync.ts';
import type { RecipeSchemas } from './recipe-schemas.ts';

/** How the planner decides, in its own words. */
export function contactOptions(recipe: ContactSyncRecipe, schemas: RecipeSchemas): ContactOptions {
  const { create, consent, deletes, brakes, newMembers, salesforce } = recipe;
  return {
    owner: ownerRule(recipe.owner, schemas),
    create: { left: create.salesforce, right: create.mailchimp },
    newMembers,
    consent: { optIn: consent?.optIn ?? 'ignore', resubscribe: consent?.resubscribe ?? 'review' },
    deletes: {
      inLeft: deletes.inSalesforce,
      inRight: deletes.inMailchimp,
      archivedThenEdited: deletes.archivedThenEdited,
    },
    brakes,
    ...(salesforce.externalId === undefined ? {} : { externalId: salesforce.externalId }),
  };
}

function ownerRule(owner: ContactSyncRecipe['owner'], schemas: RecipeSchemas): OwnerRule {
  if (typeof owner === 'string') return { by: owner };
  const read = readerAt(schemas.salesforce.fields.get(owner.field)?.path ?? [owner.field]);
  const wanted = textOf(owner.is).toLowerCase();
  return { by: 'field', matches: (values) => textOf(read(values)).toLowerCase() === wanted };
}

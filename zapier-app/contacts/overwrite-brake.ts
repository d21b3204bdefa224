import type { ObjectSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';
import type { Connector } from '@stackbridge/shared-mappers/ports/connector.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { overwritesOfSide } from '@stackbridge/shared-mappers/recipes/overwrites-of-side.ts';
import { brakeOnOverwrites } from '@stackbridge/shared-mappers/sync/poll/brake-on-overwrites.ts';
import type { BrakedPoll } from '../records/braked-changes.ts';
import type { Step } from '../step.ts';
import { fieldsTold, tellFields } from './described-fields.ts';

/** @param most how many a person lets through at once; the recipe's limit where nobody has said */
export function overwriteBrake(
  step: Step,
  recipe: ContactSyncRecipe | undefined,
  { connector, schema, most }: { connector: Connector; schema: ObjectSchema; most: number | undefined },
): BrakedPoll['brake'] {
  if (recipe === undefined) return async () => {};
  return async (counted, heldUntil, among) => {
    await tellFields(step, recipe, schema);
    const other = await fieldsTold(step, recipe, schema.system === 'salesforce' ? 'mailchimp' : 'salesforce');
    const mayOverwrite = overwritesOfSide(recipe, schema, other);
    const overwriting = counted.filter((record) => record.state === 'live' && mayOverwrite(record));
    await brakeOnOverwrites(overwriting, connector, {
      limit: recipe.brakes.overwrites,
      most,
      heldUntil,
      among,
    });
  };
}

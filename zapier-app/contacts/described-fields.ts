import type { ObjectSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { fieldsNamed } from '@stackbridge/shared-mappers/recipes/fields-named.ts';
import { cachedSchemaOf, schemaMemos, toMemo } from '@stackbridge/shared-mappers/recipes/schema-cache.ts';
import { jsonObject } from '../json-object.ts';
import { A_MONTH_S, userCache } from '../ports/cache.ts';
import type { Step } from '../step.ts';

type System = 'salesforce' | 'mailchimp';

/** As `cachedSchemaOf` reads it. @param names of the fields to describe; those that the account lacks are left out */
export function describeFields(schema: ObjectSchema, names: readonly string[], now: Instant): JsonObject {
  const fields = new Map(
    names.flatMap((name) => {
      const field = schema.fields.get(name);
      return field === undefined ? [] : [[name, field] as const];
    }),
  );
  return toMemo({ ...schema, fields }, now);
}

/**
 * Every step sees the fields of one system only. What one has seen is left in Zapier's cache for those that see the
 * other: a record's own stamp cannot be read without knowing how both systems store a value.
 */
export async function tellFields(
  { z, ports }: Step,
  recipe: ContactSyncRecipe,
  schema: ObjectSchema,
): Promise<void> {
  const system = schema.system === 'salesforce' ? 'salesforce' : 'mailchimp';
  const described = describeFields(schema, fieldsNamed(recipe, system), ports.clock.now());
  await userCache(z).set(placeOf(recipe, system), described, A_MONTH_S);
}

/** As a step of the other system saw them last; undefined where none has, or Zapier has forgotten. */
export async function fieldsTold(
  { z }: Pick<Step, 'z'>,
  recipe: ContactSyncRecipe,
  system: System,
): Promise<ObjectSchema | undefined> {
  const cache = userCache(z);
  const memo = async (name: string): Promise<JsonObject | undefined> =>
    jsonObject.safeParse(await cache.get(name)).data;
  return (await cachedSchemaOf({ memo }, placeOf(recipe, system)))?.schema;
}

function placeOf(recipe: ContactSyncRecipe, system: System): string {
  const { left, right } = schemaMemos(recipe);
  return `${recipe.name} ${system === 'salesforce' ? left : right}`;
}

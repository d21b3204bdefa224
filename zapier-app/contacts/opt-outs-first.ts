import type { ObjectSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { saysNoMail } from '@stackbridge/shared-mappers/recipes/says-no-mail.ts';

/**
 * Whoever wants no mail comes last in a listing: Zapier works what is new in a poll off from its end, and opt-outs are to
 * be through before a limit is reached.
 */
export function optOutsFirst(
  records: readonly SourceRecord[],
  schema: ObjectSchema,
  recipe: ContactSyncRecipe | undefined,
): readonly SourceRecord[] {
  if (recipe === undefined) return records;
  const isOut = saysNoMail(recipe, schema);
  return records.toSorted((one, other) => Number(isOut(one)) - Number(isOut(other)));
}

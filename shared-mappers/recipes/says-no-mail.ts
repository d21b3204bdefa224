import { readBoxes, readStatus } from '../mapping/compile-consent.ts';
import { readerAt } from '../mapping/json-path.ts';
import type { ObjectSchema } from '../model/field-schema.ts';
import type { SourceRecord } from '../model/record.ts';
import type { ContactSyncRecipe } from './contact-sync.ts';

/** The checkboxes that say "no mail" in Salesforce. */
export function optOutsOf({ consent }: Pick<ContactSyncRecipe, 'consent'>): string[] {
  return consent === undefined ? [] : [consent.salesforce, ...consent.closedBy];
}

/** How a record of one side is read to say that its person wants no mail, where the other side is not described. */
export function saysNoMail(
  recipe: Pick<ContactSyncRecipe, 'consent'>,
  { system, fields }: ObjectSchema,
): (record: SourceRecord) => boolean {
  if (recipe.consent === undefined) return () => false;
  const boxes = optOutsOf(recipe).flatMap((name) => fields.get(name) ?? []);
  const read = system === 'salesforce' ? readBoxes(boxes) : readStatus(readerAt(['status']));
  return ({ values }) => read(values) === 'out';
}

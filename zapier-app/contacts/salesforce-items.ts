import type { ObjectSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { addressNamed, fieldsNamed } from '@stackbridge/shared-mappers/recipes/fields-named.ts';
import { readRelatives, sharersKey } from '@stackbridge/shared-mappers/sync/stateless/relatives.ts';
import { salesforcePeople } from '../connection/people.ts';
import { columnsOfAll } from '../records/person-columns.ts';
import type { Step } from '../step.ts';
import type { DeliveredItem, Shown } from './shown-for.ts';

export interface SalesforceItems {
  readonly object: 'Contact' | 'Lead';
  readonly schema: ObjectSchema;
  /** Absent: the records are shown, and no step takes them in. */
  readonly recipe: ContactSyncRecipe | undefined;
  readonly shown: Shown;
}

/** Contacts or leads as a Zap sees them, each with its relatives where a sync step is to take it in. */
export async function salesforceItems(
  step: Step,
  records: readonly SourceRecord[],
  { object, schema, recipe, shown }: SalesforceItems,
): Promise<DeliveredItem[]> {
  if (recipe === undefined) return records.map((record) => shown.itemOf(record));
  const { filter } = recipe.salesforce;
  const named = fieldsNamed(recipe, 'salesforce').flatMap((name) => schema.fields.get(name) ?? []);
  const relatives = await readRelatives(records, {
    connector: salesforcePeople(step, object, filter === undefined ? {} : { filter }),
    columns: columnsOfAll(named),
    addressField: addressNamed(recipe, schema),
  });
  return records.map((record) => {
    const known = relatives.get(record.id);
    const item = shown.itemOf(record, known);
    // Who waits because of others is looked at again once the others have changed.
    const key = known === undefined || record.state !== 'live' ? '' : sharersKey(known);
    return key === '' ? item : { ...item, id: `${item.id}-${key}` };
  });
}

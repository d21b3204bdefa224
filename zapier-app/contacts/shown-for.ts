import type { FieldSchema, ObjectSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { fieldsNamed } from '@stackbridge/shared-mappers/recipes/fields-named.ts';
import type { Relatives } from '@stackbridge/shared-mappers/sync/stateless/relatives.ts';
import { columnsOfAll, shownFields } from '../records/person-columns.ts';
import { type RecordItem, recordItem } from '../records/record-item.ts';
import { packDelivery } from './delivery.ts';

/** A record with what a sync step takes in. */
export type DeliveredItem = RecordItem & { readonly record?: string };

export interface Shown {
  readonly fields: readonly FieldSchema[];
  readonly columns: readonly string[];
  itemOf(record: SourceRecord, relatives?: Relatives): DeliveredItem;
}

/** What a trigger reads and shows of each record: with a recipe all that a sync step has to know of it. */
export function shownFor(
  schema: ObjectSchema,
  more: readonly string[],
  recipe: ContactSyncRecipe | undefined,
  now: Instant,
): Shown {
  const system = schema.system === 'salesforce' ? 'salesforce' : 'mailchimp';
  const named = recipe === undefined ? [] : fieldsNamed(recipe, system);
  const fields = shownFields(schema, [...more, ...named]);
  return {
    fields,
    columns: columnsOfAll(fields),
    itemOf: (record, relatives) => {
      if (recipe === undefined) return recordItem(record);
      const delivered = relatives === undefined ? { record } : { record, relatives };
      return { ...recordItem(record), record: packDelivery(delivered, schema, named, now) };
    },
  };
}

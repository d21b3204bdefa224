import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { brakeOnRemovals } from '@stackbridge/shared-mappers/sync/poll/brake-on-removals.ts';
import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { salesforcePeople } from '../connection/people.ts';
import { recipeIfAny } from '../contacts/recipe.ts';
import { salesforceItems } from '../contacts/salesforce-items.ts';
import { shownFor } from '../contacts/shown-for.ts';
import { LOOK_BACK_FIELD, lookBack } from '../fields/look-back.ts';
import { MOST_DELETED_FIELD, mostAtOnce } from '../fields/most-at-once.ts';
import { PERSON_OBJECT_FIELD, personObject } from '../fields/person-object.ts';
import { recipeFields, recipeText } from '../fields/recipe.ts';
import type { Preset } from '../preset.ts';
import { brakedChanges } from '../records/braked-changes.ts';
import { RECORD_OUTPUT } from '../records/record-item.ts';
import { SALESFORCE_SAMPLE } from '../records/samples.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const REMOVED: readonly string[] = ['deleted', 'merged', 'converted'];

export function salesforceRecordRemoved(preset: Pick<Preset, 'recipe'>) {
  const recipe = recipeText.transform((text) => text ?? preset.recipe);
  const input = z.object({ object: personObject, recipe, lookBack, mostDeleted: mostAtOnce });
  return defineTrigger({
    key: 'salesforce_record_removed',
    noun: 'Removed Contact or Lead',
    display: {
      label: 'Deleted, Merged or Converted Record in Salesforce',
      description:
        'Triggers when a contact or a lead is deleted in Salesforce, merged into another, or converted into a contact.',
    },
    operation: {
      type: 'polling',
      inputFields: [
        PERSON_OBJECT_FIELD,
        ...recipeFields(preset.recipe, false),
        LOOK_BACK_FIELD,
        MOST_DELETED_FIELD,
      ],
      perform: step(async (step) => {
        const { object, recipe, lookBack, mostDeleted } = readInput(input, step.input);
        const synced = recipeIfAny(recipe);
        const people = salesforcePeople(step, object);
        const schema = await people.describe();
        const shown = shownFor(schema, [], synced, step.ports.clock.now());
        const { records, settle } = await brakedChanges(step, {
          connector: people,
          columns: shown.columns,
          lookBackMs: lookBack,
          place: object,
          isLetThrough: mostDeleted !== undefined,
          brake: async (counted, heldUntil) => {
            if (synced === undefined) return;
            const limit = { limit: synced.brakes.deletes, most: mostDeleted, heldUntil };
            await brakeOnRemovals(counted.filter(takesAMember(synced)), people, limit);
          },
        });
        const removed = records.filter(({ state }) => REMOVED.includes(state));
        const items = await salesforceItems(step, removed, { object, schema, recipe: synced, shown });
        await settle();
        return items;
      }),
      sample: {
        ...SALESFORCE_SAMPLE,
        id: '003RO0000035WQgYAM-merged-1793606400000',
        state: 'merged',
        successorId: '003RO0000035WQhYAM',
      },
      outputFields: [
        ...RECORD_OUTPUT,
        { key: 'fields__FirstName', label: 'First Name' },
        { key: 'fields__LastName', label: 'Last Name' },
        { key: 'fields__Email', label: 'Email' },
      ],
    },
  });
}

/** Whether the step for a deleted record archives or unsubscribes somebody. */
function takesAMember({ base, deletes }: ContactSyncRecipe): (record: SourceRecord) => boolean {
  const mark = base === 'store' ? undefined : base.partner?.salesforce;
  return ({ state, values }) =>
    deletes.inSalesforce !== 'keep' &&
    state === 'deleted' &&
    mark !== undefined &&
    typeof values[mark] === 'string';
}

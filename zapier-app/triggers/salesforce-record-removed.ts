import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { salesforcePeople } from '../connection/people.ts';
import { readStepRecipe } from '../contacts/recipe.ts';
import { salesforceItems } from '../contacts/salesforce-items.ts';
import { shownFor } from '../contacts/shown-for.ts';
import { LOOK_BACK_FIELD, lookBack } from '../fields/look-back.ts';
import { PERSON_OBJECT_FIELD, personObject } from '../fields/person-object.ts';
import { recipeFields, recipeText } from '../fields/recipe.ts';
import type { Preset } from '../preset.ts';
import { changedRecords } from '../records/changed-records.ts';
import { RECORD_OUTPUT } from '../records/record-item.ts';
import { SALESFORCE_SAMPLE } from '../records/samples.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const REMOVED: readonly string[] = ['deleted', 'merged', 'converted'];

export function salesforceRecordRemoved(preset: Pick<Preset, 'recipe'>) {
  const recipe = recipeText.transform((text) => text ?? preset.recipe);
  const input = z.object({ object: personObject, recipe, lookBack });
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
      inputFields: [PERSON_OBJECT_FIELD, ...recipeFields(preset.recipe, false), LOOK_BACK_FIELD],
      perform: step(async (step) => {
        const { object, recipe, lookBack } = readInput(input, step.input);
        const synced = recipe === undefined ? undefined : readStepRecipe(recipe);
        const people = salesforcePeople(step, object);
        const schema = await people.describe();
        const shown = shownFor(schema, [], synced, step.ports.clock.now());
        const changed = await changedRecords(step, people, shown.columns, lookBack);
        const removed = changed.filter(({ state }) => REMOVED.includes(state));
        return salesforceItems(step, removed, { object, schema, recipe: synced, shown });
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

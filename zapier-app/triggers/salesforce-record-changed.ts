import { optOutsOf } from '@stackbridge/shared-mappers/recipes/says-no-mail.ts';
import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { salesforcePeople } from '../connection/people.ts';
import { itemsSince } from '../contacts/items-since.ts';
import { optOutsFirst } from '../contacts/opt-outs-first.ts';
import { overwriteBrake } from '../contacts/overwrite-brake.ts';
import { polledContacts, recipeIfAny } from '../contacts/recipe.ts';
import { salesforceItems } from '../contacts/salesforce-items.ts';
import { shownFor } from '../contacts/shown-for.ts';
import { FILTER_FIELD, filter } from '../fields/filter.ts';
import { LOOK_BACK_FIELD, lookBack } from '../fields/look-back.ts';
import { MORE_FIELDS_FIELD, moreFields } from '../fields/more-fields.ts';
import { MOST_CHANGED_FIELD, mostAtOnce } from '../fields/most-at-once.ts';
import { PERSON_OBJECT_FIELD, personObject } from '../fields/person-object.ts';
import { recipeFields, recipeText } from '../fields/recipe.ts';
import type { Preset } from '../preset.ts';
import { brakedChanges } from '../records/braked-changes.ts';
import { printOf } from '../records/print.ts';
import { watchRecipe } from '../records/recipe-watch.ts';
import { fieldOutputs, RECORD_OUTPUT } from '../records/record-item.ts';
import { SALESFORCE_SAMPLE } from '../records/samples.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

export function salesforceRecordChanged(preset: Pick<Preset, 'recipe'>) {
  const recipe = recipeText.transform((text) => text ?? preset.recipe);
  const input = z.object({
    object: personObject,
    filter,
    recipe,
    lookBack,
    moreFields,
    mostChanged: mostAtOnce,
  });
  const shown = input.pick({ object: true, recipe: true, moreFields: true });
  return defineTrigger({
    key: 'salesforce_record_changed',
    noun: 'Contact or Lead',
    display: {
      label: 'New or Changed Contact or Lead in Salesforce',
      description: 'Triggers when a contact or a lead is created or changed in Salesforce.',
    },
    operation: {
      type: 'polling',
      inputFields: [
        PERSON_OBJECT_FIELD,
        FILTER_FIELD,
        MORE_FIELDS_FIELD,
        ...recipeFields(preset.recipe, false),
        LOOK_BACK_FIELD,
        MOST_CHANGED_FIELD,
      ],
      perform: step(async (step) => {
        const { object, filter, recipe, lookBack, moreFields, mostChanged } = readInput(input, step.input);
        const synced = recipeIfAny(recipe);
        // Who has left the recipe's filter still says "no mail" to the step that syncs; a filter of the step's own is kept to.
        const kept = filter === undefined ? synced : undefined;
        const only = filter ?? kept?.salesforce.filter;
        const people = salesforcePeople(step, object, {
          ...(only === undefined ? {} : { filter: only }),
          ...(kept === undefined ? {} : { optOuts: optOutsOf(kept) }),
        });
        const now = step.ports.clock.now();
        const schema = await people.describe();
        const shown = shownFor(schema, moreFields, synced, now);
        const place = `people ${printOf([object, filter ?? ''])}`;
        const watch = await watchRecipe(step, place, polledContacts(synced));
        const { records, settle } = await brakedChanges(step, {
          connector: people,
          columns: shown.columns,
          lookBackMs: lookBack,
          place: printOf([object, only]),
          watch,
          isLetThrough: mostChanged !== undefined,
          brake: overwriteBrake(step, synced, { connector: people, schema, most: mostChanged }),
        });
        const there = records.filter(({ state }) => state === 'live' || state === 'filtered');
        const items = await salesforceItems(step, optOutsFirst(there, schema, synced), {
          object,
          schema,
          recipe: synced,
          shown,
        });
        await settle();
        return itemsSince(watch, items);
      }),
      sample: SALESFORCE_SAMPLE,
      outputFields: [
        ...RECORD_OUTPUT,
        step(async (step) => {
          const { object, recipe, moreFields } = readInput(shown, step.input);
          const schema = await salesforcePeople(step, object).describe();
          const synced = recipeIfAny(recipe);
          return fieldOutputs(shownFor(schema, moreFields, synced, step.ports.clock.now()).fields);
        }),
      ],
    },
  });
}

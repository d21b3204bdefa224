import { defineSearch } from 'zapier-platform-core';
import { z } from 'zod';
import { salesforcePeople } from '../connection/people.ts';
import { recipeIfAny } from '../contacts/recipe.ts';
import { salesforceItems } from '../contacts/salesforce-items.ts';
import { shownFor } from '../contacts/shown-for.ts';
import { chosenFrom } from '../dropdowns/dropdown.ts';
import { salesforceFields } from '../dropdowns/salesforce-fields.ts';
import { MORE_FIELDS_FIELD, moreFields } from '../fields/more-fields.ts';
import { PERSON_OBJECT_FIELD, personObject } from '../fields/person-object.ts';
import { recipeFields, recipeText } from '../fields/recipe.ts';
import type { Preset } from '../preset.ts';
import { newestFirst } from '../records/newest-first.ts';
import { fieldOutputs, RECORD_OUTPUT } from '../records/record-item.ts';
import { SALESFORCE_SAMPLE } from '../records/samples.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

export const RECORD_SEARCH = 'salesforce_record';

export function salesforceRecord(preset: Pick<Preset, 'recipe'>) {
  const recipe = recipeText.transform((text) => text ?? preset.recipe);
  const input = z.object({
    object: personObject,
    field: z.string().min(1).default('Email'),
    value: z.string().min(1),
    moreFields,
    recipe,
  });
  const shown = input.pick({ object: true, moreFields: true, recipe: true });
  return defineSearch({
    key: RECORD_SEARCH,
    noun: 'Salesforce Record',
    display: {
      label: 'Find Salesforce Contact or Lead',
      description: 'Finds a contact or a lead in Salesforce by its email address, or by any other field.',
    },
    operation: {
      inputFields: [
        PERSON_OBJECT_FIELD,
        {
          key: 'field',
          label: 'Field to Search By',
          type: 'string',
          required: true,
          default: 'Email',
          ...chosenFrom(salesforceFields),
          helpText: 'The Salesforce field that is compared, usually the email address.',
        },
        {
          key: 'value',
          label: 'Value to Search For',
          type: 'string',
          required: true,
          helpText: 'Records whose field holds exactly this value are found, whatever its capital letters.',
        },
        MORE_FIELDS_FIELD,
        ...recipeFields(preset.recipe, false),
      ],
      perform: step(async (step) => {
        const { object, field, value, moreFields, recipe } = readInput(input, step.input);
        const synced = recipeIfAny(recipe);
        const filter = synced?.salesforce.filter;
        const people = salesforcePeople(step, object, filter === undefined ? {} : { filter });
        const schema = await people.describe();
        const shown = shownFor(schema, [field, ...moreFields], synced, step.ports.clock.now());
        const found = newestFirst(await people.readByKey(field, [value], shown.columns));
        return salesforceItems(step, found, { object, schema, recipe: synced, shown });
      }),
      sample: SALESFORCE_SAMPLE,
      outputFields: [
        ...RECORD_OUTPUT,
        step(async (step) => {
          const { object, moreFields, recipe } = readInput(shown, step.input);
          const schema = await salesforcePeople(step, object).describe();
          const synced = recipeIfAny(recipe);
          return fieldOutputs(shownFor(schema, moreFields, synced, step.ports.clock.now()).fields);
        }),
      ],
    },
  });
}

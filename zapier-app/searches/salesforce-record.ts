import { defineSearch } from 'zapier-platform-core';
import { z } from 'zod';
import { salesforcePeople } from '../connection/people.ts';
import { chosenFrom } from '../dropdowns/dropdown.ts';
import { salesforceFields } from '../dropdowns/salesforce-fields.ts';
import { MORE_FIELDS_FIELD, moreFields } from '../fields/more-fields.ts';
import { PERSON_OBJECT_FIELD, personObject } from '../fields/person-object.ts';
import { columnsOfAll, shownFields } from '../records/person-columns.ts';
import { fieldOutputs, newestFirst, RECORD_OUTPUT, recordItem } from '../records/record-item.ts';
import { SALESFORCE_SAMPLE } from '../records/samples.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({
  object: personObject,
  field: z.string().min(1).default('Email'),
  value: z.string().min(1),
  moreFields,
});
const shown = input.pick({ object: true, moreFields: true });

export const salesforceRecord = defineSearch({
  key: 'salesforce_record',
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
    ],
    perform: step(async (step) => {
      const { object, field, value, moreFields } = readInput(input, step.input);
      const people = salesforcePeople(step, object);
      const fields = shownFields(await people.describe(), [field, ...moreFields]);
      const found = await people.readByKey(field, [value], columnsOfAll(fields));
      return newestFirst(found).map(recordItem);
    }),
    sample: SALESFORCE_SAMPLE,
    outputFields: [
      ...RECORD_OUTPUT,
      step(async (step) => {
        const { object, moreFields } = readInput(shown, step.input);
        return fieldOutputs(shownFields(await salesforcePeople(step, object).describe(), moreFields));
      }),
    ],
  },
});

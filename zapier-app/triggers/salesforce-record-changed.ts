import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { salesforcePeople } from '../connection/people.ts';
import { FILTER_FIELD, filter } from '../fields/filter.ts';
import { LOOK_BACK_FIELD, lookBack } from '../fields/look-back.ts';
import { MORE_FIELDS_FIELD, moreFields } from '../fields/more-fields.ts';
import { PERSON_OBJECT_FIELD, personObject } from '../fields/person-object.ts';
import { changedRecords } from '../records/changed-records.ts';
import { columnsOfAll, shownFields } from '../records/person-columns.ts';
import { fieldOutputs, RECORD_OUTPUT, recordItem } from '../records/record-item.ts';
import { SALESFORCE_SAMPLE } from '../records/samples.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ object: personObject, filter, lookBack, moreFields });
const shown = input.pick({ object: true, moreFields: true });

export const salesforceRecordChanged = defineTrigger({
  key: 'salesforce_record_changed',
  noun: 'Contact or Lead',
  display: {
    label: 'New or Changed Contact or Lead in Salesforce',
    description: 'Triggers when a contact or a lead is created or changed in Salesforce.',
  },
  operation: {
    type: 'polling',
    inputFields: [PERSON_OBJECT_FIELD, FILTER_FIELD, MORE_FIELDS_FIELD, LOOK_BACK_FIELD],
    perform: step(async (step) => {
      const { object, filter, lookBack, moreFields } = readInput(input, step.input);
      const people = salesforcePeople(step, object, filter);
      const columns = columnsOfAll(shownFields(await people.describe(), moreFields));
      const changed = await changedRecords(step, people, columns, lookBack);
      return changed.filter(({ state }) => state === 'live').map(recordItem);
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

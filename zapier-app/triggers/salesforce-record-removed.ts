import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { salesforcePeople } from '../connection/people.ts';
import { LOOK_BACK_FIELD, lookBack } from '../fields/look-back.ts';
import { PERSON_OBJECT_FIELD, personObject } from '../fields/person-object.ts';
import { changedRecords } from '../records/changed-records.ts';
import { RECORD_OUTPUT, recordItem } from '../records/record-item.ts';
import { SALESFORCE_SAMPLE } from '../records/samples.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ object: personObject, lookBack });
const REMOVED: readonly string[] = ['deleted', 'merged', 'converted'];

export const salesforceRecordRemoved = defineTrigger({
  key: 'salesforce_record_removed',
  noun: 'Removed Contact or Lead',
  display: {
    label: 'Deleted, Merged or Converted Record in Salesforce',
    description:
      'Triggers when a contact or a lead is deleted in Salesforce, merged into another, or converted into a contact.',
  },
  operation: {
    type: 'polling',
    inputFields: [PERSON_OBJECT_FIELD, LOOK_BACK_FIELD],
    perform: step(async (step) => {
      const { object, lookBack } = readInput(input, step.input);
      const changed = await changedRecords(step, salesforcePeople(step, object), ['Email'], lookBack);
      return changed.filter(({ state }) => REMOVED.includes(state)).map(recordItem);
    }),
    sample: {
      ...SALESFORCE_SAMPLE,
      id: '003RO0000035WQgYAM-merged-1793606400000',
      state: 'merged',
      successorId: '003RO0000035WQhYAM',
      fields: { Email: 'ada@lovelace.test' },
    },
    outputFields: [...RECORD_OUTPUT, { key: 'fields__Email', label: 'Email' }],
  },
});

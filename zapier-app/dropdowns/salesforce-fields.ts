import { z } from 'zod';
import { salesforcePeople } from '../connection/people.ts';
import { personObject } from '../fields/person-object.ts';
import { readInput } from '../step-input.ts';
import { defineDropdown } from './dropdown.ts';

const input = z.object({ object: personObject });

export const salesforceFields = defineDropdown('salesforce_fields', 'Salesforce Field', async (step) => {
  const { object } = readInput(input, step.input);
  const { fields } = await salesforcePeople(step, object).describe();
  return [...fields.values()].map(({ name, label }) => ({ id: name, label: `${label} (${name})` }));
});

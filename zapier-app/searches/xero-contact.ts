import { createContacts } from '@stackbridge/shared-mappers/connectors/xero/contacts.ts';
import { defineSearch } from 'zapier-platform-core';
import { z } from 'zod';
import { xeroClient } from '../connection/xero.ts';
import { ORGANISATION_FIELD, organisation } from '../fields/organisation.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({
  organisation,
  by: z.enum(['name', 'number']).default('name'),
  value: z.string().min(1),
});

export const xeroContact = defineSearch({
  key: 'xero_contact',
  noun: 'Xero Contact',
  display: {
    label: 'Find Xero Contact',
    description: 'Finds a contact in Xero by its name or its contact number, archived contacts among them.',
  },
  operation: {
    inputFields: [
      ORGANISATION_FIELD,
      {
        key: 'by',
        label: 'Search By',
        type: 'string',
        required: true,
        default: 'name',
        choices: { name: 'Name', number: 'Contact Number' },
        helpText:
          'The contact number is the one that other systems give a contact; most people search by name.',
      },
      {
        key: 'value',
        label: 'Value to Search For',
        type: 'string',
        required: true,
        helpText: 'The whole name or number, whatever its capital letters.',
      },
    ],
    perform: step(async (step) => {
      const { organisation, by, value } = readInput(input, step.input);
      const contacts = createContacts(await xeroClient(step, organisation));
      const found = await (by === 'name'
        ? contacts.contactsByName([value])
        : contacts.contactsByNumber([value]));
      // Who can be billed stands first.
      return found.toSorted((a, b) => Number(b.active) - Number(a.active));
    }),
    sample: {
      id: '5b96e86b-418e-48e8-8949-308c14aec278',
      name: 'Analytical Engines Ltd',
      number: 'zoho-4000000012345',
      active: true,
    },
    outputFields: [
      { key: 'id', label: 'Contact ID' },
      { key: 'name', label: 'Name' },
      { key: 'number', label: 'Contact Number' },
      { key: 'active', label: 'Is Active', type: 'boolean' },
    ],
  },
});

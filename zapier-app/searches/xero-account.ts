import { readAccounts } from '@stackbridge/shared-mappers/connectors/xero/describe.ts';
import { defineSearch } from 'zapier-platform-core';
import { z } from 'zod';
import { xeroClient } from '../connection/xero.ts';
import { ORGANISATION_FIELD, organisation } from '../fields/organisation.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ organisation, account: z.string().min(1) });

export const xeroAccount = defineSearch({
  key: 'xero_account',
  noun: 'Xero Account',
  display: {
    label: 'Find Xero Account',
    description: 'Finds an account of the chart of accounts in Xero by its code or its name.',
  },
  operation: {
    inputFields: [
      ORGANISATION_FIELD,
      {
        key: 'account',
        label: 'Code or Name',
        type: 'string',
        required: true,
        helpText: 'The code of the account, such as 200, or its whole name, such as Sales.',
      },
    ],
    perform: step(async (step) => {
      const { organisation, account } = readInput(input, step.input);
      const wanted = account.trim().toLowerCase();
      const accounts = await readAccounts(await xeroClient(step, organisation));
      const byCode = accounts.filter(({ code }) => code.toLowerCase() === wanted);
      const found =
        byCode.length > 0 ? byCode : accounts.filter(({ name }) => name.trim().toLowerCase() === wanted);
      return found.map((one) => ({ ...one }));
    }),
    sample: {
      id: 'ebd06280-af70-4bed-97c6-7451a454ad85',
      code: '200',
      name: 'Sales',
      active: true,
      class: 'revenue',
      type: 'REVENUE',
      taxType: 'OUTPUT2',
      isSystem: false,
    },
    outputFields: [
      { key: 'id', label: 'Account ID' },
      { key: 'code', label: 'Code' },
      { key: 'name', label: 'Name' },
      { key: 'active', label: 'Is Active', type: 'boolean' },
      { key: 'class', label: 'Class' },
      { key: 'type', label: 'Type' },
      { key: 'taxType', label: 'Tax Type' },
      { key: 'isSystem', label: 'Is a System Account', type: 'boolean' },
    ],
  },
});

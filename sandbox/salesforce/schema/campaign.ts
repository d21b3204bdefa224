import {
  checkbox,
  currency,
  date,
  field,
  number,
  picklist,
  READ_ONLY,
  REQUIRED,
  reference,
  text,
  textarea,
} from './field.ts';
import { type ObjectSchema, objectSchema } from './object-schema.ts';
import { systemFields, usageFields } from './shared-fields.ts';

const TYPES = [
  'Conference',
  'Webinar',
  'Trade Show',
  'Public Relations',
  'Partners',
  'Referral Program',
  'Advertisement',
  'Banner Ads',
  'Direct Mail',
  'Email',
  'Telemarketing',
  'Other',
];

export function campaignSchema(): ObjectSchema {
  return objectSchema('Campaign', 'Campaign', 'Campaigns', '701', [
    ...systemFields('Campaign'),
    text('Name', 'Name', 80, { ...REQUIRED, nameField: true, idLookup: true }),
    reference('ParentId', 'Parent Campaign ID', ['Campaign'], 'Parent'),
    picklist('Type', 'Type', TYPES, { defaultValue: 'Conference' }),
    picklist('Status', 'Status', ['Planned', 'In Progress', 'Completed', 'Aborted'], {
      defaultValue: 'Planned',
    }),
    date('StartDate', 'Start Date'),
    date('EndDate', 'End Date'),
    currency('ExpectedRevenue', 'Expected Revenue in Campaign'),
    currency('BudgetedCost', 'Budgeted Cost in Campaign'),
    currency('ActualCost', 'Actual Cost in Campaign'),
    field('percent', 'ExpectedResponse', 'Expected Response (%)', { precision: 10, scale: 2 }),
    number('NumberSent', 'Num Sent in Campaign', 18),
    checkbox('IsActive', 'Active', { permissionable: true }),
    textarea('Description', 'Description', 32000),
    ...['Leads', 'ConvertedLeads', 'Contacts', 'Responses'].map((what) =>
      field('int', `NumberOf${what}`, `${what.replace('dL', 'd L')} in Campaign`, {
        ...READ_ONLY,
        nillable: false,
        permissionable: true,
      }),
    ),
    ...usageFields(),
    text('Mailchimp_Campaign_Id__c', 'Mailchimp Campaign Id', 20, { externalId: true, unique: true }),
  ]);
}

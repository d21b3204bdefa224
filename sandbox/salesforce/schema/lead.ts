import { engagementFields } from './engagement.ts';
import {
  checkbox,
  currency,
  date,
  datetime,
  field,
  phone,
  picklist,
  READ_ONLY,
  REQUIRED,
  reference,
  text,
  textarea,
  UNSECURED,
  url,
} from './field.ts';
import { type ObjectSchema, objectSchema } from './object-schema.ts';
import {
  addressFields,
  cleaningFields,
  INDUSTRIES,
  LEAD_SOURCES,
  mergeField,
  personNameFields,
  systemFields,
  usageFields,
} from './shared-fields.ts';
import { consentFields, syncFields } from './sync-fields.ts';

const STATUSES = [
  'Open - Not Contacted',
  'Working - Contacted',
  'Closed - Converted',
  'Closed - Not Converted',
];
const SET_BY_CONVERSION = { ...READ_ONLY, ...UNSECURED };
/** An administrator's permission, not a create call, lets a lead's bounce be edited. */
const UPDATE_ONLY = { ...UNSECURED, createable: false };

export function leadSchema(): ObjectSchema {
  return objectSchema('Lead', 'Lead', 'Leads', '00Q', [
    ...systemFields('Lead'),
    mergeField('Lead'),
    ...personNameFields(),
    text('Title', 'Title', 128),
    text('Company', 'Company', 255, REQUIRED),
    ...addressFields(),
    phone('Phone', 'Phone'),
    phone('MobilePhone', 'Mobile Phone'),
    phone('Fax', 'Fax'),
    field('email', 'Email', 'Email', { length: 80, idLookup: true }),
    url('Website', 'Website'),
    url('PhotoUrl', 'Photo URL', { ...READ_ONLY, ...UNSECURED, extraTypeInfo: 'imageurl' }),
    textarea('Description', 'Description', 32000),
    picklist('LeadSource', 'Lead Source', LEAD_SOURCES),
    picklist('Status', 'Status', STATUSES, { ...REQUIRED, defaultValue: 'Open - Not Contacted' }),
    picklist('Industry', 'Industry', INDUSTRIES),
    picklist('Rating', 'Rating', ['Hot', 'Warm', 'Cold']),
    currency('AnnualRevenue', 'Annual Revenue'),
    field('int', 'NumberOfEmployees', 'Employees'),
    ...usageFields(['Group', 'User']),
    checkbox('IsConverted', 'Converted', { ...UNSECURED, updateable: false }),
    date('ConvertedDate', 'Converted Date', SET_BY_CONVERSION),
    reference(
      'ConvertedAccountId',
      'Converted Account ID',
      ['Account'],
      'ConvertedAccount',
      SET_BY_CONVERSION,
    ),
    reference(
      'ConvertedContactId',
      'Converted Contact ID',
      ['Contact'],
      'ConvertedContact',
      SET_BY_CONVERSION,
    ),
    reference(
      'ConvertedOpportunityId',
      'Converted Opportunity ID',
      ['Opportunity'],
      'ConvertedOpportunity',
      SET_BY_CONVERSION,
    ),
    checkbox('IsUnreadByOwner', 'Unread By Owner', UNSECURED),
    text('EmailBouncedReason', 'Email Bounced Reason', 255, UPDATE_ONLY),
    datetime('EmailBouncedDate', 'Email Bounced Date', UPDATE_ONLY),
    ...cleaningFields(),
    text('JigsawContactId', 'Jigsaw Contact ID', 20, {
      ...READ_ONLY,
      ...UNSECURED,
      relationshipName: 'JigsawContact',
    }),
    text('CompanyDunsNumber', 'Company D-U-N-S Number', 9),
    ...consentFields(),
    ...syncFields(),
    ...engagementFields(),
  ]);
}

import {
  currency,
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
  systemFields,
  usageFields,
} from './shared-fields.ts';

const TYPES = [
  'Prospect',
  'Customer - Direct',
  'Customer - Channel',
  'Channel Partner / Reseller',
  'Installation Partner',
  'Technology Partner',
  'Other',
];

export function accountSchema(): ObjectSchema {
  return objectSchema('Account', 'Account', 'Accounts', '001', [
    ...systemFields('Account'),
    mergeField('Account'),
    text('Name', 'Account Name', 255, {
      ...REQUIRED,
      nameField: true,
      compoundFieldName: 'Name',
      extraTypeInfo: 'switchablepersonname',
    }),
    picklist('Type', 'Account Type', TYPES),
    reference('ParentId', 'Parent Account ID', ['Account'], 'Parent'),
    ...addressFields('Billing'),
    ...addressFields('Shipping'),
    phone('Phone', 'Account Phone'),
    phone('Fax', 'Account Fax'),
    text('AccountNumber', 'Account Number', 40),
    url('Website', 'Website'),
    url('PhotoUrl', 'Photo URL', { ...READ_ONLY, ...UNSECURED, extraTypeInfo: 'imageurl' }),
    text('Sic', 'SIC Code', 20),
    picklist('Industry', 'Industry', INDUSTRIES),
    currency('AnnualRevenue', 'Annual Revenue'),
    field('int', 'NumberOfEmployees', 'Employees'),
    picklist('Ownership', 'Ownership', ['Public', 'Private', 'Subsidiary', 'Other']),
    text('TickerSymbol', 'Ticker Symbol', 20),
    textarea('Description', 'Account Description', 32000),
    picklist('Rating', 'Account Rating', ['Hot', 'Warm', 'Cold']),
    text('Site', 'Account Site', 80),
    ...usageFields(),
    ...cleaningFields(),
    picklist('AccountSource', 'Account Source', LEAD_SOURCES),
  ]);
}

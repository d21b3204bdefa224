import type { FieldSchema, ObjectSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';

/** A Salesforce field as its describe tells it. */
export function crm(name: string, kind: FieldSchema['kind'], more: Partial<FieldSchema> = {}): FieldSchema {
  return {
    name,
    label: name,
    kind,
    path: name.split('.'),
    creatable: true,
    updatable: true,
    required: false,
    unique: false,
    lengthUnit: 'characters',
    restricted: false,
    empty: null,
    ...more,
  };
}

/** A Mailchimp merge field, or with a path of its own a field of every member. */
export function merge(name: string, kind: FieldSchema['kind'], more: Partial<FieldSchema> = {}): FieldSchema {
  return {
    name,
    label: name,
    kind,
    path: ['merge_fields', name],
    creatable: true,
    updatable: true,
    required: false,
    unique: false,
    lengthUnit: 'bytes',
    restricted: kind === 'picklist',
    empty: '',
    ...(kind === 'text' || kind === 'url' || kind === 'phone' ? { maxLength: 255 } : {}),
    ...more,
  };
}

function crmAddress(name: string, prefix: string): FieldSchema {
  return crm(name, 'address', {
    parts: {
      street: [`${prefix}Street`],
      city: [`${prefix}City`],
      state: [`${prefix}State`],
      postalCode: [`${prefix}PostalCode`],
      country: [`${prefix}Country`],
    },
    partLengths: { street: 255, city: 40, state: 80, postalCode: 20, country: 80 },
  });
}

function memberAddress(name: string): FieldSchema {
  const path = ['merge_fields', name];
  return merge(name, 'address', {
    parts: {
      street: [...path, 'addr1'],
      street2: [...path, 'addr2'],
      city: [...path, 'city'],
      state: [...path, 'state'],
      postalCode: [...path, 'zip'],
      country: [...path, 'country'],
    },
    requiredParts: ['street', 'city', 'state', 'postalCode'],
  });
}

function schemaOf(
  system: ObjectSchema['system'],
  object: string,
  fields: readonly FieldSchema[],
): ObjectSchema {
  return { system, object, label: object, fields: new Map(fields.map((field) => [field.name, field])) };
}

const TIERS = ['Bronze', 'Silver', 'Gold'];
const TOPICS = ['News', 'Offers', 'Events', 'Product'];
const readOnly = { creatable: false, updatable: false };

export const CONTACT = schemaOf('salesforce', 'Contact', [
  crm('Id', 'id', readOnly),
  crm('FirstName', 'text', { maxLength: 40 }),
  crm('LastName', 'text', { maxLength: 80, required: true }),
  crm('Email', 'email', { maxLength: 80 }),
  crm('Phone', 'phone', { maxLength: 40 }),
  crm('MobilePhone', 'phone', { maxLength: 40 }),
  crm('Title', 'text', { maxLength: 128 }),
  crm('Description', 'text', { maxLength: 32000 }),
  crm('Account.Name', 'text', { ...readOnly, maxLength: 255 }),
  crm('Birthdate', 'date'),
  crm('Customer_Since__c', 'date'),
  crm('Customer_Tier__c', 'picklist', { choices: TIERS, restricted: true }),
  crm('LeadSource', 'picklist', { choices: ['Web', 'Other'], maxLength: 40 }),
  crm('Loyalty_Points__c', 'number', { scale: 0 }),
  crm('Discount__c', 'number', { scale: 2 }),
  crm('Website__c', 'url', { maxLength: 255 }),
  crm('Newsletter_Topics__c', 'set', { choices: TOPICS, setShape: 'semicolons', maxLength: 4099 }),
  crm('Regions__c', 'set', { choices: ['North', 'South'], restricted: true, setShape: 'semicolons' }),
  crm('Is_Partner__c', 'boolean'),
  crm('Last_Seen__c', 'datetime'),
  crm('LastModifiedDate', 'datetime', readOnly),
  crm('HasOptedOutOfEmail', 'boolean'),
  crm('Newsletter_Opt_Out__c', 'boolean'),
  crm('Email_Status__c', 'text', { maxLength: 40 }),
  crm('Mailchimp_Contact_Id__c', 'text', { maxLength: 50, unique: true }),
  crm('Stackbridge_Stamp__c', 'text', { maxLength: 255 }),
  crmAddress('MailingAddress', 'Mailing'),
]);

export const LEAD = schemaOf('salesforce', 'Lead', [
  ...[...CONTACT.fields.values()].filter((field) => !/^(Account|Mailing|Birth)/.test(field.name)),
  crm('Company', 'text', { maxLength: 255, required: true }),
  crmAddress('Address', ''),
]);

export const AUDIENCE = schemaOf('mailchimp', 'aud0000001', [
  merge('contact_id', 'id', { ...readOnly, path: ['contact_id'], unique: true }),
  merge('email_address', 'email', { path: ['email_address'], required: true, unique: true }),
  merge('status', 'status', { ...readOnly, path: ['status'] }),
  merge('language', 'text', { path: ['language'] }),
  merge('vip', 'boolean', { path: ['vip'] }),
  merge('tags', 'set', { path: ['tags'], setShape: 'names' }),
  merge('interests.Topics', 'set', {
    path: ['interests'],
    setShape: 'flags',
    restricted: true,
    choices: TOPICS,
    choiceIds: { News: 'id-news', Offers: 'id-offers', Events: 'id-events', Product: 'id-product' },
  }),
  merge('FNAME', 'text'),
  merge('LNAME', 'text'),
  merge('TITLE', 'text'),
  merge('COMPANY', 'text'),
  merge('NOTES', 'text'),
  merge('SINCETEXT', 'text'),
  merge('SBSTAMP', 'text'),
  merge('PHONE', 'phone'),
  merge('USPHONE', 'phone', { phoneFormat: 'us' }),
  merge('BIRTHDAY', 'birthday'),
  merge('SINCE', 'date'),
  merge('TIER', 'picklist', { choices: TIERS }),
  merge('CODE', 'picklist', { choices: ['B', 'S', 'G'] }),
  merge('PARTNER', 'picklist', { choices: ['Yes', 'No'] }),
  merge('POINTS', 'number'),
  merge('WEBSITE', 'url'),
  memberAddress('ADDRESS'),
]);

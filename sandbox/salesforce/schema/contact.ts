import { engagementFields } from './engagement.ts';
import {
  checkbox,
  date,
  datetime,
  field,
  phone,
  picklist,
  READ_ONLY,
  reference,
  text,
  textarea,
  UNSECURED,
  url,
} from './field.ts';
import type { ObjectSchema } from './object-schema.ts';
import { objectSchema } from './object-schema.ts';
import {
  addressFields,
  cleaningFields,
  LEAD_SOURCES,
  mergeField,
  personNameFields,
  systemFields,
  usageFields,
} from './shared-fields.ts';
import { consentFields, syncFields } from './sync-fields.ts';

export function contactSchema(): ObjectSchema {
  return objectSchema('Contact', 'Contact', 'Contacts', '003', [
    ...systemFields('Contact'),
    mergeField('Contact'),
    reference('AccountId', 'Account ID', ['Account'], 'Account', { cascadeDelete: false }),
    ...personNameFields(),
    ...addressFields('Mailing'),
    ...addressFields('Other'),
    phone('Phone', 'Business Phone'),
    phone('Fax', 'Business Fax'),
    phone('MobilePhone', 'Mobile Phone'),
    phone('HomePhone', 'Home Phone'),
    phone('OtherPhone', 'Other Phone'),
    phone('AssistantPhone', 'Asst. Phone'),
    reference('ReportsToId', 'Reports To ID', ['Contact'], 'ReportsTo'),
    field('email', 'Email', 'Email', { length: 80, idLookup: true }),
    text('Title', 'Title', 128),
    text('Department', 'Department', 80),
    text('AssistantName', "Assistant's Name", 40),
    picklist('LeadSource', 'Lead Source', LEAD_SOURCES),
    date('Birthdate', 'Birthdate'),
    textarea('Description', 'Contact Description', 32000),
    ...usageFields(),
    datetime('LastCURequestDate', 'Last Stay-in-Touch Request Date', { ...READ_ONLY, ...UNSECURED }),
    datetime('LastCUUpdateDate', 'Last Stay-in-Touch Save Date', { ...READ_ONLY, ...UNSECURED }),
    text('EmailBouncedReason', 'Email Bounced Reason', 255, UNSECURED),
    datetime('EmailBouncedDate', 'Email Bounced Date', UNSECURED),
    checkbox('IsEmailBounced', 'Is Email Bounced', { ...READ_ONLY, ...UNSECURED }),
    url('PhotoUrl', 'Photo URL', { ...READ_ONLY, ...UNSECURED, extraTypeInfo: 'imageurl' }),
    ...cleaningFields(),
    text('JigsawContactId', 'Jigsaw Contact ID', 20, {
      ...READ_ONLY,
      ...UNSECURED,
      relationshipName: 'JigsawContact',
    }),
    ...consentFields(),
    ...syncFields(),
    ...engagementFields(),
  ]);
}

import { checkbox, date, field, picklist, READ_ONLY, reference, text, UNSECURED } from './field.ts';
import { type ObjectSchema, objectSchema } from './object-schema.ts';
import { systemFields } from './shared-fields.ts';

const FIXED_ON_CREATE = { ...UNSECURED, updateable: false, cascadeDelete: true };
const COPIED = { ...READ_ONLY, ...UNSECURED };

/** Membership of a lead or a contact in a campaign: exactly one of the two, once per campaign. */
export function campaignMemberSchema(): ObjectSchema {
  return objectSchema('CampaignMember', 'Campaign Member', 'Campaign Members', '00v', [
    ...systemFields('Campaign Member'),
    reference('CampaignId', 'Campaign ID', ['Campaign'], 'Campaign', { ...FIXED_ON_CREATE, nillable: false }),
    reference('LeadId', 'Lead ID', ['Lead'], 'Lead', FIXED_ON_CREATE),
    reference('ContactId', 'Contact ID', ['Contact'], 'Contact', FIXED_ON_CREATE),
    text('LeadOrContactId', 'Related Record ID', 18, COPIED),
    picklist('Status', 'Status', ['Sent', 'Responded'], { defaultValue: 'Sent' }),
    checkbox('HasResponded', 'Responded', COPIED),
    date('FirstRespondedDate', 'First Responded Date', COPIED),
    picklist('Type', 'Type', ['Lead', 'Contact'], COPIED),
    field('email', 'Email', 'Email', { ...COPIED, length: 80 }),
  ]);
}

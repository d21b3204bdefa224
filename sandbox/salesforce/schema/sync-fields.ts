import { checkbox, type Field, field, number, picklist, text, url } from './field.ts';

/** The custom fields an administrator has prepared on people for the sync: its keys, and a set of typical ones. */
export function syncFields(): Field[] {
  const tiers = ['Bronze', 'Silver', 'Gold'];
  const topics = ['News', 'Offers', 'Events', 'Product'];
  return [
    text('Mailchimp_Contact_Id__c', 'Mailchimp Contact Id', 50, { externalId: true, unique: true }),
    text('Stackbridge_Stamp__c', 'Stackbridge Stamp', 255),
    picklist('Customer_Tier__c', 'Customer Tier', tiers, { length: 255, restrictedPicklist: true }),
    {
      ...picklist('Newsletter_Topics__c', 'Newsletter Topics', topics, { length: 4099 }),
      type: 'multipicklist',
    },
    number('Loyalty_Points__c', 'Loyalty Points', 18),
    url('Website__c', 'Website'),
    text('Preferred_Language__c', 'Preferred Language', 10),
    checkbox('Newsletter_Opt_Out__c', 'Newsletter Opt Out'),
    text('Email_Status__c', 'Email Status', 40),
  ] satisfies Field[];
}

/** Fields of people that the recorded, restricted user could not see but every edition has. */
export function consentFields(): Field[] {
  return [
    checkbox('HasOptedOutOfEmail', 'Email Opt Out', { permissionable: true }),
    checkbox('HasOptedOutOfFax', 'Fax Opt Out', { permissionable: true }),
    checkbox('DoNotCall', 'Do Not Call', { permissionable: true }),
    field('reference', 'IndividualId', 'Individual ID', {
      length: 18,
      referenceTo: ['Individual'],
      relationshipName: 'Individual',
      permissionable: false,
    }),
  ];
}

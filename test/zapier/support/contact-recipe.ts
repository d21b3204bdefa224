import type { Sandbox } from '@stackbridge/sandbox/start.ts';

/** The audience that the sandbox calls Newsletter. */
export const AUDIENCE = 'aud0000001';

export const CONTACT_RECIPE = `
recipe: contact-sync/v1
name: contacts
salesforce: { object: Contact }
mailchimp: { audience: Newsletter }
create: { salesforce: true, mailchimp: true }
base:
  salesforce: Stamp__c
  mailchimp: STAMP
  partner: { salesforce: Member__c, mailchimp: SFID }
fields:
  - { salesforce: FirstName, mailchimp: FNAME }
  - { salesforce: LastName, mailchimp: LNAME, policy: review }
consent: { salesforce: HasOptedOutOfEmail }
`;

/** The same recipe, which shows in Salesforce what Mailchimp says for good. */
export function showingOutcomes(recipe: string): string {
  return recipe.replace('HasOptedOutOfEmail }', 'HasOptedOutOfEmail, statusField: Email_Status__c }');
}

/** Somebody asked Mailchimp to forget this address. */
export function enterForgotten({ admin, mailchimp }: Sandbox, email = 'ada@lovelace.test'): void {
  const contact_id = mailchimp.desk.create(AUDIENCE, { email_address: email, status: 'subscribed' });
  admin.act('mailchimp', 'delete-permanent', { list: AUDIENCE, contact_id });
}

/** Makes the fields that the recipe keeps its base in. */
export function addStampFields({ admin }: Sandbox): void {
  for (const [field, length] of [
    ['Stamp__c', 255],
    ['Member__c', 50],
  ] as const)
    admin.act('salesforce', 'field', {
      object: 'Contact',
      field,
      change: { kind: 'add', definition: { type: 'string', length } },
    });
  for (const tag of ['STAMP', 'SFID'])
    admin.act('mailchimp', 'merge-field', {
      list: AUDIENCE,
      tag,
      change: { kind: 'add', field: { name: tag, type: 'text', public: false } },
    });
}

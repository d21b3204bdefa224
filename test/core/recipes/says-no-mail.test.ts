import { expect, test } from '@jest/globals';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import { type ContactSyncInput, defineRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { saysNoMail } from '@stackbridge/shared-mappers/recipes/says-no-mail.ts';
import { crm, merge } from '../mapping/schemas.ts';

const CRM = {
  system: 'salesforce',
  object: 'Contact',
  label: 'Contact',
  fields: new Map(['Out', 'Closed__c'].map((name) => [name, crm(name, 'boolean')])),
} as const;
const MAIL = {
  system: 'mailchimp',
  object: 'aud1',
  label: 'Newsletter',
  fields: new Map([['status', merge('status', 'status', { path: ['status'] })]]),
} as const;

function recipe(consent?: ContactSyncInput['consent']) {
  return defineRecipe({
    recipe: 'contact-sync/v1',
    name: 'people',
    salesforce: { object: 'Contact' },
    mailchimp: { audience: 'Newsletter' },
    fields: [{ salesforce: 'FirstName', mailchimp: 'FNAME' }],
    ...(consent === undefined ? {} : { consent }),
  });
}

function record(values: JsonObject) {
  return { id: '1', object: 'any', modifiedAt: 0, state: 'live', values } as const;
}

test.each([
  [{ Out: true }, true],
  [{ Out: false, Closed__c: true }, true],
  [{ Out: false, Closed__c: false }, false],
  [{}, false],
])('a contact with %j says so by any of the recipe’s boxes: %p', (values, expected) => {
  const says = saysNoMail(recipe({ salesforce: 'Out', closedBy: ['Closed__c'] }), CRM);
  expect(says(record(values))).toBe(expected);
});

test.each([
  ['unsubscribed', true],
  ['subscribed', false],
  ['archived', false],
])('a member who is %s says so by the status: %p', (status, expected) => {
  expect(saysNoMail(recipe({ salesforce: 'Out' }), MAIL)(record({ status }))).toBe(expected);
});

test('nobody says so to a recipe that looks after no consent', () => {
  expect(saysNoMail(recipe(), CRM)(record({ Out: true }))).toBe(false);
});

import { describe, expect, it } from '@jest/globals';
import { billingVersion } from '@stackbridge/shared-mappers/recipes/billing-version.ts';
import { type ContactSyncInput, defineRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { expenses } from '@stackbridge/shared-mappers/recipes/expenses.ts';
import { writtenVersion } from '@stackbridge/shared-mappers/recipes/mapping-version.ts';

const FIRST = { salesforce: 'FirstName', mailchimp: 'FNAME' } as const;
const LAST = { salesforce: 'LastName', mailchimp: 'LNAME' } as const;
const PEOPLE: ContactSyncInput = {
  recipe: 'contact-sync/v1',
  name: 'people',
  salesforce: { object: 'Contact' },
  mailchimp: { audience: 'Newsletter' },
  fields: [FIRST, LAST],
};

const versionOf = (change: Partial<ContactSyncInput>): string =>
  writtenVersion(defineRecipe({ ...PEOPLE, ...change }));

describe('a recipe for contacts, as it is written', () => {
  it.each<[string, Partial<ContactSyncInput>]>([
    ['a further rule', { fields: [FIRST, LAST, { salesforce: 'Title', mailchimp: 'TITLE' }] }],
    ['a rule less', { fields: [FIRST] }],
    ['another field', { fields: [FIRST, { ...LAST, salesforce: 'Name' }] }],
    ['another direction', { fields: [FIRST, { ...LAST, direction: 'to-mailchimp' }] }],
    ['another filter', { salesforce: { object: 'Contact', filter: 'Title != null' } }],
    ['another audience', { mailchimp: { audience: 'Customers' } }],
    ['people created', { create: { mailchimp: true } }],
    ['consent', { consent: { salesforce: 'HasOptedOutOfEmail' } }],
  ])('is another one with %s', (_, change) => {
    expect(versionOf(change)).not.toBe(versionOf({}));
  });

  it.each<[string, Partial<ContactSyncInput>]>([
    ['another policy', { fields: [FIRST, { ...LAST, policy: 'salesforce' }] }],
    ['its rules in another order', { fields: [LAST, FIRST] }],
    ['another brake', { brakes: { deletes: { atLeast: 3 } } }],
    ['another patience', { patience: '1h' }],
  ])('is the same with %s', (_, change) => {
    expect(versionOf(change)).toBe(versionOf({}));
  });
});

describe('a billing recipe', () => {
  const written = { recipe: 'expenses/v1', name: 'expenses', accounts: {}, cutOver: '2026-07-01' };
  const version = (change: object): string => billingVersion(expenses.parse({ ...written, ...change }));

  it('is another one with everything that decides what is billed and how, the account map among it', () => {
    expect(version({ projects: ['Website'] })).not.toBe(version({}));
    expect(version({ accounts: { taxes: { GST: { purchases: 'INPUT' } } } })).not.toBe(version({}));
  });

  it('is the same however long a run waits, and wherever it stops', () => {
    expect(version({ patience: '1h', brakes: { shrink: { atLeast: 3 } } })).toBe(version({}));
  });
});

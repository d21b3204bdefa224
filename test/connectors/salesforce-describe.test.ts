import { describe, expect, test } from '@jest/globals';
import { readDescribe } from '@stackbridge/shared-mappers/connectors/salesforce/describe.ts';

/** The recorded answer's keys that matter, with the values it has for an ordinary optional text field. */
function field(name: string, changes: Record<string, unknown> = {}) {
  return {
    name,
    label: name,
    type: 'string',
    length: 40,
    scale: 0,
    nillable: true,
    defaultedOnCreate: false,
    createable: true,
    updateable: true,
    unique: false,
    restrictedPicklist: false,
    compoundFieldName: null,
    relationshipName: null,
    referenceTo: [],
    picklistValues: [],
    ...changes,
  };
}

function schemaOf(...fields: object[]) {
  return readDescribe(JSON.stringify({ name: 'Contact', label: 'Contact', fields })).fields;
}

describe('a described field', () => {
  test('is required where it may not be empty and has no default', () => {
    const fields = schemaOf(
      field('LastName', { nillable: false, length: 80 }),
      field('OwnerId', { nillable: false, defaultedOnCreate: true, type: 'reference' }),
      field('Name', { nillable: false, createable: false, updateable: false }),
    );
    expect([...fields.values()].map(({ name, required }) => [name, required])).toEqual([
      ['LastName', true],
      ['OwnerId', false],
      ['Name', false],
    ]);
  });

  test('offers its active choices only', () => {
    const picklistValues = [
      { active: true, value: 'Gold' },
      { active: false, value: 'Wood' },
    ];
    const fields = schemaOf(
      field('Topics__c', { type: 'multipicklist', length: 4099, restrictedPicklist: true, picklistValues }),
    );
    expect(fields.get('Topics__c')).toEqual({
      name: 'Topics__c',
      label: 'Topics__c',
      kind: 'set',
      path: ['Topics__c'],
      creatable: true,
      updatable: true,
      required: false,
      unique: false,
      maxLength: 4099,
      lengthUnit: 'characters',
      restricted: true,
      empty: null,
      choices: ['Gold'],
      setShape: 'semicolons',
    });
  });

  test.each([
    ['double', { scale: 2, length: 0 }, { kind: 'number', scale: 2 }],
    ['int', { length: 0 }, { kind: 'number', scale: 0 }],
    ['email', { length: 80 }, { kind: 'email', maxLength: 80 }],
    ['datetime', { length: 0 }, { kind: 'datetime' }],
    ['boolean', { length: 0 }, { kind: 'boolean' }],
    ['url', { length: 255 }, { kind: 'url', maxLength: 255 }],
  ])('of type %s keeps what limits its values', (type, changes, expected) => {
    expect(schemaOf(field('X__c', { type, ...changes })).get('X__c')).toMatchObject(expected);
  });
});

describe('an address', () => {
  const parts = ['Street', 'City', 'State', 'PostalCode', 'Country'].map((part) =>
    field(`Mailing${part}`, { compoundFieldName: 'MailingAddress', length: part === 'Street' ? 255 : 40 }),
  );
  const compound = field('MailingAddress', {
    type: 'address',
    length: 0,
    createable: false,
    updateable: false,
  });

  test('is written through its parts', () => {
    expect(schemaOf(...parts, compound).get('MailingAddress')).toMatchObject({
      kind: 'address',
      creatable: true,
      updatable: true,
      parts: {
        street: ['MailingStreet'],
        city: ['MailingCity'],
        state: ['MailingState'],
        postalCode: ['MailingPostalCode'],
        country: ['MailingCountry'],
      },
      partLengths: { street: 255, city: 40 },
    });
  });

  test('goes by codes where the org has state and country picklists', () => {
    const codes = ['StateCode', 'CountryCode'].map((part) =>
      field(`Mailing${part}`, { compoundFieldName: 'MailingAddress', length: 10, type: 'picklist' }),
    );
    expect(schemaOf(...parts, ...codes, compound).get('MailingAddress')?.parts).toMatchObject({
      state: ['MailingStateCode'],
      country: ['MailingCountryCode'],
    });
  });
});

test("an account's name can be read through its reference, never written", () => {
  const fields = schemaOf(
    field('AccountId', { type: 'reference', relationshipName: 'Account', referenceTo: ['Account'] }),
  );
  expect(fields.get('Account.Name')).toMatchObject({
    path: ['Account', 'Name'],
    creatable: false,
    updatable: false,
  });
});

test('an answer of another shape is named as such', () => {
  expect(() => readDescribe('{"fields":"none"}')).toThrow('salesforce answered in an unknown shape');
});

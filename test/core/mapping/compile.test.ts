import { describe, expect, test } from '@jest/globals';
import type { ObjectSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import { compiledRule, mapping, problems, rule } from './rules.ts';
import { CONTACT } from './schemas.ts';

const consent = { path: ['consent'], optOut: 'HasOptedOutOfEmail', closedBy: ['Newsletter_Opt_Out__c'] };

function without(schema: ObjectSchema, ...names: string[]): ObjectSchema {
  return { ...schema, fields: new Map([...schema.fields].filter(([name]) => !names.includes(name))) };
}

describe('a compiled field map', () => {
  test('keeps the match address in step although the recipe says nothing about it', () => {
    const { map } = mapping([rule('FirstName', 'FNAME')]);

    expect(map.rules.map(({ index, name, type, isEmail }) => ({ index, name, type, isEmail }))).toEqual([
      { index: 0, name: 'Email ↔ email_address', type: 'email', isEmail: true },
      { index: 1, name: 'FirstName ↔ FNAME', type: 'text', isEmail: false },
    ]);
  });

  test('reads a record into one canonical value a rule', () => {
    const { map } = mapping([rule('FirstName', 'FNAME'), rule('Loyalty_Points__c', 'POINTS')]);

    const contact = { Email: 'A@b.test', FirstName: ' Ann', Loyalty_Points__c: 7 };
    const member = { email_address: 'a@b.test', merge_fields: { FNAME: 'Ann', POINTS: '' } };
    expect(map.rules.map(({ read }) => read.left(contact))).toEqual(['a@b.test', 'Ann', '7']);
    expect(map.rules.map(({ read }) => read.right(member))).toEqual(['a@b.test', 'Ann', '']);
  });

  test('selects every column that rules, consent, matching and the loop read, once', () => {
    const { map } = mapping(
      [
        rule({ concat: ['FirstName', 'LastName'] }, 'NOTES', { direction: 'to-right' }),
        rule('LastName', 'LNAME'),
        rule('MailingAddress', 'ADDRESS'),
        rule('Newsletter_Topics__c', 'interests.Topics'),
      ],
      {
        consent: { ...consent, statusField: 'Email_Status__c' },
        match: ['email', { left: 'Mailchimp_Contact_Id__c', right: 'contact_id' }],
        reads: { left: [{ field: 'LeadSource', path: ['owner', 'field'] }], right: [] },
      },
    );

    expect(map.columns).toEqual({
      left: [
        'Email',
        'FirstName',
        'LastName',
        'MailingStreet',
        'MailingCity',
        'MailingState',
        'MailingPostalCode',
        'MailingCountry',
        'Newsletter_Topics__c',
        'Email_Status__c',
        'Mailchimp_Contact_Id__c',
        'LeadSource',
        'HasOptedOutOfEmail',
        'Newsletter_Opt_Out__c',
      ],
      right: [
        'email_address',
        'merge_fields.NOTES',
        'merge_fields.LNAME',
        'merge_fields.ADDRESS',
        'interests.id-news',
        'interests.id-offers',
        'interests.id-events',
        'interests.id-product',
        'status',
        'contact_id',
      ],
    });
  });

  test('matches by the address and by other pairs of fields, in order', () => {
    const { matchKeys } = mapping([], {
      match: [{ left: 'Mailchimp_Contact_Id__c', right: 'contact_id' }, 'email'],
    });

    expect(
      matchKeys.map(({ name, fields, read }) => ({
        name,
        fields,
        left: read.left({ Email: 'A@b.test', Mailchimp_Contact_Id__c: 'c1' }),
        right: read.right({ email_address: 'a@B.test', contact_id: 'c1' }),
      })),
    ).toEqual([
      {
        name: 'Mailchimp_Contact_Id__c ↔ contact_id',
        fields: { left: 'Mailchimp_Contact_Id__c', right: 'contact_id' },
        left: 'c1',
        right: 'c1',
      },
      {
        name: 'email',
        fields: { left: 'Email', right: 'email_address' },
        left: 'a@b.test',
        right: 'a@b.test',
      },
    ]);
  });
});

describe('the type of a rule', () => {
  test.each([
    ['FirstName', 'FNAME', 'text'],
    ['Phone', 'FNAME', 'phone'],
    ['FirstName', 'SINCE', 'date'],
    ['Last_Seen__c', 'SINCE', 'date'],
    ['Is_Partner__c', 'PARTNER', 'boolean'],
    ['Is_Partner__c', 'POINTS', 'boolean'],
    ['LeadSource', 'NOTES', 'picklist'],
    ['Loyalty_Points__c', 'NOTES', 'number'],
    ['Newsletter_Topics__c', 'NOTES', 'set'],
  ])('of %s and %s is inferred: %s', (left, right, type) => {
    expect(compiledRule(rule(left, right)).type).toBe(type);
  });

  test.each([
    ['Website__c', 'PHONE', undefined, 'Website__c (url) and PHONE (phone) have no type in common'],
    ['Title', 'POINTS', 'date', 'Title (text) and POINTS (number) cannot both hold a date'],
    [
      'MailingAddress',
      'NOTES',
      undefined,
      'MailingAddress (address) and NOTES (text) have no type in common',
    ],
  ] as const)('that %s and %s cannot share is refused', (left, right, type, message) => {
    expect(problems([rule(left, right, { type })]).map((problem) => problem.message)).toEqual([message]);
  });
});

describe('the key of a rule', () => {
  const keyOf = (...definitions: Parameters<typeof mapping>[0]): string[] =>
    mapping(definitions).map.rules.map(({ key }) => key);

  test('has four characters and stays while its meaning stays', () => {
    const [, first] = keyOf(rule('FirstName', 'FNAME'));

    expect(first).toMatch(/^[\w-]{4}$/);
    expect(keyOf(rule('LastName', 'LNAME'), rule('FirstName', 'FNAME'))[2]).toBe(first);
    expect(
      keyOf(rule('FirstName', 'FNAME', { policy: 'left', name: 'first name', direction: 'to-right' }))[1],
    ).toBe(first);
  });

  test.each([
    rule('Title', 'FNAME'),
    rule('FirstName', 'NOTES'),
    rule('FirstName', 'FNAME', { tooLong: 'refuse' }),
  ])('changes with its meaning', (definition) => {
    expect(keyOf(definition)[1]).not.toBe(keyOf(rule('FirstName', 'FNAME'))[1]);
  });
});

describe('emptying', () => {
  test('a field that may not be empty is never emptied, with or without the recipe saying so', () => {
    const lastName = compiledRule(rule('LastName', 'LNAME'));

    expect(lastName.keepNonEmpty).toBe(true);
    expect(lastName.write.left('', {})).toEqual({
      code: 'FIELD_REQUIRED',
      message: 'LastName may not be empty',
    });
  });

  test('a default stands for empty in the required field, and reads as empty', () => {
    const lastName = compiledRule(rule('LastName', 'LNAME', { default: '[not provided]' }));
    const payload = {};

    expect(lastName.write.left('', payload)).toBeUndefined();
    expect(payload).toEqual({ LastName: '[not provided]' });
    expect(lastName.read.left(payload)).toBe('');
    expect(lastName.keepNonEmpty).toBe(false);
  });
});

describe('consent', () => {
  const map = mapping([], { consent }).map.consent;

  test.each([
    [{ HasOptedOutOfEmail: false, Newsletter_Opt_Out__c: false }, 'in'],
    [{ HasOptedOutOfEmail: true, Newsletter_Opt_Out__c: false }, 'out'],
    [{ HasOptedOutOfEmail: false, Newsletter_Opt_Out__c: true }, 'out'],
    [{ HasOptedOutOfEmail: null }, 'unset'],
  ])('%j in Salesforce says %s: any box that is ticked closes the audience', (values, state) => {
    expect(map?.read.left(values)).toBe(state);
  });

  test.each([
    ['subscribed', 'in'],
    ['unsubscribed', 'out'],
    ['pending', 'pending'],
    ['cleaned', 'cleaned'],
    ['transactional', 'none'],
    ['archived', 'unset'],
  ])('%s in Mailchimp says %s', (status, state) => {
    expect(map?.read.right({ status })).toBe(state);
  });

  test('an opt-out is written to its own box only', () => {
    const payload = {};

    map?.writeLeft(true, payload);

    expect(payload).toEqual({ HasOptedOutOfEmail: true });
  });

  test('a hidden box stops everything: an opt-out may stand in it', () => {
    const left = without(CONTACT, 'HasOptedOutOfEmail', 'Newsletter_Opt_Out__c');

    expect(problems([], { consent, left }).map(({ code, path }) => ({ code, path }))).toEqual([
      { code: 'BRAKE_CONSENT_HIDDEN', path: ['consent', 'salesforce'] },
      { code: 'BRAKE_CONSENT_HIDDEN', path: ['consent', 'closedBy', 0] },
    ]);
  });

  test('a bounced address is said in the status field, and anybody else’s word there stays', () => {
    const { map: shown } = mapping([], { consent: { ...consent, statusField: 'Email_Status__c' } });
    const status = shown.rules.at(-1);
    const read = (left: JsonObject, right: JsonObject) => [
      status?.read.left(left),
      status?.read.right(right),
    ];

    expect(status?.direction).toBe('to-left');
    expect(read({ Email_Status__c: 'asked by phone' }, { status: 'subscribed' })).toEqual(['', '']);
    expect(read({ Email_Status__c: 'Cleaned' }, { status: 'cleaned' })).toEqual(['cleaned', 'cleaned']);
  });
});

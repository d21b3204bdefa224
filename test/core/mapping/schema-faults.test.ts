import { describe, expect, test } from '@jest/globals';
import type { ObjectSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';
import { problems, rule } from './rules.ts';
import { AUDIENCE, CONTACT, crm } from './schemas.ts';

describe('faults against the live schemas', () => {
  test('are all found at once, each with its place', () => {
    const found = problems(
      [
        rule('FirstNam', 'FNAME'),
        rule('LastName', 'NAME'),
        rule('Account.Name', 'COMPANY'),
        rule({ concat: ['FirstName', 'Nickname'] }, 'NOTES', { direction: 'to-right' }),
        rule({ firstNonEmpty: ['MobilePhone', 'Phone'] }, 'PHONE'),
        rule('Birthdate', 'BIRTHDAY'),
        rule('Description', 'TITLE', { tooLong: 'refuse' }),
        rule('LeadSource', 'TIER', { direction: 'to-right' }),
        rule('Title', 'SBSTAMP', { policy: 'union' }),
        rule('Website__c', 'WEBSITE', { tooLong: 'cut' }),
      ],
      { match: [{ left: 'Legacy__c', right: 'contact_id' }] },
    );

    expect(found.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual([
      'BRAKE_FIELD_MISSING fields.0.salesforce',
      'BRAKE_FIELD_MISSING fields.1.mailchimp',
      'BRAKE_FIELD_READ_ONLY fields.2.salesforce',
      'BRAKE_FIELD_MISSING fields.3.salesforce.concat.1',
      'RECIPE_INVALID fields.4.salesforce',
      'RECIPE_INVALID fields.5',
      'BRAKE_FIELD_TOO_SHORT fields.6.mailchimp',
      'BRAKE_CHOICES fields.7.mailchimp',
      'RECIPE_INVALID fields.8.policy',
      'RECIPE_INVALID fields.9.tooLong',
      'BRAKE_FIELD_MISSING match.0.salesforce',
    ]);
  });

  test('name what was probably meant', () => {
    expect(problems([rule('FirstNam', 'fname')]).map((problem) => problem.suggestion)).toEqual([
      'Did you mean FirstName?',
      'Did you mean FNAME?',
    ]);
  });

  test.each([
    ['concat', rule({ concat: ['FirstName', 'LastName'] }, 'NOTES')],
    ['split', rule({ split: 'Title', part: 1 }, 'NOTES')],
    ['firstNonEmpty', rule({ firstNonEmpty: ['MobilePhone', 'Phone'] }, 'PHONE')],
    ['constant', rule({ constant: 'crm' }, 'NOTES')],
  ])('a two-way rule with %s is refused: it cannot be reversed', (kind, definition) => {
    expect(
      problems([definition]).map(({ message, suggestion }) => ({
        isClear: message.startsWith(kind),
        suggestion,
      })),
    ).toEqual([{ isClear: true, suggestion: 'direction: to-mailchimp' }]);
  });

  test('a two-way lookup has to be one to one, and complete', () => {
    const found = problems([
      rule('Customer_Tier__c', 'CODE', { lookup: { Gold: 'G', Silver: 'G', Platinum: 'X' } }),
    ]);

    expect(found.map(({ code, path, message }) => [code, path.join('.'), message])).toEqual([
      [
        'RECIPE_INVALID',
        'fields.0.lookup',
        'Several words of Customer_Tier__c stand for G: the table cannot be read backwards',
      ],
      ['BRAKE_CHOICES', 'fields.0.lookup', 'The table has no entry for Bronze of Customer_Tier__c'],
      ['BRAKE_CHOICES', 'fields.0.lookup.Platinum', 'CODE has no choice X'],
      ['BRAKE_CHOICES', 'fields.0.lookup', 'The table has no entry for B, S of CODE'],
      ['BRAKE_CHOICES', 'fields.0.lookup.Platinum', 'Customer_Tier__c has no choice Platinum'],
    ]);
  });

  test('a withdrawn choice is a brake in the direction that would need it', () => {
    const left: ObjectSchema = {
      ...CONTACT,
      fields: new Map(CONTACT.fields).set(
        'Customer_Tier__c',
        crm('Customer_Tier__c', 'picklist', { choices: ['Bronze', 'Gold'], restricted: true }),
      ),
    };

    expect(
      problems([rule('Customer_Tier__c', 'TIER')], { left }).map(({ code, message }) => [code, message]),
    ).toEqual([['BRAKE_CHOICES', 'Customer_Tier__c lacks Silver, which TIER has']]);
    expect(problems([rule('Customer_Tier__c', 'TIER', { direction: 'to-right' })], { left })).toEqual([]);
  });

  test('two rules never write one field', () => {
    const found = problems([
      rule('FirstName', 'FNAME'),
      rule('Title', 'FNAME', { direction: 'to-right' }),
      rule('MailingAddress', 'ADDRESS'),
      rule('FirstName', 'FNAME'),
    ]);

    expect(found.map(({ path, message }) => [path.join('.'), message])).toEqual([
      ['fields.3', 'Another rule is called FirstName ↔ FNAME'],
      ['fields.1.mailchimp', 'FNAME is already written by FirstName ↔ FNAME'],
    ]);
  });

  test('a record cannot be created while nothing feeds a field it requires', () => {
    const creates = { left: true, right: false };

    expect(
      problems([rule('FirstName', 'FNAME')], { creates }).map(({ path, message }) => [path, message]),
    ).toEqual([
      [['create', 'salesforce'], 'salesforce creates no Contact without LastName, and no rule writes it'],
    ]);
    expect(problems([rule('LastName', 'LNAME', { direction: 'to-right' })], { creates })).toHaveLength(1);
    expect(problems([rule('LastName', 'LNAME')], { creates })).toEqual([]);
  });

  test('a status is not written by a rule', () => {
    expect(
      problems([rule('Email_Status__c', 'status', { direction: 'to-right' })]).map(({ code }) => code),
    ).toEqual(['BRAKE_FIELD_READ_ONLY']);
    expect(
      problems([rule('Email_Status__c', 'status', { direction: 'to-left' })], { right: AUDIENCE }),
    ).toEqual([]);
  });
});

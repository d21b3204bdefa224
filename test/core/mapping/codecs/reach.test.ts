import { describe, expect, test } from '@jest/globals';
import { compiledRule, rule } from '../rules.ts';
import { leftOf, rightOf, toLeft, toRight } from './wire.ts';

describe('email', () => {
  const email = compiledRule(rule('Email', 'email_address'));

  test.each([
    ['Ann.Lee@Acme.TEST', 'ann.lee@acme.test'],
    [' ann@acme.test\n', 'ann@acme.test'],
    ['JOSÉ@acme.test', 'josé@acme.test'],
    [null, ''],
  ])('%j reads as %j', (raw, canonical) => {
    expect(leftOf(email, raw)).toBe(canonical);
  });

  test.each(['ann', '@acme.test', 'ann@', 'a@b@c', 'ann lee@acme.test'])('%s is refused', (text) => {
    expect(toLeft(email, text)).toBe('EMAIL_INVALID');
  });

  test('an address is never cut', () => {
    expect(toLeft(email, `${'a'.repeat(70)}@acme-group.test`)).toBe('VALUE_TOO_LONG');
  });

  test('is the rule of the match address, and an emptied one never empties the other', () => {
    expect([email.isEmail, email.keepNonEmpty]).toEqual([true, true]);
  });
});

describe('phone', () => {
  const phone = compiledRule(rule('Phone', 'PHONE', { region: 'US' }));
  const us = compiledRule(rule('Phone', 'USPHONE'));
  const anywhere = compiledRule(rule('Phone', 'PHONE'));

  test.each([
    '(415) 555-0100',
    '415-555-0100',
    '415.555.0100',
    '4155550100',
    '1 415 555 0100',
    '+1 (415) 555-0100',
    '+14155550100',
    'tel 415 555 0100',
  ])('%s is one number', (text) => {
    expect(leftOf(phone, text)).toBe('+14155550100');
  });

  test.each([
    ['+44 20 7946 0958', '+442079460958'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['0044 20 7946 0958', '+442079460958'],
    ['+49 (0)30 / 230125123', '+4930230125123'],
    ['+39 06 698 12345', '+390669812345'],
  ])('%s reads as %s without a region', (text, canonical) => {
    expect(leftOf(anywhere, text)).toBe(canonical);
  });

  test('two spellings of an impossible number are equal', () => {
    expect([leftOf(anywhere, '+90 52 147 9156'), rightOf(anywhere, '0090 52 1479156')]).toEqual([
      '+90521479156',
      '+90521479156',
    ]);
  });

  test.each(['n/a', '555', '0000000000', 'call assistant', '-'])(
    '%s is no number and stays as it is',
    (text) => {
      expect(leftOf(phone, text)).toBe(text);
    },
  );

  test('an extension stays with its number', () => {
    expect([leftOf(phone, '(415) 555-0100 x12'), leftOf(phone, '+14155550100 ext. 12')]).toEqual([
      '+14155550100 ext. 12',
      '+14155550100 ext. 12',
    ]);
  });

  test('a Mailchimp field of the US format gets its spelling, and refuses other countries', () => {
    expect([toRight(us, '+14155550100'), toRight(us, '+442079460958'), toRight(us, 'n/a')]).toEqual([
      '(415) 555-0100',
      'VALUE_INVALID',
      'VALUE_INVALID',
    ]);
    expect([leftOf(us, '415 555 0100 ext 7'), rightOf(us, '(415) 555-0100')]).toEqual([
      '+14155550100',
      '+14155550100',
    ]);
  });
});

describe('url', () => {
  const site = compiledRule(rule('Website__c', 'WEBSITE'));

  test.each([
    ['HTTPS://WWW.Acme.TEST/Path?Q=A', 'https://www.acme.test/Path?Q=A'],
    ['Acme.test', 'acme.test'],
    [' acme.test ', 'acme.test'],
    ['acme.test/ABC', 'acme.test/ABC'],
    ['acme.test?Q=A', 'acme.test?Q=A'],
    ['https://acme.test/ü', 'https://acme.test/ü'],
  ])('%s reads as %s', (raw, canonical) => {
    expect(leftOf(site, raw)).toBe(canonical);
  });

  test('is whole or refused, never cut', () => {
    expect([toRight(site, `https://acme.test/${'é'.repeat(125)}`), toRight(site, 'no site')]).toEqual([
      'VALUE_TOO_LONG',
      'VALUE_INVALID',
    ]);
  });
});

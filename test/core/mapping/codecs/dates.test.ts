import { describe, expect, test } from '@jest/globals';
import { compiledRule, rule } from '../rules.ts';
import { leftOf, rightOf, toLeft, toRight } from './wire.ts';

describe('date', () => {
  const since = compiledRule(rule('Customer_Since__c', 'SINCE'));
  const asText = compiledRule(rule('Customer_Since__c', 'SINCETEXT'));

  test.each([
    ['2026-11-23', '2026-11-23'],
    [' 2026-11-23 ', '2026-11-23'],
    ['2026-11-23T23:30:00.000+0000', '2026-11-23'],
    ['2026-11-23T23:30:00-05:00', '2026-11-24'],
    ['2026-02-30', '2026-02-30'],
    ['soon', 'soon'],
    [null, ''],
  ])('%j reads as %j', (raw, canonical) => {
    expect(leftOf(since, raw)).toBe(canonical);
  });

  test('a day that the calendar does not have is refused', () => {
    expect([toRight(since, '2024-02-29'), toRight(since, '2026-02-30'), toLeft(asText, 'soon')]).toEqual([
      '2024-02-29',
      'VALUE_INVALID',
      'VALUE_INVALID',
    ]);
  });
});

describe('birthday', () => {
  const birthday = compiledRule(rule('Birthdate', 'BIRTHDAY', { direction: 'to-right' }));

  test('a date compares with a birthday by month and day', () => {
    expect([leftOf(birthday, '1980-02-29'), rightOf(birthday, '02/29')]).toEqual(['02/29', '02/29']);
  });

  test('is written as MM/DD', () => {
    expect([toRight(birthday, '02/29'), toRight(birthday, ''), toRight(birthday, '13/01')]).toEqual([
      '02/29',
      '',
      'VALUE_INVALID',
    ]);
  });
});

describe('datetime', () => {
  const seen = compiledRule(rule('Last_Seen__c', 'SINCETEXT'));

  test.each([
    '2021-12-02T18:23:39.000+0000',
    '2021-12-02T18:23:39+00:00',
    '2021-12-02T18:23:39Z',
    '2021-12-02T18:23:39.999Z',
    '2021-12-02T13:23:39-05:00',
  ])('%s is the same moment, in UTC and whole seconds', (raw) => {
    expect(leftOf(seen, raw)).toBe('2021-12-02T18:23:39Z');
  });

  test('Salesforce gets its own spelling', () => {
    expect([toLeft(seen, '2021-12-02T18:23:39Z'), toLeft(seen, 'yesterday')]).toEqual([
      '2021-12-02T18:23:39.000+0000',
      'VALUE_INVALID',
    ]);
  });
});

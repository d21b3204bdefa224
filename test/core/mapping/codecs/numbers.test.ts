import { describe, expect, test } from '@jest/globals';
import { compiledRule, rule } from '../rules.ts';
import { leftOf, rightOf, toLeft, toRight } from './wire.ts';

describe('number', () => {
  const points = compiledRule(rule('Loyalty_Points__c', 'POINTS'));
  const discount = compiledRule(rule('Discount__c', 'POINTS'));

  test.each([
    [7, '7'],
    ['7', '7'],
    ['007', '7'],
    [-0, '0'],
    ['', ''],
    [null, ''],
    [1e21, '1e+21'],
    ['1,234', '1,234'],
  ])('%j reads as %j', (raw, canonical) => {
    expect(rightOf(points, raw)).toBe(canonical);
  });

  test.each([
    [2.345, '2.35'],
    ['2.345', '2.35'],
    [-2.345, '-2.35'],
    [0.1 + 0.2, '0.3'],
    [12.5, '12.5'],
    ['12.50', '12.5'],
    [1e-9, '0'],
  ])('%j keeps the two decimals that Salesforce has: %j', (raw, canonical) => {
    expect([leftOf(discount, raw), rightOf(discount, raw)]).toEqual([canonical, canonical]);
  });

  test('15 digits are all that a JSON number carries there and back', () => {
    expect(rightOf(points, '12345678901234567890')).toBe('12345678901234600000');
  });

  test('numbers travel as numbers, and what is none is refused', () => {
    expect([toLeft(points, '7'), toRight(points, '7'), toLeft(points, '')]).toEqual([7, 7, null]);
    expect(toLeft(points, '1,234')).toBe('VALUE_INVALID');
  });
});

describe('boolean', () => {
  const dropdown = compiledRule(rule('Is_Partner__c', 'PARTNER'));
  const numeric = compiledRule(rule('Is_Partner__c', 'POINTS'));
  const worded = compiledRule(rule('Is_Partner__c', 'NOTES'));

  test.each(['Yes', 'yes', 'TRUE', '1', 'on', true, 1])('%j reads as true', (raw) => {
    expect(rightOf(dropdown, raw)).toBe('true');
  });

  test.each([
    ['a dropdown in its own words', dropdown, 'Yes', 'No'],
    ['a number field as 1 and 0', numeric, 1, 0],
    ['a text field as words', worded, 'true', 'false'],
  ] as const)('is written to %s', (_, compiled, yes, no) => {
    expect([toRight(compiled, 'true'), toRight(compiled, 'false')]).toEqual([yes, no]);
  });

  test('an empty field in Mailchimp never unticks a checkbox', () => {
    expect(dropdown.keepNonEmpty).toBe(true);
    expect(rightOf(dropdown, '')).toBe('');
  });

  test('a word that says neither is refused by the checkbox', () => {
    expect(toLeft(worded, rightOf(worded, 'perhaps'))).toBe('VALUE_INVALID');
  });
});

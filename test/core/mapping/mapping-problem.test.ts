import { expect, test } from '@jest/globals';
import { nearest } from '@stackbridge/shared-mappers/mapping/mapping-problem.ts';

const FIELDS = ['HasOptedOutOfEmail', 'HasOptedOutOfFax', 'Title', 'Phone'];

test.each([
  ['a spelling', 'Titel', 'Title'],
  ['another case', 'phone', 'Phone'],
  ['a name begun', 'HasOptedOut', 'HasOptedOutOfEmail'],
  ['a name begun and nearly another', 'Phon', 'Phone'],
  ['something else', 'Birthdate', undefined],
  ['too few letters to tell', 'Has', undefined],
])('%s suggests what was meant', (_, word, expected) => {
  expect(nearest(word, FIELDS)).toBe(expected);
});

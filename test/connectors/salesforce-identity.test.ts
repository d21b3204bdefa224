import { expect, test } from '@jest/globals';
import { personObjectOf, toLongId } from '@stackbridge/shared-mappers/connectors/salesforce/identity.ts';

test.each([
  // Recorded ids of a public fixture.
  ['003q000000KvQ1t', '003q000000KvQ1tAAF'],
  ['003q000000KvQ2D', '003q000000KvQ2DAAV'],
  ['003q000000KwKFh', '003q000000KwKFhAAN'],
  ['a00D0000008pQRA', 'a00D0000008pQRAIA2'],
  ['003q000000KvQ1tAAF', '003q000000KvQ1tAAF'],
])('%s is %s in its long form', (id, long) => {
  expect(toLongId(id)).toBe(long);
});

test.each(['', '003', '003q000000KvQ1tAAA', '003q000000KvQ-t'])('"%s" is no id', (id) => {
  expect(toLongId(id)).toBeUndefined();
});

test('the prefix tells contacts from leads', () => {
  expect(['003q000000KvQ1t', '00Qq000000KvQ1t', '001q000000KvQ1t'].map(personObjectOf)).toEqual([
    'Contact',
    'Lead',
    undefined,
  ]);
});

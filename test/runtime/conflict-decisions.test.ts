import { expect, test } from '@jest/globals';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import { decisionsOf } from 'stackbridge/commands/conflict-decisions.ts';
import { UsageError } from 'stackbridge/commands/usage-error.ts';
import { fieldMapOf } from '../support/pair-world.ts';

const AT = Date.UTC(2026, 10, 2, 12);
const map = fieldMapOf();

function conflict(code: Parked['code'], fields: readonly string[]): Parked {
  return {
    kind: 'conflict',
    scope: 'audience',
    recipe: 'people',
    subject: 'm1',
    leftId: '003A',
    rightId: 'm1',
    keyHash: 'k',
    code,
    fields,
    message: 'both sides hold different new values',
    next: 'Choose',
    attempts: 1,
    firstAt: AT,
    lastAt: AT,
  };
}

test('an edit against a delete is decided as a whole, by the side whose word stands', () => {
  const decisions = decisionsOf(conflict('EDIT_AGAINST_DELETE', []), { keep: 'mailchimp' }, map, AT);
  expect(decisions).toEqual([
    { scope: 'audience', subject: 'm1', field: '', take: { side: 'right' }, at: AT },
  ]);
});

test('a new subscription against an opt-out is decided by a side', () => {
  const decisions = decisionsOf(
    conflict('OPT_IN_AFTER_OPT_OUT', ['consent']),
    { keep: 'salesforce' },
    map,
    AT,
  );
  expect(decisions).toEqual([
    { scope: 'audience', subject: 'm1', field: 'consent', take: { side: 'left' }, at: AT },
  ]);
});

test('consent is never decided by a typed value', () => {
  const row = conflict('OPT_IN_AFTER_OPT_OUT', ['consent']);
  expect(() => decisionsOf(row, { value: 'subscribed' }, map, AT)).toThrow(UsageError);
});

test('without a field every field at issue is decided', () => {
  const decisions = decisionsOf(conflict('BOTH_CHANGED', ['name', 'tier']), { keep: 'salesforce' }, map, AT);
  expect(decisions.map(({ field, take }) => ({ field, take }))).toEqual([
    { field: 'name', take: { side: 'left' } },
    { field: 'tier', take: { side: 'left' } },
  ]);
});

test('one value cannot settle several fields', () => {
  const row = conflict('BOTH_CHANGED', ['name', 'tier']);
  expect(() => decisionsOf(row, { value: 'Gold' }, map, AT)).toThrow(
    'One value cannot settle several fields',
  );
});

import { expect, test } from '@jest/globals';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import { refuseVanishedFields } from '@stackbridge/shared-mappers/sync/vanished-fields.ts';

const CONTACTS = { system: 'salesforce', object: 'Contact' } as const;
const MEMBERS = { system: 'mailchimp', object: 'member' } as const;

function record(values: JsonObject, more: Partial<SourceRecord> = {}): SourceRecord {
  return { id: '1', object: 'Contact', modifiedAt: 0, state: 'live', values, ...more };
}

test('a field that no live record has any more is refused, and named', () => {
  const members = [record({ merge_fields: { FNAME: 'Ada' } }, { object: 'member' })];
  expect(() => refuseVanishedFields(members, MEMBERS, ['merge_fields.FNAME', 'merge_fields.TIER'])).toThrow(
    expect.objectContaining({
      code: 'BRAKE_FIELD_MISSING',
      message: 'mailchimp members have no field merge_fields.TIER any more',
    }),
  );
});

test.each<[what: string, records: SourceRecord[]]>([
  ['an empty field', [record({ Email: null, Account: null })]],
  ['what stands behind an empty relation', [record({ Email: 'a@b.test', Account: null })]],
  ['a record that is no longer there', [record({}, { state: 'deleted' }), record({}, { state: 'gone' })]],
  ['a lead that is read as the contact it became', [record({}, { object: 'Lead' })]],
  ['nothing', []],
])('%s is no field that has vanished', (_what, records) => {
  expect(() => refuseVanishedFields(records, CONTACTS, ['Email', 'Account.Name'])).not.toThrow();
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  changeEmail,
  deletePermanently,
  unsubscribe,
} from '@stackbridge/sandbox/mailchimp/people-actions.ts';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import type { WriteRequest } from '@stackbridge/shared-mappers/ports/connector.ts';
import { LIST } from './mailchimp-account.ts';
import { type MemberWrites, openMemberWrites, shown } from './member-writes.ts';

let account: MemberWrites;
beforeEach(async () => {
  account = await openMemberWrites();
});
afterEach(() => account.close());

describe('updating members', () => {
  const update = (id: string, email: string | undefined, payload: JsonObject): WriteRequest => ({
    action: 'update',
    id,
    ...(email === undefined ? {} : { email }),
    payload,
  });

  test('whose addresses are known takes one call, and never carries a status', async () => {
    const ada = account.join('ada@acme.test').contactId;
    const bob = account.join('bob@acme.test').contactId;
    unsubscribe(account.desk, LIST, 'bob@acme.test', 'self');

    const results = await account.write(
      update(ada, 'ada@acme.test', { merge_fields: { FNAME: 'Ada' }, status: 'unsubscribed' }),
      update(bob, 'BOB@acme.test', { merge_fields: { FNAME: 'Bob' }, status: 'subscribed' }),
    );

    expect(results).toMatchObject([
      { outcome: 'written', id: ada, created: false },
      { outcome: 'written', id: bob, created: false },
    ]);
    expect([account.member('ada@acme.test')?.status, account.firstName('ada@acme.test')]).toEqual([
      'subscribed',
      'Ada',
    ]);
    expect([account.member('bob@acme.test')?.status, account.firstName('bob@acme.test')]).toEqual([
      'unsubscribed',
      'Bob',
    ]);
    expect(account.calls()).toEqual({ 'members.batch': 1 });
  });

  test('whose address is not known goes by contact id', async () => {
    const { contactId } = account.join('ada@acme.test');

    expect(
      shown(await account.write(update(contactId, undefined, { merge_fields: { FNAME: 'Ada' } }))),
    ).toEqual(['written']);

    expect(account.firstName('ada@acme.test')).toBe('Ada');
    expect(account.calls()).toEqual({ 'members.patch': 1 });
  });

  test('reaches the member under the new address', async () => {
    const { contactId } = account.join('ada@acme.test');
    changeEmail(account.desk, LIST, contactId, 'ada@new.test');

    expect(
      shown(await account.write(update(contactId, 'ada@acme.test', { merge_fields: { FNAME: 'Ada' } }))),
    ).toEqual(['written']);

    expect([account.audience.members.size, account.firstName('ada@new.test')]).toEqual([1, 'Ada']);
  });

  test('of a member deleted since creates nobody', async () => {
    const { contactId } = account.join('ada@acme.test');
    deletePermanently(account.desk, LIST, contactId);

    expect(
      shown(await account.write(update(contactId, 'ada@acme.test', { merge_fields: { FNAME: 'A' } }))),
    ).toEqual(['refused RECORD_GONE']);
    expect(account.audience.members.size).toBe(0);
  });

  test('takes the bad ones out by name, and says which field', async () => {
    const ids = ['ada', 'bob'].map((name) => account.join(`${name}@acme.test`).contactId);

    const results = await account.write(
      update(ids[0] ?? '', 'ada@acme.test', { merge_fields: { TIER: 'Platinum' } }),
      update(ids[1] ?? '', 'bob@acme.test', { merge_fields: { TIER: 'Gold' } }),
    );

    expect(results).toMatchObject([
      { outcome: 'refused', error: { code: 'CHOICE_UNKNOWN', context: { field: 'TIER', recordId: ids[0] } } },
      { outcome: 'written' },
    ]);
  });

  test('makes the tags exactly those sent, without a further look at the member', async () => {
    const { contactId } = account.join('ada@acme.test', { tags: ['News', 'Old'] });

    await account.write(
      update(contactId, 'ada@acme.test', { merge_fields: { FNAME: 'Ada' }, tags: ['news', 'Lapsed'] }),
    );

    expect(account.tags('ada@acme.test')).toEqual(['News', 'Lapsed']);
    expect(account.calls()).toEqual({ 'members.batch': 1, 'tags.set': 1 });
  });

  test('of some tags leaves the others alone', async () => {
    const { contactId } = account.join('ada@acme.test', { tags: ['Old', 'Mine'] });

    const tags = [
      { name: 'New', status: 'active' },
      { name: 'Old', status: 'inactive' },
    ];
    const results = await account.write(update(contactId, 'ada@acme.test', { tags }));

    expect(shown(results)).toEqual(['written']);
    expect(account.tags('ada@acme.test')).toEqual(['Mine', 'New']);
    expect(account.calls()).toEqual({ 'tags.set': 1 });
  });

  test('of tags that are as they should be costs a look only', async () => {
    const { contactId } = account.join('ada@acme.test', { tags: ['News'] });

    await account.write(update(contactId, 'ada@acme.test', { tags: ['News'] }));

    expect(account.calls()).toEqual({ 'tags.list': 1 });
  });
});

describe('renaming a member', () => {
  const rename = (id: string, email_address: string, more: JsonObject = {}): WriteRequest => ({
    action: 'rename',
    id,
    payload: { email_address, ...more },
  });

  test('moves the address, keeps the contact, and writes other fields', async () => {
    const { contactId } = account.join('ada@acme.test');

    const results = await account.write(
      rename(contactId, 'ada@new.test', { merge_fields: { FNAME: 'Ada' } }),
    );

    expect(results).toMatchObject([{ outcome: 'written', id: contactId, created: false }]);
    expect([account.member('ada@new.test')?.contactId, account.firstName('ada@new.test')]).toEqual([
      contactId,
      'Ada',
    ]);
  });

  test('onto the address of another member is a conflict', async () => {
    const { contactId } = account.join('ada@acme.test');
    account.join('bob@acme.test');

    const [result] = await account.write(rename(contactId, 'bob@acme.test'));

    expect(result).toMatchObject({
      outcome: 'refused',
      error: { code: 'ADDRESS_TAKEN', context: { recordId: contactId } },
    });
    expect(account.audience.members.size).toBe(2);
  });

  test('whose answer was lost is repeated and ends alike', async () => {
    const { contactId } = account.join('ada@acme.test');
    account.fault('members.patch', { kind: 'drop-after' });

    expect(shown(await account.write(rename(contactId, 'ada@new.test')))).toEqual(['written']);
  });
});

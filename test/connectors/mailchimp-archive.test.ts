import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  archive,
  deletePermanently,
  editMember,
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

describe('archiving a member', () => {
  const archiving = (id: string): WriteRequest => ({ action: 'archive', id });

  test('keeps them for later', async () => {
    const { contactId } = account.join('ada@acme.test');
    expect(shown(await account.write(archiving(contactId)))).toEqual(['written']);
    expect(account.member('ada@acme.test')).toMatchObject({ contactId, status: 'archived' });
  });

  test('who is archived already, or whose answer was lost, is done', async () => {
    const [ada, bob] = ['ada', 'bob'].map((name) => account.join(`${name}@acme.test`).contactId);
    archive(account.desk, LIST, ada ?? '');
    account.fault('members.archive', { kind: 'drop-after' });

    expect(shown(await account.write(archiving(bob ?? ''), archiving(ada ?? '')))).toEqual([
      'written',
      'written',
    ]);
  });

  test.each(['cleaned', 'pending'] as const)('who is %s is refused', async (status) => {
    const { contactId } = account.join('ada@acme.test');
    editMember(account.desk, LIST, contactId, { status });
    expect(shown(await account.write(archiving(contactId)))).toEqual(['refused REJECTED']);
  });

  test('who was deleted is told as gone', async () => {
    const { contactId } = account.join('ada@acme.test');
    deletePermanently(account.desk, LIST, contactId);
    expect(shown(await account.write(archiving(contactId)))).toEqual(['refused RECORD_GONE']);
  });
});

describe('restoring an archived member', () => {
  const restore = (id: string, payload: JsonObject): WriteRequest => ({ action: 'restore', id, payload });

  test.each(['subscribed', 'unsubscribed', 'pending'] as const)(
    'brings them back %s, as the payload says',
    async (status) => {
      const { contactId } = account.join('ada@acme.test');
      archive(account.desk, LIST, contactId);

      const payload = {
        email_address: 'ada@acme.test',
        status,
        merge_fields: { FNAME: 'Ada' },
        tags: ['Lapsed'],
      };
      expect(shown(await account.write(restore(contactId, payload)))).toEqual(['written']);

      expect(account.member('ada@acme.test')).toMatchObject({ contactId, status });
      expect([account.firstName('ada@acme.test'), account.tags('ada@acme.test')]).toEqual([
        'Ada',
        ['Lapsed'],
      ]);
    },
  );

  test('under another address moves them, and lets nobody else in', async () => {
    const { contactId } = account.join('ada@acme.test');
    archive(account.desk, LIST, contactId);

    const payload = { email_address: 'ada@new.test', status: 'subscribed' };
    expect(shown(await account.write(restore(contactId, payload)))).toEqual(['written']);

    expect(account.member('ada@new.test')).toMatchObject({ contactId, status: 'subscribed' });
    expect(account.audience.members.size).toBe(1);
  });

  test('does not touch the consent of one who came back by themselves', async () => {
    const { contactId } = account.join('ada@acme.test');
    unsubscribe(account.desk, LIST, contactId, 'admin');

    const payload = { status: 'subscribed', merge_fields: { FNAME: 'Ada' } };
    expect(shown(await account.write(restore(contactId, payload)))).toEqual(['written']);
    expect([account.member('ada@acme.test')?.status, account.firstName('ada@acme.test')]).toEqual([
      'unsubscribed',
      'Ada',
    ]);
  });

  test('does not subscribe one who had left by themselves', async () => {
    const { contactId } = account.join('ada@acme.test');
    unsubscribe(account.desk, LIST, contactId, 'self');
    archive(account.desk, LIST, contactId);

    expect(shown(await account.write(restore(contactId, { status: 'subscribed' })))).toEqual([
      'refused MEMBER_COMPLIANCE',
    ]);
    expect(account.member('ada@acme.test')?.status).toBe('archived');
  });
});

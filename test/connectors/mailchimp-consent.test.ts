import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { archive, changeEmail, clean, unsubscribe } from '@stackbridge/sandbox/mailchimp/people-actions.ts';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import type { WriteRequest } from '@stackbridge/shared-mappers/ports/connector.ts';
import { LIST } from './mailchimp-account.ts';
import { type MemberWrites, openMemberWrites, shown } from './member-writes.ts';

let account: MemberWrites;
beforeEach(async () => {
  account = await openMemberWrites();
});
afterEach(() => account.close());

describe('opting out', () => {
  const optOut = (id: string, email?: string, payload: JsonObject = {}): WriteRequest => ({
    action: 'opt-out',
    id,
    ...(email === undefined ? {} : { email }),
    payload,
  });

  test('takes one call for many and carries other fields along', async () => {
    const [ada, bob] = ['ada', 'bob'].map((name) => account.join(`${name}@acme.test`).contactId);

    const results = await account.write(
      optOut(ada ?? '', 'ada@acme.test', { merge_fields: { FNAME: 'Ada' } }),
      optOut(bob ?? '', 'bob@acme.test'),
    );

    expect(shown(results)).toEqual(['written', 'written']);
    expect(['ada', 'bob'].map((name) => account.member(`${name}@acme.test`)?.status)).toEqual([
      'unsubscribed',
      'unsubscribed',
    ]);
    expect(account.calls()).toEqual({ 'members.batch': 1 });
  });

  test('is not held up by a value that is refused, which is reported', async () => {
    const { contactId } = account.join('ada@acme.test');

    const results = await account.write(
      optOut(contactId, 'ada@acme.test', { merge_fields: { TIER: 'Platinum' } }),
    );

    expect(shown(results)).toEqual(['refused CHOICE_UNKNOWN']);
    expect(account.member('ada@acme.test')?.status).toBe('unsubscribed');
  });

  test('of a member under a new address reaches them, and lets nobody in under the old one', async () => {
    const { contactId } = account.join('ada@acme.test');
    changeEmail(account.desk, LIST, contactId, 'ada@new.test');

    expect(shown(await account.write(optOut(contactId, 'ada@acme.test')))).toEqual(['written']);

    expect(account.member('ada@new.test')?.status).toBe('unsubscribed');
    expect(account.member('ada@acme.test')?.status).toBe('archived');
  });

  test('of a member archived since leaves them archived', async () => {
    const { contactId } = account.join('ada@acme.test');
    archive(account.desk, LIST, contactId);

    expect(shown(await account.write(optOut(contactId, 'ada@acme.test')))).toEqual(['written']);
    expect(account.member('ada@acme.test')).toMatchObject({ contactId, status: 'archived' });
  });

  test('of a bounced member says that it is cleaned', async () => {
    const { contactId } = account.join('ada@acme.test');
    clean(account.desk, LIST, contactId);

    expect(shown(await account.write(optOut(contactId, 'ada@acme.test')))).toEqual([
      'refused MEMBER_CLEANED',
    ]);
  });
});

describe('asking a member again', () => {
  test('sets them pending', async () => {
    const { contactId } = account.join('ada@acme.test');
    unsubscribe(account.desk, LIST, contactId, 'self');

    const payload = { merge_fields: { FNAME: 'Ada' } };
    expect(shown(await account.write({ action: 'ask-again', id: contactId, payload }))).toEqual(['written']);
    expect(account.member('ada@acme.test')?.status).toBe('pending');
  });

  test('of a bounced one is refused for good', async () => {
    const { contactId } = account.join('ada@acme.test');
    clean(account.desk, LIST, contactId);

    const results = await account.write({ action: 'ask-again', id: contactId, payload: {} });
    expect(shown(results)).toEqual(['refused MEMBER_COMPLIANCE']);
  });
});

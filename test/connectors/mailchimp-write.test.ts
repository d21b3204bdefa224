import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { WriteRequest } from '@stackbridge/shared-mappers/ports/connector.ts';
import { create, type MemberWrites, openMemberWrites, shown } from './member-writes.ts';

let account: MemberWrites;
beforeEach(async () => {
  account = await openMemberWrites();
});
afterEach(() => account.close());

describe('results', () => {
  test('stand in the order of the requests, one each, whatever way each of them took', async () => {
    const [ada, bob, cy] = ['ada', 'bob', 'cy'].map((name) => account.join(`${name}@acme.test`).contactId);

    const results = await account.write(
      { action: 'update', id: ada ?? '', payload: { vip: true } },
      create('dee@acme.test'),
      { action: 'update', id: bob ?? '', email: 'bob@acme.test', payload: { vip: true } },
      { action: 'archive', id: '0'.repeat(32) },
      { action: 'archive', id: cy ?? '' },
    );

    expect(results).toMatchObject([
      { outcome: 'written', id: ada },
      { outcome: 'written', id: account.member('dee@acme.test')?.contactId, created: true },
      { outcome: 'written', id: bob },
      { outcome: 'refused', error: { code: 'RECORD_GONE' } },
      { outcome: 'written', id: cy },
    ]);
  });

  test('of what was written stand even where the account refuses everything after it', async () => {
    const { contactId } = account.join('ada@acme.test');
    account.fault('members.archive', { kind: 'status', status: 401 }, 0);

    const results = await account.write(create('bob@acme.test'), { action: 'archive', id: contactId });

    expect(shown(results)).toEqual(['written', 'refused SIGN_IN_EXPIRED']);
  });

  test('wait out a throttled account', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => account.join(`p${i}@acme.test`).contactId);
    account.fault('members.archive', { kind: 'throttle', bare: true }, 5);

    const results = await account.write(...ids.map((id): WriteRequest => ({ action: 'archive', id })));

    expect(new Set(shown(results))).toEqual(new Set(['written']));
  });
});

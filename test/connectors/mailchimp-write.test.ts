import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  archive,
  changeEmail,
  clean,
  deletePermanently,
  editMember,
  unsubscribe,
} from '@stackbridge/sandbox/mailchimp/people-actions.ts';
import { layOutAudience } from '@stackbridge/sandbox/people/audience-fields.ts';
import { createMailchimpConnector } from '@stackbridge/shared-mappers/connectors/mailchimp/connector.ts';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import type { WriteRequest, WriteResult } from '@stackbridge/shared-mappers/ports/connector.ts';
import { LIST, type MailchimpAccount, openMailchimp } from './mailchimp-account.ts';

let account: MailchimpAccount;
beforeEach(async () => {
  account = await openMailchimp();
  layOutAudience(account.served.mailchimp.account, account.audience);
});
afterEach(() => account.close());

const desk = () => account.served.mailchimp.account;
const write = (...requests: WriteRequest[]) => account.connector.write(requests);
const create = (email: string, more: JsonObject = {}): WriteRequest => ({
  action: 'create',
  email,
  sourceId: `003-${email}`,
  payload: { email_address: email, status: 'subscribed', ...more },
});
const shown = (results: readonly WriteResult[]) =>
  results.map((result) =>
    result.outcome === 'written' ? 'written' : `${result.outcome} ${result.error.code}`,
  );
const named = (email: string) => String(account.member(email)?.merge[0] ?? '');
const tagsOf = (email: string) =>
  account.member(email)?.tags.map(({ id }) => account.audience.segments.get(id)?.name);

describe('creating members', () => {
  test('sends 500 in one call and gives each its contact id', async () => {
    const emails = Array.from({ length: 500 }, (_, i) => `p${i}@acme.test`);

    const results = await write(...emails.map((email) => create(email, { merge_fields: { FNAME: email } })));

    expect(results).toMatchObject(
      emails.map((email) => ({ outcome: 'written', id: account.member(email)?.contactId, created: true })),
    );
    expect(account.calls()).toEqual({ 'members.batch': 1 });
  });

  test('leaves whoever is a member already untouched, consent above all', async () => {
    account.join('ada@acme.test', { merge_fields: { FNAME: 'Ada' } });
    unsubscribe(desk(), LIST, 'ada@acme.test', 'self');

    const results = await write(
      create('ADA@acme.test', { merge_fields: { FNAME: 'X' } }),
      create('bob@acme.test'),
    );

    expect(shown(results)).toEqual(['refused MEMBER_EXISTS', 'written']);
    expect([account.member('ada@acme.test')?.status, named('ada@acme.test')]).toEqual([
      'unsubscribed',
      'Ada',
    ]);
  });

  test('gives each status as the payload says, and the tags that are on', async () => {
    await write(
      create('a@acme.test', { status: 'unsubscribed' }),
      create('b@acme.test', { status: 'pending', tags: ['News', 'Lapsed'] }),
      create('c@acme.test', {
        status: 'transactional',
        tags: [
          { name: 'News', status: 'active' },
          { name: 'Lapsed', status: 'inactive' },
        ],
      }),
    );

    expect(['a', 'b', 'c'].map((name) => account.member(`${name}@acme.test`)?.status)).toEqual([
      'unsubscribed',
      'pending',
      'transactional',
    ]);
    expect(['a', 'b', 'c'].map((name) => tagsOf(`${name}@acme.test`))).toEqual([
      [],
      ['News', 'Lapsed'],
      ['News'],
    ]);
  });

  test('takes members without the fields that sign-up forms ask for', async () => {
    for (const field of account.audience.mergeFields) if (field.tag === 'LNAME') field.required = true;
    expect(shown(await write(create('ada@acme.test')))).toEqual(['written']);
  });

  test('answers for each of two records with one address', async () => {
    const results = await write(create('ada@acme.test'), create('bob@acme.test'), create('Ada@acme.test'));
    expect(shown(results)).toEqual(['written', 'written', 'refused MEMBER_EXISTS']);
  });

  test('finds the one at fault where the whole batch is refused, and writes the others', async () => {
    const requests = Array.from({ length: 9 }, (_, i) => create(`p${i}@acme.test`));
    requests[5] = create('p5@acme.test', { vip: 'perhaps' });

    const results = await write(...requests);

    expect(shown(results)).toEqual(requests.map((_, i) => (i === 5 ? 'refused VALUE_INVALID' : 'written')));
    expect(results[5]).toMatchObject({ error: { context: { field: 'vip' } } });
  });

  test('rejects where the sign-in has ended before anything was written', async () => {
    account.fault('members.batch', { kind: 'status', status: 401 }, 0);
    await expect(write(create('ada@acme.test'))).rejects.toMatchObject({ code: 'SIGN_IN_EXPIRED' });
  });

  test.each([
    ['forgotten@acme.test', 'refused MEMBER_FORGOTTEN'],
    ['left@acme.test', 'refused MEMBER_COMPLIANCE'],
    ['someone@example.com', 'refused EMAIL_INVALID'],
    ['nonsense', 'refused EMAIL_INVALID'],
  ])('of %s is %s', async (email, outcome) => {
    account.join('forgotten@acme.test');
    deletePermanently(desk(), LIST, 'forgotten@acme.test');
    account.join('left@acme.test');
    unsubscribe(desk(), LIST, 'left@acme.test', 'self');
    archive(desk(), LIST, 'left@acme.test');

    expect(shown(await write(create(email)))).toEqual([outcome]);
  });
});

describe('creating members when no answer comes', () => {
  test.each(['drop-after', 'drop-before'] as const)(
    'each is created once and told as created (%s)',
    async (kind) => {
      account.fault('members.batch', { kind });

      const results = await write(
        create('ada@acme.test', {
          merge_fields: { FNAME: ' Ada ', POINTS: 3, ADDRESS: { addr1: '', city: '' } },
        }),
        create('bob@acme.test', { status: 'unsubscribed' }),
      );

      expect(results).toMatchObject([
        { outcome: 'written', created: true, id: account.member('ada@acme.test')?.contactId },
        { outcome: 'written', created: true, id: account.member('bob@acme.test')?.contactId },
      ]);
      expect(account.audience.members.size).toBe(2);
    },
  );

  test('a page that a proxy puts in the place of the answer is no answer', async () => {
    const { client } = account;
    let calls = 0;
    const connector = createMailchimpConnector({
      audience: 'Newsletter',
      audienceId: LIST,
      client: {
        ...client,
        async send(request, options) {
          const answer = await client.send(request, options);
          calls += 1;
          return calls === 1 ? { ...answer, body: '<html></html>' } : answer;
        },
      },
    });

    expect(shown(await connector.write([create('ada@acme.test')]))).toEqual(['written']);
    expect(account.audience.members.size).toBe(1);
  });

  test('does not claim members that were there before', async () => {
    account.join('ada@acme.test');
    account.served.world.clock.advance(3_600_000);
    account.fault('members.batch', { kind: 'drop-after' });

    expect(shown(await write(create('ada@acme.test'), create('bob@acme.test')))).toEqual([
      'refused MEMBER_EXISTS',
      'written',
    ]);
  });

  test('does not claim somebody who joined by themselves in the same second', async () => {
    account.join('ada@acme.test', { merge_fields: { FNAME: 'Ada' } });
    account.fault('members.batch', { kind: 'drop-after' });

    const results = await write(create('ada@acme.test', { merge_fields: { FNAME: 'Augusta' } }));

    expect(shown(results)).toEqual(['refused MEMBER_EXISTS']);
  });

  test('is uncertain while no answer comes at all', async () => {
    account.fault('members.batch', { kind: 'drop-before' }, 0);
    expect(shown(await write(create('ada@acme.test')))).toEqual(['uncertain NO_ANSWER']);
  });
});

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
    unsubscribe(desk(), LIST, 'bob@acme.test', 'self');

    const results = await write(
      update(ada, 'ada@acme.test', { merge_fields: { FNAME: 'Ada' }, status: 'unsubscribed' }),
      update(bob, 'BOB@acme.test', { merge_fields: { FNAME: 'Bob' }, status: 'subscribed' }),
    );

    expect(results).toMatchObject([
      { outcome: 'written', id: ada, created: false },
      { outcome: 'written', id: bob, created: false },
    ]);
    expect([account.member('ada@acme.test')?.status, named('ada@acme.test')]).toEqual(['subscribed', 'Ada']);
    expect([account.member('bob@acme.test')?.status, named('bob@acme.test')]).toEqual([
      'unsubscribed',
      'Bob',
    ]);
    expect(account.calls()).toEqual({ 'members.batch': 1 });
  });

  test('whose address is not known goes by contact id', async () => {
    const { contactId } = account.join('ada@acme.test');

    expect(shown(await write(update(contactId, undefined, { merge_fields: { FNAME: 'Ada' } })))).toEqual([
      'written',
    ]);

    expect(named('ada@acme.test')).toBe('Ada');
    expect(account.calls()).toEqual({ 'members.patch': 1 });
  });

  test('reaches the member under the new address', async () => {
    const { contactId } = account.join('ada@acme.test');
    changeEmail(desk(), LIST, contactId, 'ada@new.test');

    expect(
      shown(await write(update(contactId, 'ada@acme.test', { merge_fields: { FNAME: 'Ada' } }))),
    ).toEqual(['written']);

    expect([account.audience.members.size, named('ada@new.test')]).toEqual([1, 'Ada']);
  });

  test('of a member deleted since creates nobody', async () => {
    const { contactId } = account.join('ada@acme.test');
    deletePermanently(desk(), LIST, contactId);

    expect(shown(await write(update(contactId, 'ada@acme.test', { merge_fields: { FNAME: 'A' } })))).toEqual([
      'refused RECORD_GONE',
    ]);
    expect(account.audience.members.size).toBe(0);
  });

  test('takes the bad ones out by name, and says which field', async () => {
    const ids = ['ada', 'bob'].map((name) => account.join(`${name}@acme.test`).contactId);

    const results = await write(
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

    await write(
      update(contactId, 'ada@acme.test', { merge_fields: { FNAME: 'Ada' }, tags: ['news', 'Lapsed'] }),
    );

    expect(tagsOf('ada@acme.test')).toEqual(['News', 'Lapsed']);
    expect(account.calls()).toEqual({ 'members.batch': 1, 'tags.set': 1 });
  });

  test('of some tags leaves the others alone', async () => {
    const { contactId } = account.join('ada@acme.test', { tags: ['Old', 'Mine'] });

    const tags = [
      { name: 'New', status: 'active' },
      { name: 'Old', status: 'inactive' },
    ];
    const results = await write(update(contactId, 'ada@acme.test', { tags }));

    expect(shown(results)).toEqual(['written']);
    expect(tagsOf('ada@acme.test')).toEqual(['Mine', 'New']);
    expect(account.calls()).toEqual({ 'tags.set': 1 });
  });

  test('of tags that are as they should be costs a look only', async () => {
    const { contactId } = account.join('ada@acme.test', { tags: ['News'] });

    await write(update(contactId, 'ada@acme.test', { tags: ['News'] }));

    expect(account.calls()).toEqual({ 'tags.list': 1 });
  });
});

describe('opting out', () => {
  const optOut = (id: string, email?: string, payload: JsonObject = {}): WriteRequest => ({
    action: 'opt-out',
    id,
    ...(email === undefined ? {} : { email }),
    payload,
  });

  test('takes one call for many and carries other fields along', async () => {
    const [ada, bob] = ['ada', 'bob'].map((name) => account.join(`${name}@acme.test`).contactId);

    const results = await write(
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

    const results = await write(optOut(contactId, 'ada@acme.test', { merge_fields: { TIER: 'Platinum' } }));

    expect(shown(results)).toEqual(['refused CHOICE_UNKNOWN']);
    expect(account.member('ada@acme.test')?.status).toBe('unsubscribed');
  });

  test('of a member under a new address reaches them, and lets nobody in under the old one', async () => {
    const { contactId } = account.join('ada@acme.test');
    changeEmail(desk(), LIST, contactId, 'ada@new.test');

    expect(shown(await write(optOut(contactId, 'ada@acme.test')))).toEqual(['written']);

    expect(account.member('ada@new.test')?.status).toBe('unsubscribed');
    expect(account.member('ada@acme.test')?.status).toBe('archived');
  });

  test('of a member archived since leaves them archived', async () => {
    const { contactId } = account.join('ada@acme.test');
    archive(desk(), LIST, contactId);

    expect(shown(await write(optOut(contactId, 'ada@acme.test')))).toEqual(['written']);
    expect(account.member('ada@acme.test')).toMatchObject({ contactId, status: 'archived' });
  });

  test('of a bounced member says that it is cleaned', async () => {
    const { contactId } = account.join('ada@acme.test');
    clean(desk(), LIST, contactId);

    expect(shown(await write(optOut(contactId, 'ada@acme.test')))).toEqual(['refused MEMBER_CLEANED']);
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

    const results = await write(rename(contactId, 'ada@new.test', { merge_fields: { FNAME: 'Ada' } }));

    expect(results).toMatchObject([{ outcome: 'written', id: contactId, created: false }]);
    expect([account.member('ada@new.test')?.contactId, named('ada@new.test')]).toEqual([contactId, 'Ada']);
  });

  test('onto the address of another member is a conflict', async () => {
    const { contactId } = account.join('ada@acme.test');
    account.join('bob@acme.test');

    const [result] = await write(rename(contactId, 'bob@acme.test'));

    expect(result).toMatchObject({
      outcome: 'refused',
      error: { code: 'ADDRESS_TAKEN', context: { recordId: contactId } },
    });
    expect(account.audience.members.size).toBe(2);
  });

  test('whose answer was lost is repeated and ends alike', async () => {
    const { contactId } = account.join('ada@acme.test');
    account.fault('members.patch', { kind: 'drop-after' });

    expect(shown(await write(rename(contactId, 'ada@new.test')))).toEqual(['written']);
  });
});

describe('asking a member again', () => {
  test('sets them pending', async () => {
    const { contactId } = account.join('ada@acme.test');
    unsubscribe(desk(), LIST, contactId, 'self');

    const payload = { merge_fields: { FNAME: 'Ada' } };
    expect(shown(await write({ action: 'ask-again', id: contactId, payload }))).toEqual(['written']);
    expect(account.member('ada@acme.test')?.status).toBe('pending');
  });

  test('of a bounced one is refused for good', async () => {
    const { contactId } = account.join('ada@acme.test');
    clean(desk(), LIST, contactId);

    const results = await write({ action: 'ask-again', id: contactId, payload: {} });
    expect(shown(results)).toEqual(['refused MEMBER_COMPLIANCE']);
  });
});

describe('archiving a member', () => {
  const archiving = (id: string): WriteRequest => ({ action: 'archive', id });

  test('keeps them for later', async () => {
    const { contactId } = account.join('ada@acme.test');
    expect(shown(await write(archiving(contactId)))).toEqual(['written']);
    expect(account.member('ada@acme.test')).toMatchObject({ contactId, status: 'archived' });
  });

  test('who is archived already, or whose answer was lost, is done', async () => {
    const [ada, bob] = ['ada', 'bob'].map((name) => account.join(`${name}@acme.test`).contactId);
    archive(desk(), LIST, ada ?? '');
    account.fault('members.archive', { kind: 'drop-after' });

    expect(shown(await write(archiving(bob ?? ''), archiving(ada ?? '')))).toEqual(['written', 'written']);
  });

  test.each(['cleaned', 'pending'] as const)('who is %s is refused', async (status) => {
    const { contactId } = account.join('ada@acme.test');
    editMember(desk(), LIST, contactId, { status });
    expect(shown(await write(archiving(contactId)))).toEqual(['refused REJECTED']);
  });

  test('who was deleted is told as gone', async () => {
    const { contactId } = account.join('ada@acme.test');
    deletePermanently(desk(), LIST, contactId);
    expect(shown(await write(archiving(contactId)))).toEqual(['refused RECORD_GONE']);
  });
});

describe('restoring an archived member', () => {
  const restore = (id: string, payload: JsonObject): WriteRequest => ({ action: 'restore', id, payload });

  test.each(['subscribed', 'unsubscribed', 'pending'] as const)(
    'brings them back %s, as the payload says',
    async (status) => {
      const { contactId } = account.join('ada@acme.test');
      archive(desk(), LIST, contactId);

      const payload = {
        email_address: 'ada@acme.test',
        status,
        merge_fields: { FNAME: 'Ada' },
        tags: ['Lapsed'],
      };
      expect(shown(await write(restore(contactId, payload)))).toEqual(['written']);

      expect(account.member('ada@acme.test')).toMatchObject({ contactId, status });
      expect([named('ada@acme.test'), tagsOf('ada@acme.test')]).toEqual(['Ada', ['Lapsed']]);
    },
  );

  test('under another address moves them, and lets nobody else in', async () => {
    const { contactId } = account.join('ada@acme.test');
    archive(desk(), LIST, contactId);

    const payload = { email_address: 'ada@new.test', status: 'subscribed' };
    expect(shown(await write(restore(contactId, payload)))).toEqual(['written']);

    expect(account.member('ada@new.test')).toMatchObject({ contactId, status: 'subscribed' });
    expect(account.audience.members.size).toBe(1);
  });

  test('does not touch the consent of one who came back by themselves', async () => {
    const { contactId } = account.join('ada@acme.test');
    unsubscribe(desk(), LIST, contactId, 'admin');

    const payload = { status: 'subscribed', merge_fields: { FNAME: 'Ada' } };
    expect(shown(await write(restore(contactId, payload)))).toEqual(['written']);
    expect([account.member('ada@acme.test')?.status, named('ada@acme.test')]).toEqual([
      'unsubscribed',
      'Ada',
    ]);
  });

  test('does not subscribe one who had left by themselves', async () => {
    const { contactId } = account.join('ada@acme.test');
    unsubscribe(desk(), LIST, contactId, 'self');
    archive(desk(), LIST, contactId);

    expect(shown(await write(restore(contactId, { status: 'subscribed' })))).toEqual([
      'refused MEMBER_COMPLIANCE',
    ]);
    expect(account.member('ada@acme.test')?.status).toBe('archived');
  });
});

describe('results', () => {
  test('stand in the order of the requests, one each, whatever way each of them took', async () => {
    const [ada, bob, cy] = ['ada', 'bob', 'cy'].map((name) => account.join(`${name}@acme.test`).contactId);

    const results = await write(
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

    const results = await write(create('bob@acme.test'), { action: 'archive', id: contactId });

    expect(shown(results)).toEqual(['written', 'refused SIGN_IN_EXPIRED']);
  });

  test('wait out a throttled account', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => account.join(`p${i}@acme.test`).contactId);
    account.fault('members.archive', { kind: 'throttle', bare: true }, 5);

    const results = await write(...ids.map((id): WriteRequest => ({ action: 'archive', id })));

    expect(new Set(shown(results))).toEqual(new Set(['written']));
  });
});

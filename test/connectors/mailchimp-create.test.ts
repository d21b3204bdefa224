import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { archive, deletePermanently, unsubscribe } from '@stackbridge/sandbox/mailchimp/people-actions.ts';
import { createMailchimpConnector } from '@stackbridge/shared-mappers/connectors/mailchimp/connector.ts';
import { LIST } from './mailchimp-account.ts';
import { create, type MemberWrites, openMemberWrites, shown } from './member-writes.ts';

let account: MemberWrites;
beforeEach(async () => {
  account = await openMemberWrites();
});
afterEach(() => account.close());

describe('creating members', () => {
  test('sends 500 in one call and gives each its contact id', async () => {
    const emails = Array.from({ length: 500 }, (_, i) => `p${i}@acme.test`);

    const results = await account.write(
      ...emails.map((email) => create(email, { merge_fields: { FNAME: email } })),
    );

    expect(results).toMatchObject(
      emails.map((email) => ({ outcome: 'written', id: account.member(email)?.contactId, created: true })),
    );
    expect(account.calls()).toEqual({ 'members.batch': 1 });
  });

  test('leaves whoever is a member already untouched, consent above all', async () => {
    account.join('ada@acme.test', { merge_fields: { FNAME: 'Ada' } });
    unsubscribe(account.desk, LIST, 'ada@acme.test', 'self');

    const results = await account.write(
      create('ADA@acme.test', { merge_fields: { FNAME: 'X' } }),
      create('bob@acme.test'),
    );

    expect(shown(results)).toEqual(['refused MEMBER_EXISTS', 'written']);
    expect([account.member('ada@acme.test')?.status, account.firstName('ada@acme.test')]).toEqual([
      'unsubscribed',
      'Ada',
    ]);
  });

  test('gives each status as the payload says, and the tags that are on', async () => {
    await account.write(
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
    expect(['a', 'b', 'c'].map((name) => account.tags(`${name}@acme.test`))).toEqual([
      [],
      ['News', 'Lapsed'],
      ['News'],
    ]);
  });

  test('takes members without the fields that sign-up forms ask for', async () => {
    for (const field of account.audience.mergeFields) if (field.tag === 'LNAME') field.required = true;
    expect(shown(await account.write(create('ada@acme.test')))).toEqual(['written']);
  });

  test('answers for each of two records with one address', async () => {
    const results = await account.write(
      create('ada@acme.test'),
      create('bob@acme.test'),
      create('Ada@acme.test'),
    );
    expect(shown(results)).toEqual(['written', 'written', 'refused MEMBER_EXISTS']);
  });

  test('finds the one at fault where the whole batch is refused, and writes the others', async () => {
    const requests = Array.from({ length: 9 }, (_, i) => create(`p${i}@acme.test`));
    requests[5] = create('p5@acme.test', { vip: 'perhaps' });

    const results = await account.write(...requests);

    expect(shown(results)).toEqual(requests.map((_, i) => (i === 5 ? 'refused VALUE_INVALID' : 'written')));
    expect(results[5]).toMatchObject({ error: { context: { field: 'vip' } } });
  });

  test('rejects where the sign-in has ended before anything was written', async () => {
    account.fault('members.batch', { kind: 'status', status: 401 }, 0);
    await expect(account.write(create('ada@acme.test'))).rejects.toMatchObject({ code: 'SIGN_IN_EXPIRED' });
  });

  test.each([
    ['forgotten@acme.test', 'refused MEMBER_FORGOTTEN'],
    ['left@acme.test', 'refused MEMBER_COMPLIANCE'],
    ['someone@example.com', 'refused EMAIL_INVALID'],
    ['nonsense', 'refused EMAIL_INVALID'],
  ])('of %s is %s', async (email, outcome) => {
    account.join('forgotten@acme.test');
    deletePermanently(account.desk, LIST, 'forgotten@acme.test');
    account.join('left@acme.test');
    unsubscribe(account.desk, LIST, 'left@acme.test', 'self');
    archive(account.desk, LIST, 'left@acme.test');

    expect(shown(await account.write(create(email)))).toEqual([outcome]);
  });
});

describe('creating members when no answer comes', () => {
  test.each(['drop-after', 'drop-before'] as const)(
    'each is created once and told as created (%s)',
    async (kind) => {
      account.fault('members.batch', { kind });

      const results = await account.write(
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

    expect(shown(await account.write(create('ada@acme.test'), create('bob@acme.test')))).toEqual([
      'refused MEMBER_EXISTS',
      'written',
    ]);
  });

  test('does not claim somebody who joined by themselves in the same second', async () => {
    account.join('ada@acme.test', { merge_fields: { FNAME: 'Ada' } });
    account.fault('members.batch', { kind: 'drop-after' });

    const results = await account.write(create('ada@acme.test', { merge_fields: { FNAME: 'Augusta' } }));

    expect(shown(results)).toEqual(['refused MEMBER_EXISTS']);
  });

  test('is uncertain while no answer comes at all', async () => {
    account.fault('members.batch', { kind: 'drop-before' }, 0);
    expect(shown(await account.write(create('ada@acme.test')))).toEqual(['uncertain NO_ANSWER']);
  });
});

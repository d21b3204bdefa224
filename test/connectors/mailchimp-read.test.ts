import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { archive, deletePermanently, unsubscribe } from '@stackbridge/sandbox/mailchimp/people-actions.ts';
import { createMailchimpConnector } from '@stackbridge/shared-mappers/connectors/mailchimp/connector.ts';
import { subscriberHash } from '@stackbridge/shared-mappers/connectors/mailchimp/identity.ts';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { Page } from '@stackbridge/shared-mappers/ports/connector.ts';
import { LIST, type MailchimpAccount, openMailchimp } from './mailchimp-account.ts';

let account: MailchimpAccount;
beforeEach(async () => {
  account = await openMailchimp();
});
afterEach(() => account.close());

const desk = () => account.served.mailchimp.account;
const now = () => account.served.world.clock.now();

async function collect(pages: AsyncIterable<Page>): Promise<Page[]> {
  const all: Page[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
const recordsOf = (pages: readonly Page[]): SourceRecord[] => pages.flatMap((page) => page.records);
const states = (records: readonly SourceRecord[]) =>
  Object.fromEntries(records.map(({ values, id, state }) => [String(values.email_address ?? id), state]));

test('a subscriber hash is the md5 of the address, trimmed and in lower case', () => {
  expect(subscriberHash(' Urist.McVankab@FreddiesJokes.com ')).toBe('62eeb292278cc15f5817cb78f7790b08');
});

describe('reading an audience', () => {
  test('gives live and archived members, the total and the server time', async () => {
    const { contactId, hash } = account.join('ada@acme.test', { merge_fields: { FNAME: 'Ada', LNAME: 'L' } });
    account.join('bob@acme.test');
    archive(desk(), LIST, 'bob@acme.test');

    const pages = await collect(account.connector.readAll(['merge_fields.FNAME', 'vip']));

    expect(pages[0]).toEqual({
      records: [
        {
          id: contactId,
          object: 'member',
          modifiedAt: now(),
          state: 'live',
          values: {
            id: hash,
            contact_id: contactId,
            email_address: 'ada@acme.test',
            status: 'subscribed',
            last_changed: '2026-11-02T08:00:00+00:00',
            merge_fields: { FNAME: 'Ada' },
            vip: false,
          },
        },
      ],
      expected: 2,
      live: 1,
      serverTime: now() - 1000,
    });
    expect(states(recordsOf(pages))).toEqual({ 'ada@acme.test': 'live', 'bob@acme.test': 'archived' });
    expect(account.calls()).toEqual({ 'members.list': 2 });
  });

  test('of 2,500 members and 1,200 archived ones costs 3 and 2 calls', async () => {
    for (let i = 0; i < 3_700; i++) account.join(`p${i}@acme.test`);
    for (let i = 0; i < 1_200; i++) archive(desk(), LIST, `p${i}@acme.test`);

    const pages = await collect(account.connector.readAll([]));

    expect(new Set(recordsOf(pages).map(({ id }) => id)).size).toBe(3_700);
    expect(pages.map(({ expected }) => expected)).toEqual(pages.map(() => 3_700));
    expect(account.calls()).toEqual({ 'members.list': 5 });
  });

  test('reads all tags of a member that shows only some of them', async () => {
    account.join('ada@acme.test', { tags: ['News', 'VIP'] });
    const { contactId } = account.join('bob@acme.test', { tags: ['A', 'B', 'C'] });
    const { client, audience } = account;
    const cut = createMailchimpConnector({
      audience: audience.name,
      audienceId: LIST,
      client: {
        ...client,
        // As Mailchimp does with more than 50 tags.
        async send(request, options) {
          const answer = await client.send(request, options);
          const isList = request.path.includes('/members?');
          return isList ? { ...answer, body: answer.body.replace(/,?\{"id":\d+,"name":"C"\}/, '') } : answer;
        },
      },
    });

    const records = recordsOf(await collect(cut.readAll(['tags'])));

    expect(records.find(({ id }) => id === contactId)?.values.tags).toEqual([
      { name: 'A' },
      { name: 'B' },
      { name: 'C' },
    ]);
    expect(account.calls()).toEqual({ 'members.list': 2, 'tags.list': 1 });
  });
});

describe('reading what changed', () => {
  test('finds edits, opt-outs and archived members from the moment named on, in two calls', async () => {
    for (const name of ['ada', 'bob', 'cy', 'dee']) account.join(`${name}@acme.test`);
    account.served.world.clock.advance(60_000);
    const since = now();
    unsubscribe(desk(), LIST, 'bob@acme.test', 'self', 'Too many mails');
    archive(desk(), LIST, 'cy@acme.test');

    const records = recordsOf(await collect(account.connector.readChanges(since, [])));

    expect(states(records)).toEqual({ 'bob@acme.test': 'live', 'cy@acme.test': 'archived' });
    expect(records[0]?.values).toMatchObject({
      status: 'unsubscribed',
      unsubscribe_reason: 'Too many mails',
    });
    expect(account.calls()).toEqual({ 'members.list': 2 });
  });
});

describe('looking members up', () => {
  test('by id tells live, archived and gone apart; a listing cannot', async () => {
    const [ada, bob, cy] = ['ada', 'bob', 'cy'].map((name) => account.join(`${name}@acme.test`).contactId);
    archive(desk(), LIST, 'bob@acme.test');
    deletePermanently(desk(), LIST, 'cy@acme.test');

    const records = await account.connector.readByIds([ada ?? '', bob ?? '', cy ?? ''], ['FNAME']);

    expect(records.map(({ id, state }) => [id, state])).toEqual([
      [ada, 'live'],
      [bob, 'archived'],
      [cy, 'gone'],
    ]);
    expect(account.calls()).toEqual({ 'members.get': 3 });
  });

  test('by address finds archived members too, whatever the case', async () => {
    account.join('Ada@acme.test');
    account.join('bob@acme.test');
    archive(desk(), LIST, 'bob@acme.test');

    const emails = ['ADA@acme.test ', 'bob@acme.test', 'nobody@acme.test', ''];
    const records = await account.connector.readByKey('email_address', emails, []);

    expect(states(records)).toEqual({ 'Ada@acme.test': 'live', 'bob@acme.test': 'archived' });
    expect(account.calls()).toEqual({ 'members.get': 3 });
  });

  test('of many reads the audience instead, where that takes fewer calls', async () => {
    const { client, audience } = account;
    const connector = createMailchimpConnector({ client, audience: audience.name });
    const ids = Array.from({ length: 40 }, (_, i) => account.join(`p${i}@acme.test`).contactId);
    const gone = account.join('gone@acme.test').contactId;
    deletePermanently(desk(), LIST, 'gone@acme.test');

    const byId = await connector.readByIds([...ids, gone], []);
    const byAddress = await connector.readByKey(
      'email_address',
      ids.map((_, i) => `P${i}@acme.test`),
      [],
    );

    expect(new Set(byId.map(({ id }) => id))).toEqual(new Set([...ids, gone]));
    expect(byId.at(-1)).toMatchObject({ id: gone, state: 'gone' });
    expect(new Set(byAddress.map(({ id }) => id))).toEqual(new Set(ids));
    expect(account.calls()).toEqual({ 'lists.list': 1, 'members.get': 1, 'members.list': 4 });
  });

  test('by a merge field picks them out of the audience', async () => {
    const { contactId } = account.join('ada@acme.test', { merge_fields: { COMPANY: 'Acme' } });
    account.join('bob@acme.test', { merge_fields: { COMPANY: 'Other' } });

    const records = await account.connector.readByKey('COMPANY', ['ACME'], []);

    expect(records.map(({ id }) => id)).toEqual([contactId]);
  });

  test('keeps within ten connections', async () => {
    const ids = Array.from({ length: 60 }, (_, i) => account.join(`p${i}@acme.test`).contactId);
    account.served.world.calls.recording = true;

    await account.connector.readByIds(ids, []);

    const refused = account.served.world.calls.list().filter(({ status }) => status === 429);
    expect(refused).toEqual([]);
  });
});

describe('an audience', () => {
  const open = (audience: string) => createMailchimpConnector({ client: account.client, audience });

  test.each(['Newsletter', LIST])('is found by name or id: %s', async (audience) => {
    await open(audience).describe();
    expect((await open(audience).describe()).object).toBe(LIST);
  });

  test('that does not exist is a fault of the recipe, which lists those there are', async () => {
    await expect(open('Nwsletter').describe()).rejects.toMatchObject({
      code: 'RECIPE_INVALID',
      message: 'Mailchimp has no audience "Nwsletter"; it has "Newsletter", "Customers"',
    });
  });

  test('whose name another one has must be named by its id', async () => {
    const other = desk().audiences.get('aud0000002');
    if (other !== undefined) other.name = 'Newsletter';

    await expect(open('Newsletter').describe()).rejects.toMatchObject({
      code: 'RECIPE_INVALID',
      message: 'Several audiences are called "Newsletter": name one by its id (aud0000001, aud0000002)',
    });
  });
});

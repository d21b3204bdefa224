import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { findAudience } from '@stackbridge/sandbox/mailchimp/account.ts';
import { createCampaign } from '@stackbridge/sandbox/mailchimp/campaign-actions.ts';
import { archive, subscribe } from '@stackbridge/sandbox/mailchimp/people-actions.ts';
import { layOutAudience } from '@stackbridge/sandbox/people/audience-fields.ts';
import { createActivitySource } from '@stackbridge/shared-mappers/connectors/mailchimp/activity-source.ts';
import { createMailchimpConnector } from '@stackbridge/shared-mappers/connectors/mailchimp/connector.ts';
import { interpretMailchimp } from '@stackbridge/shared-mappers/connectors/mailchimp/errors.ts';
import { mailchimpLimits } from '@stackbridge/shared-mappers/connectors/mailchimp/limits.ts';
import { createMergeField } from '@stackbridge/shared-mappers/connectors/mailchimp/merge-field.ts';
import type { Access } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Connector, WriteRequest } from '@stackbridge/shared-mappers/ports/connector.ts';
import { createHttp, type PooledHttp } from 'stackbridge/http.ts';
import { type ServedMailchimp, serveMailchimp } from '../sandbox/mailchimp/served-mailchimp.ts';
import { type CheckedHttp, checkMailchimpCalls, loadMailchimpSpec } from '../support/mailchimp-spec.ts';
import { createTestClient, type TestClient } from '../support/test-client.ts';

const LIST = 'aud0000001';
const COLUMNS = [
  'email_address',
  'status',
  'merge_fields.FNAME',
  'merge_fields.POINTS',
  'interests',
  'tags',
  'vip',
];

let served: ServedMailchimp;
let http: PooledHttp;
let checked: CheckedHttp;
let tools: TestClient;
let connector: Connector;

beforeEach(async () => {
  served = await serveMailchimp({ listens: true });
  layOutAudience(served.mailchimp.account, findAudience(served.mailchimp.account, LIST));
  http = createHttp();
  checked = checkMailchimpCalls(http, loadMailchimpSpec());
  const access: Access = {
    baseUrl: `${served.world.origin}/mailchimp/3.0`,
    headers: { authorization: `Bearer ${served.mailchimp.apiKey}` },
  };
  tools = createTestClient({
    system: 'mailchimp',
    http: checked,
    interpret: interpretMailchimp,
    limits: mailchimpLimits(),
    connection: { system: 'mailchimp', access: async () => access, renew: async () => access },
  });
  connector = createMailchimpConnector({ client: tools.client, audience: 'Newsletter', audienceId: LIST });
});

afterEach(async () => {
  await http.close();
  await served.close();
});

const join = (email: string): string =>
  subscribe(served.mailchimp.account, LIST, email, 'self', { tags: ['vip'] }).contactId;

test('every call that the connector makes, and every answer to it, fits the vendor’s Swagger document', async () => {
  const { account } = served.mailchimp;
  for (let n = 0; n < 1200; n++) join(`reader${n}@acme.test`);
  archive(account, LIST, 'reader0@acme.test');
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => join(`${name}@acme.test`));
  const [a = '', b = '', c = '', d = '', e = '', f = ''] = ids;

  await connector.describe();
  for await (const _page of connector.readAll(COLUMNS));
  for await (const _page of connector.readChanges(Date.parse('2026-11-01T00:00:00Z'), COLUMNS));
  await connector.readByIds([a, 'ffffffffffffffffffffffffffffffff'], COLUMNS);
  await connector.readByKey('email_address', ['b@acme.test', 'nobody@acme.test'], COLUMNS);
  const writes: WriteRequest[][] = [
    [
      {
        action: 'create',
        email: 'new@acme.test',
        sourceId: '1',
        payload: {
          email_address: 'new@acme.test',
          status: 'subscribed',
          merge_fields: { FNAME: 'N' },
          tags: ['x'],
        },
      },
      {
        action: 'create',
        email: 'foo@example.com',
        sourceId: '2',
        payload: { email_address: 'foo@example.com', status: 'subscribed' },
      },
    ],
    [
      { action: 'update', id: a, email: 'a@acme.test', payload: { merge_fields: { POINTS: 7 }, vip: true } },
      { action: 'update', id: b, payload: { merge_fields: { FNAME: 'B' }, tags: ['x', 'y'] } },
    ],
    [{ action: 'opt-out', id: c, email: 'c@acme.test', payload: {} }],
    [{ action: 'ask-again', id: c, email: 'c@acme.test', payload: {} }],
    [{ action: 'rename', id: d, payload: { email_address: 'd2@acme.test', merge_fields: { FNAME: 'D' } } }],
    [{ action: 'rename', id: e, payload: { email_address: 'a@acme.test' } }],
    [
      { action: 'archive', id: f },
      { action: 'archive', id: 'ffffffffffffffffffffffffffffffff' },
    ],
    [{ action: 'restore', id: f, email: 'f@acme.test', payload: { status: 'subscribed' } }],
  ];
  for (const requests of writes) await connector.write(requests);
  await createMergeField(tools.client, LIST, { tag: 'NEWTAG', name: 'New', type: 'text' });

  expect(checked.faults).toEqual([]);
  expect(checked.checked).toBeGreaterThan(20);
});

test('so does every call that reads what people did with campaigns', async () => {
  const { account, actions } = served.mailchimp;
  for (let n = 0; n < 1200; n++) join(`reader${n}@acme.test`);
  const id = createCampaign(account, { list: LIST, title: 'Autumn' });
  const act = (action: string, input: object) =>
    actions[action]?.run({ campaign: id, to: 'reader7@acme.test', ...input });
  act('open', { machine: true });
  act('click', { url: 'https://acme.test/' });
  act('bounce', { type: 'soft' });
  act('leave', {});
  const source = createActivitySource(tools.client);
  const at = Date.parse('2026-11-01T00:00:00Z');

  const kinds: Record<string, number> = {};
  for await (const { campaigns } of source.campaigns(at)) {
    for (const campaign of campaigns) {
      const hash = source.memberHash('reader7@acme.test');
      const machines: string[] = [];
      for await (const keys of source.machineOpens(campaign, at)) machines.push(...keys);
      const alone = await source.activityOf(campaign, hash);
      for (const pages of [
        source.activity(campaign, at),
        source.unsubscribes(campaign),
        source.sends(campaign),
      ]) {
        for await (const events of pages) for (const { kind } of events) kinds[kind] = (kinds[kind] ?? 0) + 1;
      }
      expect(alone.map(({ kind }) => kind)).toEqual(['open', 'click', 'bounce']);
      expect(machines).toEqual([alone[0]?.key]);
    }
  }

  expect(kinds).toEqual({ open: 1, click: 1, bounce: 1, unsubscribe: 1, send: 1200 });
  expect(checked.faults).toEqual([]);
});

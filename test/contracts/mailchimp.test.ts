import { beforeAll, describe, expect, test } from '@jest/globals';
import { unsubscribe } from '../../sandbox/mailchimp/people-actions.ts';
import { serveMailchimp } from '../sandbox/mailchimp/served-mailchimp.ts';
import { loadMailchimpSpec, type MailchimpSpec } from '../support/mailchimp-spec.ts';

const LIST = 'aud0000001';
const ONE = `/lists/${LIST}/members/ada@acme.test`;

type Call = readonly [method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown];

/** A history that touches each route; later calls find what earlier ones made. */
const CALLS: readonly Call[] = [
  ['GET', '/ping'],
  ['GET', '/'],
  ['GET', '/lists?count=1000&include_total_contacts=true'],
  ['GET', `/lists/${LIST}`],
  ['POST', `/lists/${LIST}/merge-fields`, { tag: 'LTV', name: 'Lifetime value', type: 'number' }],
  [
    'POST',
    `/lists/${LIST}/merge-fields`,
    { tag: 'TIER', name: 'Tier', type: 'dropdown', options: { choices: ['A'] } },
  ],
  ['GET', `/lists/${LIST}/merge-fields?count=100`],
  ['GET', `/lists/${LIST}/merge-fields/7`],
  ['PATCH', `/lists/${LIST}/merge-fields/7`, { name: 'Value', required: false }],
  ['DELETE', `/lists/${LIST}/merge-fields/8`],
  ['POST', `/lists/${LIST}/interest-categories`, { title: 'Topics', type: 'checkboxes' }],
  ['GET', `/lists/${LIST}/interest-categories`],
  ['POST', `/lists/${LIST}/interest-categories/{category}/interests`, { name: 'News' }],
  ['GET', `/lists/${LIST}/interest-categories/{category}/interests?count=100`],
  [
    'POST',
    `/lists/${LIST}/members`,
    {
      email_address: 'ada@acme.test',
      status: 'subscribed',
      merge_fields: {
        FNAME: 'Ada',
        LTV: 15.5,
        ADDRESS: { addr1: '1 Main St', city: 'Atlanta', state: 'GA', zip: '30308' },
      },
      tags: ['vip'],
    },
  ],
  ['POST', `/lists/${LIST}/members`, { email_address: 'ada@acme.test', status: 'subscribed' }],
  ['POST', `/lists/${LIST}/members`, { email_address: 'foo@example.com', status: 'subscribed' }],
  ['PUT', ONE, { email_address: 'ada@acme.test', status_if_new: 'subscribed', merge_fields: { LTV: 'x' } }],
  ['PUT', ONE, { email_address: 'ada@acme.test', status_if_new: 'subscribed', vip: true }],
  ['PATCH', ONE, { merge_fields: { LNAME: 'Lovelace' } }],
  ['GET', ONE],
  ['GET', `/lists/${LIST}/members?count=1000&sort_field=last_changed&sort_dir=ASC&status=subscribed`],
  ['POST', `${ONE}/tags`, { tags: [{ name: 'speaker', status: 'active' }], is_syncing: true }],
  ['GET', `${ONE}/tags`],
  ['GET', `/lists/${LIST}/tag-search?name=vip`],
  ['GET', `/lists/${LIST}/segments`],
  ['POST', `/lists/${LIST}/segments`, { name: 'Autumn', static_segment: ['ada@acme.test'] }],
  ['GET', `/lists/${LIST}/segments/{segment}`],
  ['GET', `/lists/${LIST}/segments/{segment}/members?count=10`],
  ['POST', `/lists/${LIST}/segments/{segment}`, { members_to_remove: ['ada@acme.test', 'who@acme.test'] }],
  ['DELETE', `/lists/${LIST}/segments/{segment}`],
  [
    'POST',
    `/lists/${LIST}?skip_merge_validation=true`,
    {
      members: [
        { email_address: 'ada@acme.test', merge_fields: { FNAME: 'A.' }, tags: ['batch'] },
        { email_address: 'bob@acme.test', status: 'subscribed' },
        { email_address: 'nobody@acme.test' },
        { email_address: 'bad', status: 'subscribed' },
      ],
      update_existing: true,
      sync_tags: false,
    },
  ],
  ['POST', '/batches', { operations: [{ method: 'GET', path: `/lists/${LIST}`, operation_id: 'a' }] }],
  ['GET', '/batches'],
  ['GET', '/batches/{batch}'],
  ['GET', '/batches/{batch}'],
  ['DELETE', '/batches/{batch}'],
  ['PATCH', `/lists/${LIST}/members/bob@acme.test`, { status: 'subscribed' }],
  ['DELETE', ONE],
  ['DELETE', ONE],
  ['POST', `${ONE}/actions/delete-permanent`],
  ['GET', ONE],
];

describe('the simulated Mailchimp', () => {
  let spec: MailchimpSpec;
  beforeAll(() => {
    spec = loadMailchimpSpec();
  });

  test('answers as the vendor’s Swagger document says, and its tests ask so', async () => {
    const served = await serveMailchimp();
    const ids = new Map<string, string>();
    const faults: string[] = [];

    for (const [method, template, body] of CALLS) {
      const path = template.replaceAll(/\{(\w+)\}/g, (_match, name: string) => ids.get(name) ?? name);
      const { status, headers, body: answer } = await served.call(method, path, body);
      noteId(ids, method, template, answer);
      const exchange = {
        method,
        path,
        requestBody: body === undefined ? '' : JSON.stringify(body),
        status,
        contentType: String(headers['content-type']),
        answerBody: answer === '' ? '' : JSON.stringify(answer),
      };
      faults.push(...spec.requestFaults(exchange), ...spec.answerFaults(exchange));
      if (template.endsWith('?skip_merge_validation=true')) {
        unsubscribe(served.mailchimp.account, LIST, 'bob@acme.test', 'self');
      }
    }

    expect(faults).toEqual([]);
  });

  test.each([
    ['an unknown path', 'GET', '/list', ''],
    ['an unknown parameter', 'GET', `/lists/${LIST}/members?limit=10`, ''],
    ['a number past its maximum', 'GET', `/lists/${LIST}/members?count=2000`, ''],
    ['a value that is no choice', 'GET', `/lists/${LIST}/members?sort_dir=asc`, ''],
    ['a key that the body has not', 'PATCH', ONE, '{"merge_field":{}}'],
    ['a missing key', 'PUT', ONE, '{"email_address":"ada@acme.test"}'],
    [
      'a status that cannot be written',
      'POST',
      `/lists/${LIST}/members`,
      '{"email_address":"a@b.test","status":"archived"}',
    ],
    ['a missing body', 'POST', '/batches', ''],
  ])('is held against a document that notices %s', (_what, method, path, requestBody) => {
    expect(spec.requestFaults({ method, path, requestBody })).not.toEqual([]);
  });
});

function noteId(ids: Map<string, string>, method: string, template: string, answer: unknown): void {
  if (method !== 'POST') return;
  const id = String(Object(answer).id);
  if (template.endsWith('/interest-categories')) ids.set('category', id);
  if (template.endsWith('/segments')) ids.set('segment', id);
  if (template === '/batches') ids.set('batch', id);
}

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type OrgClient, openOrg } from '../sandbox/salesforce/org-client.ts';

let org: OrgClient;

beforeAll(async () => {
  org = await openOrg();
});
afterAll(() => org.sandbox.close());

type Json = Record<string, unknown>;

/** Recorded answers lie beside the project, see their PROVENANCE. */
function recorded<T = Json>(name: string): T {
  return JSON.parse(
    readFileSync(new URL(`../../../shared/fixtures/salesforce/${name}.json`, import.meta.url), 'utf8'),
  );
}

/** The structure of an answer: keys and the kinds of their values, of lists the first item. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shapeOf(item)]));
}

async function describeObject(object: string): Promise<Json> {
  const { body } = await org.call('GET', `/sobjects/${object}/describe`);
  return Object.assign({}, body);
}

function fieldsOf(answer: Json): Map<string, Json> {
  const fields: Json[] = Array.isArray(answer.fields) ? answer.fields : [];
  return new Map(fields.map((field) => [String(field.name), field]));
}

/** Recorded in 2021: what a later release or the org's own setting changed since is not held against it. */
const NOT_SIMULATED = {
  Contact: [],
  Lead: ['DandbCompanyId'],
  Account: [
    'JigsawCompanyId',
    'DunsNumber',
    'Tradestyle',
    'NaicsCode',
    'NaicsDesc',
    'YearStarted',
    'SicDesc',
    'DandbCompanyId',
    'OperatingHoursId',
  ],
  Campaign: [
    'NumberOfOpportunities',
    'NumberOfWonOpportunities',
    'AmountAllOpportunities',
    'AmountWonOpportunities',
    'CampaignMemberRecordTypeId',
  ],
};

describe.each(['Contact', 'Lead', 'Account', 'Campaign'] as const)('describe of %s', (object) => {
  test('has the keys of the recorded answer', async () => {
    const mine = await describeObject(object);

    expect(Object.keys(mine).sort()).toEqual(Object.keys(recorded(`describe-${object}`)).sort());
  });

  test('names child records in the recorded shape', async () => {
    const mine = await describeObject(object);
    const theirs = recorded(`describe-${object}`);

    expect(
      shapeOf(Array.isArray(mine.childRelationships) ? mine.childRelationships[0] : undefined),
    ).toMatchObject({
      ...Object.assign(
        {},
        shapeOf(Array.isArray(theirs.childRelationships) ? theirs.childRelationships[0] : undefined),
      ),
      relationshipName: expect.any(String),
    });
  });

  test('has every recorded standard field that is simulated, each alike in all its traits', async () => {
    const mine = fieldsOf(await describeObject(object));
    const theirs = [...fieldsOf(recorded(`describe-${object}`)).values()].filter(
      ({ custom }) => custom === false,
    );

    const missing = theirs.filter(({ name }) => !mine.has(String(name))).map(({ name }) => name);
    const both = theirs.filter(({ name }) => mine.has(String(name)));

    expect(missing).toEqual(NOT_SIMULATED[object]);
    expect(both.map(({ name }) => mine.get(String(name)))).toEqual(both);
  });
});

describe('answers have the recorded shape', () => {
  test('an expired session', async () => {
    const { body } = await org.call('GET', '/limits', undefined, { authorization: 'Bearer gone' });

    expect(body).toEqual(recorded('expired_session_response'));
  });

  test('a refused refresh', async () => {
    const { tokenUrl, clientId } = org.sandbox.connections.salesforce;
    const form = { grant_type: 'refresh_token', client_id: clientId, refresh_token: 'gone' };

    const response = await fetch(tokenUrl, { method: 'POST', body: new URLSearchParams(form) });

    expect(JSON.parse(await response.text())).toEqual(recorded('refresh_error_response'));
  });

  test('an object that does not exist', async () => {
    const { status, body } = await org.call('GET', '/sobjects/Whizbang/describe');

    expect([status, body]).toEqual([404, recorded('sobject_describe_error_response')]);
  });

  test('a column that does not exist', async () => {
    const { body } = await org.call('POST', '/sobjects/Contact', { LastName: 'x', foo: 1 });

    const [theirs] = recorded<Json[]>('write_error_response');
    expect(body).toEqual([{ ...theirs, message: String(theirs?.message).replace('Bar', 'Contact') }]);
  });

  test('an ambiguous upsert', async () => {
    for (const LastName of ['a', 'b']) org.add('Contact', { LastName, Email: 'shared@example.org' });

    const { status, body } = await org.call('PATCH', '/sobjects/Contact/Email/shared@example.org', {
      Title: 'x',
    });

    expect(status).toBe(300);
    expect(shapeOf(body)).toEqual(shapeOf(recorded('upsert_multiple_error_response')));
  });

  test('first and last page of a query', async () => {
    for (let i = 0; i < 201; i++) org.add('Campaign', { Name: `C${i}` });
    const path = `/query?q=${encodeURIComponent('SELECT Name FROM Campaign')}`;

    const first = await org.call('GET', path, undefined, { 'sforce-query-options': 'batchSize=200' });
    const next = String(Object.assign({ nextRecordsUrl: '' }, first.body).nextRecordsUrl);
    const last = await org.call('GET', next.replace('/services/data/v60.0', ''));

    const named = (name: string) =>
      JSON.parse(JSON.stringify(shapeOf(recorded(name))).replace('Text_Label', 'Name'));
    expect(shapeOf(first.body)).toEqual(named('query_paginated_first_page_response'));
    expect(shapeOf(last.body)).toEqual(named('query_paginated_last_page_response'));
  });

  test('what changed and what vanished', async () => {
    org.add('Lead', { LastName: 'x', Company: 'y' });
    const gone = org.add('Lead', { LastName: 'x', Company: 'y' });
    org.sandbox.admin.remove('salesforce', 'Lead', gone);
    const window = '?start=2026-11-02T07:00:00Z&end=2026-11-02T09:00:00Z';

    const updated = await org.call('GET', `/sobjects/Lead/updated/${window}`);
    const deleted = await org.call('GET', `/sobjects/Lead/deleted/${window}`);

    expect(shapeOf(updated.body)).toEqual(shapeOf(recorded('get_updated_success_response')));
    expect(shapeOf(deleted.body)).toEqual(shapeOf(recorded('get_deleted_success_response')));
  });
});

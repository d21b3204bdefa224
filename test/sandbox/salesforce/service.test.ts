import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type OrgClient, openOrg } from './org-client.ts';

let org: OrgClient;

beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.sandbox.close());

const act = (action: string, input: unknown) => org.sandbox.admin.act('salesforce', action, input);

describe('the call limit', () => {
  test('shows in every answer, and answers 403, never 429, once it is used up', async () => {
    act('settings', { dailyApiRequests: 20 });
    act('use-up-calls', { left: 2 });

    const answers = [
      await org.call('GET', '/limits'),
      await org.call('GET', '/limits'),
      await org.call('GET', '/limits'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 403]);
    expect(answers[0]?.headers.get('sforce-limit-info')).toMatch(/^api-usage=1\d\/20$/);
    expect(answers[2]?.headers.get('retry-after')).toBeNull();
    expect(answers[2]?.body).toEqual([
      { message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' },
    ]);
  });

  test('rolls: what is older than a day counts no more', async () => {
    act('settings', { dailyApiRequests: 1, accessTokenTtlMs: 100 * 3600 * 1000 });
    await org.call('GET', '/limits');
    org.sandbox.admin.clock({ advanceMs: 24 * 3600 * 1000 });

    expect((await org.call('GET', '/limits')).status).toBe(200);
  });
});

test('a URI beyond 16 KB is refused by the server in front', async () => {
  const { status } = await org.soql(`SELECT Id FROM Contact WHERE Email = '${'x'.repeat(17_000)}'`);

  expect(status).toBe(431);
});

test('versions are listed to anybody, calls to others than those are not found', async () => {
  const { baseUrl, accessToken } = org.sandbox.connections.salesforce;

  const versions = await (await fetch(`${baseUrl}/services/data`)).json();
  const old = await fetch(`${baseUrl}/services/data/v20.0/limits`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });

  expect(versions).toEqual(
    expect.arrayContaining([
      { label: "Summer '14", url: '/services/data/v31.0', version: '31.0' },
      { label: "Spring '24", url: '/services/data/v60.0', version: '60.0' },
    ]),
  );
  expect(old.status).toBe(404);
});

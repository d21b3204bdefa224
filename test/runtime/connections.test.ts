import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { NoAnswerError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import { type Connections, openConnections } from 'stackbridge/connections/open-connections.ts';
import { createHttp, type PooledHttp } from 'stackbridge/http.ts';
import type { Vault } from 'stackbridge/vault/vault.ts';
import { stringify } from 'yaml';
import { answering } from '../support/answering-http.ts';
import { openTestVault } from '../support/vault.ts';

const NOW = Date.parse('2026-11-02T12:00:00Z');

let folder: string;
let vault: Vault;
let now: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stackbridge-tokens-'));
  vault = openTestVault(join(folder, 'vault'));
  now = NOW;
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a Salesforce connection', () => {
  let sandbox: Sandbox;
  let http: PooledHttp;
  beforeEach(async () => {
    sandbox = await startSandbox();
    http = createHttp();
  });
  afterEach(async () => {
    await http.close();
    await sandbox.close();
  });

  test('ten refused callers cause one refresh', async () => {
    const salesforce = await open();
    const refused = await salesforce.access();

    const renewed = await Promise.all(Array.from({ length: 10 }, () => salesforce.renew(refused)));

    expect(new Set(renewed.map(({ headers }) => headers.authorization)).size).toBe(1);
    expect(await salesforce.access()).toEqual(renewed[0]);
    expect(renewed[0]).not.toEqual(refused);
    expect(refreshes()).toBe(1);
  });

  test('a caller that was refused with an older token gets the current one without a call', async () => {
    const salesforce = await open();
    const refused = await salesforce.access();
    const current = await salesforce.renew(refused);

    expect(await salesforce.renew(refused)).toEqual(current);
    expect(refreshes()).toBe(1);
  });

  test('a rotated refresh token is on the disk when the new access is given out, and the next process uses it', async () => {
    sandbox.admin.act('salesforce', 'settings', { rotateRefreshTokens: true });
    const first = await open();
    const current = await first.renew(await first.access());

    const [name = ''] = vault.names();
    expect(statSync(join(folder, 'vault', `${name}.sealed`)).mode & 0o777).toBe(0o600);
    expect(JSON.parse((await vault.read(name)) ?? '').refreshToken).not.toBe(
      sandbox.connections.salesforce.refreshToken,
    );
    now += 3_600_000;
    const second = await open();
    expect(await second.access()).toEqual(current);
    expect(await second.renew(current)).not.toEqual(current);
    expect(refreshes()).toBe(2);
  });

  test('what another process has just refreshed is taken over without a call', async () => {
    const [first, second] = [await open(), await open()];
    const refused = await second.access();
    const current = await first.renew(await first.access());

    expect(await second.renew(refused)).toEqual(current);
    expect(refreshes()).toBe(1);
  });

  test('a changed instance is used at once and by the next process', async () => {
    const salesforce = await open();
    sandbox.admin.act('salesforce', 'settings', { instance: 'na2' });

    const moved = await salesforce.renew(await salesforce.access());

    expect(moved.baseUrl).toBe(`${sandbox.connections.salesforce.baseUrl}/instances/na2`);
    expect((await (await open()).access()).baseUrl).toBe(moved.baseUrl);
  });

  test('a revoked grant asks for a new sign-in, and shows no secret', async () => {
    const salesforce = await open();
    const refused = await salesforce.access();
    sandbox.salesforce.auth.revokeGrant();

    const failure = await salesforce.renew(refused).catch((error: unknown) => error);

    expect(failure).toMatchObject({ code: 'SIGN_IN_EXPIRED', class: 'Reconnect' });
    const { clientSecret, refreshToken, accessToken } = sandbox.connections.salesforce;
    const shown = inspect(failure, { depth: 10, showHidden: true });
    expect([clientSecret, refreshToken, accessToken].filter((it) => shown.includes(it))).toEqual([]);
  });

  test('a token endpoint that does not answer leaves the next caller free to try again', async () => {
    const salesforce = await open();
    const refused = await salesforce.access();
    sandbox.admin.addFault({
      system: 'salesforce',
      path: '/services/oauth2/token',
      effect: { kind: 'drop-before' },
    });

    await expect(salesforce.renew(refused)).rejects.toMatchObject({ code: 'NO_ANSWER', carriedOut: 'no' });
    expect(await salesforce.renew(refused)).not.toEqual(refused);
  });

  test('tokens of another sign-in in the connections file are not mixed up with these', async () => {
    const first = await open();
    await first.renew(await first.access());

    const other = await open({ refreshToken: 'another', accessToken: 'its-own' });

    expect((await other.access()).headers.authorization).toBe('Bearer its-own');
  });

  test('stored tokens that died with a restored organisation give way to the configured one', async () => {
    sandbox.admin.act('salesforce', 'settings', { rotateRefreshTokens: true });
    const first = await open();
    const current = await first.renew(await first.access());
    sandbox.admin.reset();

    expect(await (await open()).renew(current)).not.toEqual(current);
  });

  test('a connection with a refresh token alone signs in before its first call', async () => {
    const { tokenUrl, clientId, refreshToken } = sandbox.connections.salesforce;
    const path = file({ salesforce: { tokenUrl, clientId, refreshToken } });

    const salesforce = (await connect(path)).open('salesforce');

    expect((await salesforce.access()).baseUrl).toBe(sandbox.connections.salesforce.baseUrl);
    expect(refreshes()).toBe(1);
  });

  function open(change: Partial<Sandbox['connections']['salesforce']> = {}): Promise<Connection> {
    const path = file({ salesforce: { ...sandbox.connections.salesforce, ...change } });
    return connect(path).then((connections) => connections.open('salesforce'));
  }
  function connect(path: string): Promise<Connections> {
    return openConnections(path, vault, { http, environment: {}, clock: { now: () => now } });
  }
  function refreshes(): number {
    return sandbox.world.calls.total('salesforce', 'token');
  }
});

test('a token is never sent to an instance on a foreign host', async () => {
  const path = file({ salesforce: { clientId: 'c', refreshToken: 'r' } });
  const http = answering({
    status: 200,
    body: { access_token: 'a', token_type: 'Bearer', instance_url: 'https://evil.example' },
  });

  const { open } = await openConnections(path, vault, { http, environment: {} });

  await expect(open('salesforce').access()).rejects.toMatchObject({ code: 'CONNECTIONS_INVALID' });
});

test('an access token without a refresh token cannot be renewed', async () => {
  const path = file({ salesforce: { baseUrl: 'https://a.my.salesforce.com', accessToken: 'a' } });
  const { open } = await openConnections(path, vault, { http: answering(), environment: {} });
  const salesforce = open('salesforce');

  await expect(salesforce.renew(await salesforce.access())).rejects.toMatchObject({
    code: 'SIGN_IN_EXPIRED',
  });
});

test('a system that nothing names is missing', async () => {
  const { open } = await openConnections(undefined, vault, { http: answering(), environment: {} });

  expect(() => open('mailchimp')).toThrow(expect.objectContaining({ code: 'CONNECTION_MISSING' }));
});

describe('a Mailchimp connection', () => {
  test('by key goes to the data centre of the key and cannot be renewed', async () => {
    const path = file({ mailchimp: { apiKey: 'k-us19' } });
    const { open } = await openConnections(path, vault, { http: answering(), environment: {} });
    const access = await open('mailchimp').access();

    expect(access.baseUrl).toBe('https://us19.api.mailchimp.com/3.0');
    await expect(open('mailchimp').renew(access)).rejects.toMatchObject({ code: 'SIGN_IN_EXPIRED' });
  });

  test('by token asks the login host once where its data centre is', async () => {
    const http = answering({ status: 200, body: { api_endpoint: 'https://us3.api.mailchimp.com' } });
    const path = file({ mailchimp: { accessToken: 't' } });
    const { open } = await openConnections(path, vault, { http, environment: {} });

    const both = await Promise.all([open('mailchimp').access(), open('mailchimp').access()]);

    expect(both.map(({ baseUrl }) => baseUrl)).toEqual(Array(2).fill('https://us3.api.mailchimp.com/3.0'));
    expect(http.requests).toHaveLength(1);
  });

  test.each([
    [{ status: 401, body: {} }, { code: 'SIGN_IN_EXPIRED' }],
    [
      { status: 503, body: '' },
      { code: 'NO_ANSWER', carriedOut: 'no' },
    ],
    [new NoAnswerError('cut', 'unknown'), { code: 'NO_ANSWER', carriedOut: 'no' }],
  ])('by token passes on what the login host says', async (answer, expected) => {
    const path = file({ mailchimp: { accessToken: 't' } });
    const { open } = await openConnections(path, vault, { http: answering(answer), environment: {} });

    await expect(open('mailchimp').access()).rejects.toMatchObject(expected);
  });
});

function file(content: unknown): string {
  const path = join(folder, 'connections.yaml');
  writeFileSync(path, stringify(content));
  return path;
}

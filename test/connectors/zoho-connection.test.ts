import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import { openConnections } from 'stackbridge/connections/open-connections.ts';
import { createHttp, type PooledHttp } from 'stackbridge/http.ts';
import { stringify } from 'yaml';
import { answering } from '../support/answering-http.ts';
import { openTestVault } from '../support/vault.ts';

const HOUR_MS = 3_600_000;

let folder: string;
let now: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stackbridge-zoho-'));
  now = Date.parse('2026-11-02T12:00:00Z');
});
afterEach(() => rmSync(folder, { recursive: true }));

const vault = () => openTestVault(join(folder, 'vault'));

async function open(zoho: object, http: Http) {
  const path = join(folder, 'connections.yaml');
  writeFileSync(path, stringify({ zoho }));
  const connections = await openConnections(path, vault(), {
    http,
    environment: {},
    clock: { now: () => now },
  });
  return { projects: connections.open('zoho-projects'), books: connections.open('zoho-books') };
}

describe('a Zoho connection to the sandbox', () => {
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
  const refreshes = () => sandbox.world.calls.total('zoho-accounts', 'oauth.token');

  test('has one sign-in: what one product was refused with is renewed for both, once', async () => {
    const { projects, books } = await open(sandbox.connections.zoho, http);
    const [one, other] = await Promise.all([projects.access(), books.access()]);

    const renewed = await Promise.all([projects.renew(one), books.renew(other), projects.renew(one)]);

    expect(new Set(renewed.map(({ headers }) => headers.authorization)).size).toBe(1);
    expect(renewed[0]).not.toEqual(one);
    expect(await books.renew(other)).toEqual(renewed[1]);
    expect(refreshes()).toBe(1);
  });

  test('keeps its token for the next runs: twelve of them in ten minutes need one', async () => {
    const { accessToken: _, ...zoho } = sandbox.connections.zoho;
    const tokens = [];
    for (let run = 0; run < 12; run++) {
      const { projects } = await open(zoho, http);
      tokens.push((await projects.access()).headers.authorization);
      now += 50_000;
    }
    expect(new Set(tokens).size).toBe(1);
    expect(refreshes()).toBe(1);
  });

  test('does not try a kept token that is past its hour', async () => {
    const { accessToken: _, ...zoho } = sandbox.connections.zoho;
    const before = await (await open(zoho, http)).projects.access();
    now += HOUR_MS;
    expect(await (await open(zoho, http)).projects.access()).not.toEqual(before);
  });

  test('asked for an eleventh token waits as long as Zoho wants, without asking again', async () => {
    const { projects, books } = await open(sandbox.connections.zoho, http);
    for (let count = 0; count < 10; count++) {
      await projects.renew(await projects.access());
      now += HOUR_MS;
    }
    await expect(projects.renew(await projects.access())).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      context: { retryAfterMs: 600_000 },
    });
    now += 60_000;
    await expect(books.renew(await books.access())).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      context: { retryAfterMs: 540_000 },
    });
    expect(refreshes()).toBe(11);
  });

  test('that was revoked asks for a new sign-in', async () => {
    const { books } = await open(sandbox.connections.zoho, http);
    sandbox.admin.act('zoho-accounts', 'revoke', {});
    await expect(books.renew(await books.access())).rejects.toMatchObject({ code: 'SIGN_IN_EXPIRED' });
  });
});

describe('where a Zoho connection leads', () => {
  const zoho = { clientId: 'c', clientSecret: 's', refreshToken: 'r' };
  const answer = (api_domain: string) => ({
    status: 200,
    body: { access_token: 'a', token_type: 'Bearer', expires_in: 3600, api_domain },
  });

  test('is where the token endpoint says the account lives, in the next run too', async () => {
    const http = answering(answer('https://www.zohoapis.eu'));
    const first = await open({ ...zoho, dataCentre: 'eu' }, http);
    expect((await first.projects.access()).baseUrl).toBe('https://projectsapi.zoho.eu');
    expect((await first.books.access()).baseUrl).toBe('https://www.zohoapis.eu');
    const next = await open({ ...zoho, dataCentre: 'eu' }, http);
    expect((await next.projects.access()).baseUrl).toBe('https://projectsapi.zoho.eu');
    expect(http.requests.map(({ url }) => url)).toEqual(['https://accounts.zoho.eu/oauth/v2/token']);
  });

  test("is no host but Zoho's: no token is kept or sent for another", async () => {
    const { books } = await open(zoho, answering(answer('https://www.zohoapis.com.evil.example')));
    await expect(books.access()).rejects.toMatchObject({
      code: 'CONNECTIONS_INVALID',
      message:
        "The token endpoint of zoho names an API on www.zohoapis.com.evil.example, which is not Zoho's",
    });
    expect(vault().names()).toEqual([]);
  });

  test.each([
    [{}, 'zoho.refreshToken: is missing'],
    [{ refreshToken: 'r', clientId: 'c' }, 'zoho.clientSecret: is missing'],
    [{ refreshToken: 'r', clientSecret: 'c' }, 'zoho.clientId: is missing'],
    [{ ...zoho, booksUrl: 'http://books.example' }, 'zoho.booksUrl: must be an https URL'],
    [{ ...zoho, dataCentre: 'mars' }, 'zoho.dataCentre'],
  ])('is asked for where the file leaves it open: %j', async (settings, fault) => {
    await expect(open(settings, answering())).rejects.toMatchObject({
      code: 'CONNECTIONS_INVALID',
      message: expect.stringContaining(fault),
    });
  });
});

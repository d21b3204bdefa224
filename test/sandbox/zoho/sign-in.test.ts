import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answered, type ServedZoho, serveZoho } from './served-zoho.ts';

const BACK = 'http://127.0.0.1:9/back';

let served: ServedZoho;
beforeEach(async () => {
  served = await serveZoho();
});
afterEach(() => served.close());

function ask(form: Record<string, string>, server = '/zoho-accounts'): Promise<Answered> {
  const { clientId, clientSecret } = served.accounts.oauth;
  const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...form });
  return served.call('POST', `${server}/oauth/v2/token`, { body });
}

function refresh(server?: string): Promise<Answered> {
  return ask(
    { grant_type: 'refresh_token', refresh_token: served.accounts.grants.first.refreshToken },
    server,
  );
}

async function consent(more: Record<string, string> = {}, decision = 'accept'): Promise<URL> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: served.accounts.oauth.clientId,
    scope: 'ZohoBooks.expenses.READ',
    redirect_uri: BACK,
    access_type: 'offline',
    prompt: 'consent',
    state: 's1',
    ...more,
  });
  const body = new URLSearchParams({ decision });
  const answer = await served.call('POST', `/zoho-accounts/oauth/v2/auth?${query}`, { body });
  return new URL(String(answer.headers.location));
}

describe('the token endpoint', () => {
  test('refreshes without giving the refresh token again', async () => {
    expect(await refresh()).toMatchObject({
      status: 200,
      body: {
        access_token: expect.stringMatching(/^1000\.[0-9a-f]{32}\.[0-9a-f]{32}$/),
        scope: expect.stringContaining('ZohoProjects.timesheets.ALL'),
        api_domain: 'http://127.0.0.1/zoho-books',
        token_type: 'Bearer',
        expires_in: 3600,
      },
    });
    expect(Object((await refresh()).body)).not.toHaveProperty('refresh_token');
  });

  test.each([
    [{ grant_type: 'refresh_token', refresh_token: 'none' }, 'invalid_code'],
    [{ grant_type: 'authorization_code', code: 'none' }, 'invalid_code'],
    [{ grant_type: 'refresh_token', client_id: 'none' }, 'invalid_client'],
    [{ grant_type: 'refresh_token', client_secret: 'none' }, 'invalid_client_secret'],
  ])('says what is wrong with HTTP 200: %j is %s', async (form, error) => {
    expect(await ask(form)).toMatchObject({ status: 200, body: { error } });
  });

  test('gives ten tokens in ten minutes and no eleventh', async () => {
    for (let n = 0; n < 10; n++) expect(Object((await refresh()).body)).toHaveProperty('access_token');

    expect(await refresh()).toMatchObject({
      status: 200,
      body: {
        error: 'Access Denied',
        error_description: 'You have made too many requests continuously. Please try again after some time.',
      },
    });
    served.world.clock.advance(10 * 60_000 + 1);
    expect(Object((await refresh()).body)).toHaveProperty('access_token');
  });

  test('takes its form from the query, too', async () => {
    const { clientId, clientSecret } = served.accounts.oauth;
    const query = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: served.accounts.grants.first.refreshToken,
    });

    const answer = await served.call('POST', `/zoho-accounts/oauth/v2/token?${query}`);

    expect(Object(answer.body)).toHaveProperty('access_token');
  });
});

describe('a consent', () => {
  test('gives a refresh token with a code that is good once, at the place it was sent to, for two minutes', async () => {
    const code = (await consent()).searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: BACK };
    const late = (await consent()).searchParams.get('code') ?? '';

    expect(Object((await ask(form)).body)).toMatchObject({
      refresh_token: expect.any(String),
      scope: 'ZohoBooks.expenses.READ',
    });
    expect((await ask(form)).body).toEqual({ error: 'invalid_code' });
    served.world.clock.advance(2 * 60_000);
    expect((await ask({ ...form, code: late })).body).toEqual({ error: 'invalid_code' });
  });

  test('is asked for on a page, which names every scope', async () => {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: served.accounts.oauth.clientId,
      scope: 'ZohoProjects.portals.READ,ZohoBooks.expenses.READ',
      redirect_uri: BACK,
    });
    const { headers, text } = await served.call('GET', `/zoho-accounts/oauth/v2/auth?${query}`);

    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).toContain('<li>ZohoProjects.portals.READ</li><li>ZohoBooks.expenses.READ</li>');
  });

  test('that is denied sends the user back without a code', async () => {
    expect((await consent({}, 'deny')).search).toBe('?error=access_denied&state=s1');
  });

  test('gives a refresh token the second time only when the user is asked again', async () => {
    await consent({ prompt: 'none' });
    const again = await consent({ prompt: 'none' });
    const form = { grant_type: 'authorization_code', redirect_uri: BACK };

    const answer = await ask({ ...form, code: again.searchParams.get('code') ?? '' });

    expect(Object(answer.body)).not.toHaveProperty('refresh_token');
  });

  test('sends the user of another data centre there, and only that knows the code', async () => {
    served.accounts.actions.settings?.run({ centre: 'eu' });
    const back = await consent();
    const form = {
      grant_type: 'authorization_code',
      redirect_uri: BACK,
      code: back.searchParams.get('code') ?? '',
    };

    expect(back.searchParams.get('location')).toBe('eu');
    expect(back.searchParams.get('accounts-server')).toBe('http://127.0.0.1/zoho-accounts/eu');
    expect((await ask(form)).body).toEqual({ error: 'invalid_code' });
    expect(Object((await ask(form, '/zoho-accounts/eu')).body)).toHaveProperty('access_token');
    expect(Object((await refresh('/zoho-accounts/eu')).body)).toHaveProperty('access_token');
  });
});

describe('a token', () => {
  const BOOKS = '/zoho-books/books/v3/organizations';
  const PORTALS = '/zoho-projects/api/v3/portals';

  test('ends after an hour', async () => {
    served.world.clock.advance(3_600_000);

    expect((await served.call('GET', PORTALS)).status).toBe(400);
    expect((await served.call('GET', BOOKS)).status).toBe(401);
  });

  test('of one product fails on the other', async () => {
    const code = (await consent({ scope: 'ZohoBooks.settings.READ' })).searchParams.get('code') ?? '';
    const { access_token: token } = Object(
      (await ask({ grant_type: 'authorization_code', code, redirect_uri: BACK })).body,
    );

    expect(await served.call('GET', BOOKS, { token })).toMatchObject({ status: 200 });
    expect(await served.call('GET', PORTALS, { token })).toMatchObject({
      status: 400,
      body: { error: { title: 'INVALID_OAUTHTOKEN' } },
    });
  });

  test('is taken as Bearer as well', async () => {
    expect((await served.call('GET', PORTALS, { scheme: 'Bearer' })).status).toBe(200);
    expect((await served.call('GET', BOOKS, { scheme: 'Bearer' })).status).toBe(200);
    expect((await served.call('GET', PORTALS, { scheme: 'Basic' })).status).toBe(400);
  });

  test('dies as the oldest of sixteen of one refresh token', async () => {
    const [, second] = [await refresh(), Object((await refresh()).body).access_token];
    for (let n = 0; n < 14; n++) {
      if (n % 8 === 7) served.world.clock.advance(11 * 60_000);
      await refresh();
    }

    expect(served.accounts.grants.standingOf(second)).not.toBe('unknown');
    await refresh();
    expect(served.accounts.grants.standingOf(second)).toBe('unknown');
  });

  test('is worth nothing once the user has withdrawn the consent', async () => {
    served.projects.revoke();

    expect((await served.call('GET', PORTALS)).status).toBe(400);
    expect((await refresh()).body).toEqual({ error: 'invalid_code' });
  });
});

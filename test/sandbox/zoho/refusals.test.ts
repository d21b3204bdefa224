import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ServedZoho, type SmallPortal, serveZoho, smallPortal, titleOf } from './served-zoho.ts';

let served: ServedZoho;
let small: SmallPortal;
beforeEach(async () => {
  served = await serveZoho();
  small = smallPortal(served);
});
afterEach(() => served.close());

describe('a refusal', () => {
  test('says its status as text and its details in an array, or otherwise', async () => {
    const path = `/api/v3/portal/${served.projects.portal.id}/projects/1`;
    const usual = await served.portal('/projects/1');
    served.settings({ errors: 'numbers' });
    const other = await served.portal('/projects/1');

    const error = {
      instance: path,
      method: 'GET',
      error_type: 'OPERATIONAL_VALIDATION_ERROR',
      title: 'RESOURCE_NOT_FOUND',
    };
    const detail = { message: 'The project does not exist.' };
    expect(usual).toMatchObject({ status: 404 });
    expect(usual.body).toEqual({ error: { ...error, status_code: '404', details: [detail] } });
    expect(other.body).toEqual({ error: { ...error, status_code: 404, details: detail } });
  });

  test('may come with HTTP 200', async () => {
    served.settings({ errorsAs200: true });

    expect(titleOf(await served.portal('/projects/1'))).toEqual([200, 'RESOURCE_NOT_FOUND']);
  });

  test.each([400, 401] as const)('of a bad token is HTTP %d', async (badToken) => {
    served.settings({ badToken });
    served.accounts.expireTokens();

    expect(titleOf(await served.portal('/projects'))).toEqual([badToken, 'INVALID_OAUTHTOKEN']);
  });

  test('meets a slash at the end, and a path that is none', async () => {
    expect(titleOf(await served.portal('/projects/'))).toEqual([400, 'URL_RULE_NOT_CONFIGURED']);
    expect(titleOf(await served.portal('/nothing'))).toEqual([400, 'URL_RULE_NOT_CONFIGURED']);
  });

  test('meets a body that is no JSON', async () => {
    const path = `/zoho-projects/api/v3/portal/stackbridge/projects/${small.project}/log`;

    const answer = await served.call('POST', path, { body: new URLSearchParams({ hours: '1' }) });

    expect(titleOf(answer)).toEqual([400, 'INVALID_INPUTSTREAM']);
  });

  test('meets a module that is turned off', async () => {
    served.settings({ modulesOff: ['issues'] });

    expect(await served.portal(`/projects/${small.project}/issues`)).toMatchObject({
      status: 403,
      body: {
        error: {
          title: 'FORBIDDEN',
          details: [{ message: 'Enable the Issue Tracker module to access the APIs.' }],
        },
      },
    });
  });
});

describe('the throttle', () => {
  const projects = (): Promise<Awaited<ReturnType<ServedZoho['portal']>>> => served.portal('/projects');

  test('counts the calls of a path pattern in two minutes, whatever the ids in it', async () => {
    const other = served.projects.desk.create('projects', { name: 'Other' });
    const first = await served.portal(`/projects/${small.project}/tasks`);
    await served.portal(`/projects/${other}/tasks`);
    served.world.clock.advance(119_000);
    const third = await served.portal(`/projects/${small.project}/tasks`);

    expect(first.headers).toMatchObject({
      ratelimit: '100',
      'ratelimit-remaining': '99',
      'ratelimit-window': '2',
      'ratelimit-window-unit': 'MINUTES',
    });
    expect(third.headers['ratelimit-remaining']).toBe('97');
  });

  test('answers with HTTP 400 past a hundred, the minutes in its text, and locks that pattern alone', async () => {
    for (let n = 0; n < 100; n++) expect((await projects()).status).toBe(200);
    const refused = await projects();
    served.world.clock.advance(8 * 60_000);
    const later = await projects();

    expect(refused.headers).not.toHaveProperty('retry-after');
    expect(refused).toMatchObject({
      status: 400,
      body: {
        error: {
          title: 'URL_ROLLING_THROTTLES_LIMIT_EXCEEDED',
          details: [
            {
              message:
                'Cannot execute more than 100 requests per API in 2 minutes. Try again after 30 minutes.',
            },
          ],
        },
      },
    });
    expect(later.text).toContain('Try again after 22 minutes.');
    expect((await served.portal('/users')).status).toBe(200);
    served.world.clock.advance(22 * 60_000);
    expect((await projects()).status).toBe(200);
  });

  test('forgets calls after two minutes', async () => {
    for (let n = 0; n < 100; n++) await projects();
    served.world.clock.advance(120_000);

    expect((await projects()).status).toBe(200);
  });

  test('may be HTTP 429 with Retry-After', async () => {
    served.settings({ throttle: { calls: 1, lockMinutes: 10, status: 429 } });
    await projects();

    expect(await projects()).toMatchObject({ status: 429, headers: { 'retry-after': '600' } });
  });

  test('can be set off for half an hour by others', async () => {
    served.projects.actions.lock?.run({ minutes: 30 });

    expect(titleOf(await projects())).toEqual([400, 'URL_ROLLING_THROTTLES_LIMIT_EXCEEDED']);
    served.world.clock.advance(30 * 60_000);
    expect((await projects()).status).toBe(200);
  });

  test('strikes as a fault, in the same words', async () => {
    served.world.faults.add({ system: 'zoho-projects', effect: { kind: 'throttle', retryAfterS: 180 } });

    expect((await projects()).text).toContain('Try again after 3 minutes.');
  });
});

import { describe, expect, test } from '@jest/globals';
import { NoAnswerError, StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import {
  createScriptedHttp,
  createTestClient,
  NOON,
  type ScriptedAnswer,
} from '../../support/test-client.ts';

function interpret({ status, headers }: HttpResponse): StackbridgeError | undefined {
  if (status === 200) return undefined;
  if (status === 401) return new StackbridgeError('SIGN_IN_EXPIRED', 'expired');
  if (status === 429) {
    const retryAfterMs = Number(headers['retry-after'] ?? 0) * 1000;
    return new StackbridgeError('RATE_LIMITED', 'too many', { retryAfterMs });
  }
  return new StackbridgeError(status === 503 ? 'SERVER_ERROR' : 'REJECTED', `status ${status}`);
}

function setUp(
  script: readonly ScriptedAnswer[],
  more: Partial<Parameters<typeof createTestClient>[0]> = {},
) {
  const { http, requests } = createScriptedHttp(script);
  return { requests, ...createTestClient({ http, interpret, ...more }) };
}

const read = { method: 'GET', path: '/things?x=1' } as const;
const create = { method: 'POST', path: '/things', body: '{}' } as const;

describe('a call', () => {
  test('carries the access of the moment and is counted', async () => {
    const { client, requests, events } = setUp([{ body: 'here' }]);
    const answer = await client.send(read, { repeatable: true });
    expect(answer.body).toBe('here');
    expect(requests).toEqual([
      {
        method: 'GET',
        url: 'https://old.example/things?x=1',
        headers: { accept: 'application/json', authorization: 'Bearer token-0' },
      },
    ]);
    expect(events).toEqual(['call']);
  });

  test('with an expired token renews once and goes to where the account lives now', async () => {
    const { client, requests, events } = setUp([{ status: 401 }, {}]);
    await client.send(create, { repeatable: false });
    expect(requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['https://old.example/things', 'Bearer token-0'],
      ['https://new.example/things', 'Bearer token-1'],
    ]);
    expect(events).toEqual(['call', 'renew', 'call']);
  });

  test('refused again after the renewal is not renewed a second time', async () => {
    const { client, events } = setUp([{ status: 401 }, { status: 401 }]);
    await expect(client.send(read, { repeatable: true })).rejects.toMatchObject({ code: 'SIGN_IN_EXPIRED' });
    expect(events).toEqual(['call', 'renew', 'call']);
  });

  test('whose renewal fails for the moment is repeated, also when it could double: it was not sent', async () => {
    let renewals = 0;
    const access = { baseUrl: 'https://one.example', headers: {} };
    const connection = {
      system: 'salesforce' as const,
      access: async () => access,
      renew: async () => {
        renewals += 1;
        if (renewals === 1) throw new StackbridgeError('SERVER_ERROR', 'token endpoint answered 503');
        return access;
      },
    };
    const { client, requests } = setUp([{ status: 401 }, { status: 401 }, {}], { connection });
    await client.send(create, { repeatable: false });
    expect({ renewals, sent: requests.length }).toEqual({ renewals: 2, sent: 3 });
  });

  test('over the limit waits and goes on, also when it could double: it was not carried out', async () => {
    const { client, events } = setUp([{ status: 429, headers: { 'retry-after': '30' } }, {}]);
    await client.send(create, { repeatable: false });
    expect(events).toEqual(['call', 'waiting 30250: too many', 'call']);
  });

  test('over the limit for longer than the patience ends with RATE_LIMITED', async () => {
    const { client } = setUp(
      [
        { status: 429, headers: { 'retry-after': '30' } },
        { status: 429, headers: { 'retry-after': '30' } },
      ],
      { patienceMs: 60_000 },
    );
    await expect(client.send(read, { repeatable: true })).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  test('without an answer is repeated when that does no harm', async () => {
    const { client, slept } = setUp([new NoAnswerError('reset', 'unknown'), { status: 503 }, {}]);
    await client.send(read, { repeatable: true });
    expect(slept).toEqual([250, 500]);
  });

  test.each([
    ['an answer that never came', new NoAnswerError('reset', 'unknown')],
    ['a server error', { status: 503 }],
  ])('that could double is left unknown after %s', async (_name, answer) => {
    const { client, requests } = setUp([answer]);
    const failure = client.send(create, { repeatable: false });
    await expect(failure).rejects.toMatchObject({ code: 'NO_ANSWER', carriedOut: 'unknown' });
    expect(requests).toHaveLength(1);
  });

  test('tells the server time from before it was sent', async () => {
    const slow: { advance?: (ms: number) => void } = {};
    const { client, advance } = setUp([
      () => {
        slow.advance?.(3_000);
        return { headers: { date: 'Mon, 02 Nov 2026 12:05:03 GMT' } };
      },
    ]);
    slow.advance = advance;
    const answer = await client.send(read, { repeatable: true });
    expect(answer.serverTime).toBe(NOON + 5 * 60_000 - 1_000);
  });

  test('stops waiting when the run is asked to stop', async () => {
    const { client } = setUp([{ status: 503 }], { stop: { requested: true } });
    await expect(client.send(read, { repeatable: true })).rejects.toMatchObject({ code: 'STOPPED' });
  });
});

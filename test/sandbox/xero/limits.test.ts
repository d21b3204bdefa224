import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Answered, type ServedXero, serveXero } from './served-xero.ts';

const A = '/api.xro/2.0';
const MINUTE_MS = 60_000;
const CONTACT = { Contacts: [{ Name: 'Acme' }] };

let served: ServedXero;
beforeEach(async () => {
  served = await serveXero();
});

function set(settings: object): void {
  served.xero.actions.settings?.run(settings);
}

async function organisation(): Promise<Answered> {
  return served.call('GET', `${A}/Organisation`);
}

function quotaOf({ headers }: Answered): unknown[] {
  return [
    headers['x-daylimit-remaining'],
    headers['x-minlimit-remaining'],
    headers['x-appminlimit-remaining'],
  ];
}

describe('the simulated Xero’s limits', () => {
  test('every answer tells what is left, a refusal by content too', async () => {
    const first = await organisation();
    const second = await served.call('PUT', `${A}/Invoices`, { body: { Type: 'ACCREC' } });

    expect([quotaOf(first), second.status, quotaOf(second)]).toEqual([
      ['4999', '59', '9999'],
      400,
      ['4998', '58', '9998'],
    ]);
  });

  test('sixty calls a minute; the next is told how long to wait', async () => {
    for (let i = 0; i < 60; i++) await organisation();
    served.world.clock.advance(43_000);

    const refused = await organisation();
    served.world.clock.advance(17_000);
    const later = await organisation();

    expect([
      refused.status,
      refused.text,
      refused.headers['x-rate-limit-problem'],
      refused.headers['retry-after'],
    ]).toEqual([429, '', 'minute', '17']);
    expect(later.status).toBe(200);
  });

  test('a day’s quota, over at another hour for each organisation', async () => {
    served.xero.actions['use-up-calls']?.run({ day: 1 });
    await organisation();

    const refused = await organisation();
    const waitS = Number(refused.headers['retry-after']);
    served.world.clock.advance(waitS * 1000);
    const later = await served.call('GET', `${A}/Organisation`, {
      headers: { authorization: `Bearer ${served.xero.auth.issueAccessToken()}` },
    });

    expect([refused.status, refused.headers['x-rate-limit-problem'], later.status]).toEqual([
      429,
      'day',
      200,
    ]);
    expect(waitS).toBeGreaterThan(0);
    expect(waitS).toBeLessThanOrEqual(86_400);
  });

  test('five calls at a time; the sixth is not told how long to wait', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, organisation));

    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.map(({ headers }) => [headers['x-rate-limit-problem'], headers['retry-after']])).toEqual([
      ['concurrent', undefined],
    ]);
  });

  test.each([
    ['pascal', 'MinuteLimit'],
    ['words', 'Minute limit'],
  ])('the limit’s name can be spelled in %s, as some clients met it', async (limitSpelling, name) => {
    set({ perMinute: 1, limitSpelling });
    await organisation();

    const { headers } = await organisation();

    expect(headers['x-rate-limit-problem']).toBe(name);
  });

  test('a request above ten megabytes is refused', async () => {
    const { status } = await served.call('PUT', `${A}/Invoices`, {
      body: ' '.repeat(10 * 1024 * 1024 + 1),
      headers: { 'content-type': 'application/json' },
    });

    expect(status).toBe(413);
  });
});

describe('the simulated Xero’s idempotency keys', () => {
  const keyed = (key: string, body: object = CONTACT, more: Record<string, string> = {}): Promise<Answered> =>
    served.call('PUT', `${A}/Contacts`, { body, headers: { 'idempotency-key': key, ...more } });

  test('a repeat within six minutes gets the first answer, and counts against the quota', async () => {
    const first = await keyed('k1');
    served.world.clock.advance(6 * MINUTE_MS - 1);
    const repeat = await keyed('k1');

    expect([first.status, repeat.text]).toEqual([200, first.text]);
    expect(repeat.headers['x-daylimit-remaining']).toBe('4998');
  });

  test('after six minutes the key is new', async () => {
    await keyed('k1');
    served.world.clock.advance(6 * MINUTE_MS);

    const { status } = await keyed('k1');

    expect(status).toBe(400);
  });

  test('errors are kept as well', async () => {
    await keyed('k1');
    const refused = await keyed('k2');
    served.xero.books().contacts.clear();

    const repeat = await keyed('k2');

    expect([refused.status, repeat.text]).toEqual([400, refused.text]);
  });

  test('a key of another request is refused', async () => {
    await keyed('k1');

    const { status, body } = await keyed('k1', { Contacts: [{ Name: 'Other' }] });

    expect([status, Object(body).Detail]).toEqual([
      400,
      'Idempotency Key: k1 is used with a different request.',
    ]);
  });

  test('another access token does not know the key: the second create is carried out', async () => {
    await keyed('k1');

    const { body } = await keyed('k1', CONTACT, {
      authorization: `Bearer ${served.xero.auth.issueAccessToken()}`,
    });

    expect(Object(body).Elements[0].ValidationErrors[0].Message).toMatch(/already assigned/);
  });

  test('a key has 128 characters at most', async () => {
    const { status } = await keyed('k'.repeat(129));

    expect(status).toBe(400);
  });

  test('calls with a key fail while the store of keys is down', async () => {
    set({ idempotencyDown: true });

    const statuses = [
      (await keyed('k1')).status,
      (await served.call('PUT', `${A}/Contacts`, { body: CONTACT })).status,
    ];

    expect(statuses).toEqual([500, 200]);
  });
});

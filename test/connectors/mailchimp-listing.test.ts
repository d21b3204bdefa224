import { describe, expect, test } from '@jest/globals';
import { interpretMailchimp } from '@stackbridge/shared-mappers/connectors/mailchimp/errors.ts';
import { type Listing, readListing } from '@stackbridge/shared-mappers/connectors/mailchimp/listing.ts';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import { createTestClient, NOON } from '../support/test-client.ts';

/** A listing in the order of the last change, paged by offset, that can be edited between two calls. */
function createAudience(members: number, secondsApart = 1) {
  let now = NOON;
  const rows = Array.from({ length: members }, (_, i) => ({
    id: `m${i}`,
    at: NOON + i * secondsApart * 1000,
  }));
  now += members * secondsApart * 1000;
  const calls: string[] = [];
  /** Keyed by the number of the call after which it happens. */
  const afterCall = new Map<number, () => void>();
  const distort = new Map<number, (page: { members: unknown[]; total_items: number }) => unknown>();
  const http: Http = {
    async send({ url }) {
      const query = new URL(url).searchParams;
      const offset = Number(query.get('offset'));
      calls.push(`${offset}+${query.get('count')}`);
      const page = rows.slice(offset, offset + Number(query.get('count')));
      const body = {
        members: page.map(({ id, at }) => ({ contact_id: id, last_changed: new Date(at).toISOString() })),
        total_items: rows.length,
      };
      const sent = distort.get(calls.length)?.(body) ?? body;
      afterCall.get(calls.length)?.();
      return { status: 200, headers: {}, body: JSON.stringify(sent) };
    },
  };
  return {
    http,
    calls,
    afterCall,
    distort,
    edit(...ids: string[]) {
      for (const id of ids) {
        const [row] = rows.splice(
          rows.findIndex((one) => one.id === id),
          1,
        );
        now += secondsApart * 1000;
        if (row !== undefined) rows.push({ ...row, at: now });
      }
    },
    remove(...ids: string[]) {
      for (const id of ids)
        rows.splice(
          rows.findIndex((one) => one.id === id),
          1,
        );
    },
    ids: () => rows.map(({ id }) => id),
  };
}

async function readAll(http: Http, more: Partial<Listing> = {}): Promise<SourceRecord[]> {
  const { client } = createTestClient({ http, interpret: interpretMailchimp, system: 'mailchimp' });
  const records: SourceRecord[] = [];
  for await (const page of readListing(client, { audienceId: 'aud1', columns: [], ...more })) {
    records.push(...page.records);
  }
  return records;
}

const distinct = (records: readonly SourceRecord[]) => new Set(records.map(({ id }) => id));
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `m${from + i}`);

describe('a listing at rest', () => {
  test('comes whole and once, each page beginning with the last row of the page before', async () => {
    const audience = createAudience(2_500);

    const records = await readAll(audience.http);

    expect(records.map(({ id }) => id)).toEqual(audience.ids());
    expect(audience.calls).toEqual(['0+1000', '999+1000', '1998+1000']);
  });

  test('of 100,000 members costs 101 calls', async () => {
    const audience = createAudience(100_000);

    const records = await readAll(audience.http);

    expect(records).toHaveLength(100_000);
    expect(audience.calls).toHaveLength(101);
  });

  test('of nobody costs one call', async () => {
    const audience = createAudience(0);

    expect(await readAll(audience.http)).toEqual([]);
    expect(audience.calls).toHaveLength(1);
  });

  test('asks only for the fields that are mapped', async () => {
    const urls: string[] = [];
    const http: Http = {
      async send({ url }) {
        urls.push(decodeURIComponent(url));
        return { status: 200, headers: {}, body: '{"members":[],"total_items":0}' };
      },
    };

    await readAll(http, {
      columns: ['FNAME', 'vip', 'interests.Topics', 'tags'],
      status: 'archived',
      since: NOON,
    });

    expect(urls).toEqual([
      'https://old.example/lists/aud1/members?count=1000&offset=0&sort_field=last_changed&sort_dir=ASC' +
        '&fields=members.id,members.contact_id,members.email_address,members.status,members.unsubscribe_reason,' +
        'members.last_changed,members.merge_fields.FNAME,members.vip,members.interests,members.tags,' +
        'members.tags_count,total_items&status=archived&since_last_changed=2026-11-02T11:59:59Z',
    ]);
  });
});

describe('a listing whose rows shift while it is paged', () => {
  test.each([1, 10, 400, 998])('skips nobody when %i read members are edited', async (edits) => {
    const audience = createAudience(5_000);
    audience.afterCall.set(2, () => audience.edit(...numbers(0, edits)));

    const records = await readAll(audience.http);

    expect(distinct(records)).toEqual(new Set(audience.ids()));
  });

  test('skips nobody when the last row read is the one edited', async () => {
    const audience = createAudience(5_000);
    audience.afterCall.set(1, () => audience.edit('m999'));

    expect(distinct(await readAll(audience.http))).toEqual(new Set(audience.ids()));
  });

  test('skips nobody when the whole last page is edited', async () => {
    const audience = createAudience(5_000);
    audience.afterCall.set(2, () => audience.edit(...numbers(1_000, 1_999)));

    expect(distinct(await readAll(audience.http))).toEqual(new Set(audience.ids()));
  });

  test('skips nobody when members vanish', async () => {
    const audience = createAudience(3_000);
    audience.afterCall.set(2, () => audience.remove(...numbers(500, 1_700)));

    const records = distinct(await readAll(audience.http));

    expect(audience.ids().filter((id) => !records.has(id))).toEqual([]);
  });

  test('skips nobody when it shifts before every page, all changes within one second', async () => {
    const audience = createAudience(5_000, 0);
    for (let call = 1; call <= 20; call++) {
      audience.afterCall.set(call, () => audience.edit(`m${call}`, `m${call + 100}`));
    }

    expect(distinct(await readAll(audience.http))).toEqual(new Set(audience.ids()));
  });

  test('gives an edited member again with its newer change', async () => {
    const audience = createAudience(2_000);
    audience.afterCall.set(1, () => audience.edit('m0'));

    const versions = (await readAll(audience.http)).filter(({ id }) => id === 'm0');

    expect(versions.map(({ modifiedAt }) => modifiedAt)).toEqual([NOON, NOON + 2_001_000]);
  });
});

describe('a listing that answers 200 without its rows', () => {
  test('is read on where a page came short', async () => {
    const audience = createAudience(3_000);
    audience.distort.set(2, (page) => ({ ...page, members: page.members.slice(0, 700) }));

    expect(distinct(await readAll(audience.http))).toEqual(new Set(audience.ids()));
  });

  test.each([
    ['the first page is empty', 1],
    ['a later page is empty', 2],
  ])('is incomplete where %s although more is announced', async (_case, call) => {
    const audience = createAudience(3_000);
    audience.distort.set(call, (page) => ({ ...page, members: [] }));

    await expect(readAll(audience.http)).rejects.toMatchObject({ code: 'LISTING_INCOMPLETE' });
  });

  test('is incomplete where the audience seems to have emptied', async () => {
    const audience = createAudience(3_000);
    for (const call of [2, 3, 4, 5, 6]) audience.distort.set(call, () => ({ members: [], total_items: 0 }));

    await expect(readAll(audience.http)).rejects.toMatchObject({ code: 'LISTING_INCOMPLETE' });
  });

  test('is a server error where it is no listing at all', async () => {
    const audience = createAudience(3_000);
    for (let call = 1; call <= 6; call++) audience.distort.set(call, () => ({}));

    await expect(readAll(audience.http)).rejects.toMatchObject({ code: 'SERVER_ERROR' });
  });
});

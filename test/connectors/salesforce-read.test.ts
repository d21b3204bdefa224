import { describe, expect, test } from '@jest/globals';
import type { SalesforceConnectorOptions } from '@stackbridge/shared-mappers/connectors/salesforce/connector.ts';
import { createSalesforceConnector } from '@stackbridge/shared-mappers/connectors/salesforce/connector.ts';
import { interpretSalesforce } from '@stackbridge/shared-mappers/connectors/salesforce/errors.ts';
import { queryLists, quote } from '@stackbridge/shared-mappers/connectors/salesforce/soql.ts';
import type { Page } from '@stackbridge/shared-mappers/ports/connector.ts';
import type { HttpRequest } from '@stackbridge/shared-mappers/ports/http.ts';
import { createScriptedHttp, createTestClient, NOON, type ScriptedAnswer } from '../support/test-client.ts';

const ADA = '003q000000KvQ1tAAF';
const BOB = '003q000000KvQ2DAAV';

function setUp(script: readonly ScriptedAnswer[], options: Partial<SalesforceConnectorOptions> = {}) {
  const { http, requests } = createScriptedHttp(script);
  const { client } = createTestClient({ http, interpret: interpretSalesforce });
  return { connector: createSalesforceConnector({ client, object: 'Contact', ...options }), requests };
}

function row(id: string, more: Record<string, unknown> = {}) {
  return { attributes: { type: 'Contact' }, Id: id, SystemModstamp: '2026-11-02T12:00:00.000+0000', ...more };
}

function answer(totalSize: number, records: unknown[], nextRecordsUrl?: string): ScriptedAnswer {
  return {
    headers: { date: 'Mon, 02 Nov 2026 12:05:00 GMT' },
    body: JSON.stringify({ totalSize, done: nextRecordsUrl === undefined, nextRecordsUrl, records }),
  };
}

const expiredLocator: ScriptedAnswer = {
  status: 400,
  body: JSON.stringify([{ errorCode: 'INVALID_QUERY_LOCATOR', message: 'invalid query locator' }]),
};

async function collect(pages: AsyncIterable<Page>): Promise<Page[]> {
  const all: Page[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

const soqlOf = (request: HttpRequest | undefined) => decodeURIComponent(request?.url.split('?q=')[1] ?? '');

describe('a full listing', () => {
  test('follows the locators, relative to the instance, and tells total and server time', async () => {
    const { connector, requests } = setUp([
      answer(
        2,
        [row(ADA, { FirstName: 'Ada', Account: { Name: 'Engines' } })],
        '/services/data/v60.0/query/0r8-1',
      ),
      answer(2, [row(BOB)]),
    ]);
    const pages = await collect(connector.readAll(['FirstName', 'Account.Name']));

    expect(pages).toEqual([
      {
        records: [
          {
            id: ADA,
            object: 'Contact',
            modifiedAt: NOON,
            state: 'live',
            values: { FirstName: 'Ada', Account: { Name: 'Engines' } },
          },
        ],
        expected: 2,
        serverTime: NOON + 5 * 60_000 - 1_000,
      },
      {
        records: [
          {
            id: BOB,
            object: 'Contact',
            modifiedAt: NOON,
            state: 'live',
            values: { FirstName: null, Account: null },
          },
        ],
        expected: 2,
      },
    ]);
    expect(soqlOf(requests[0])).toBe(
      'SELECT Id, SystemModstamp, IsDeleted, MasterRecordId, FirstName, Account.Name FROM Contact ORDER BY SystemModstamp, Id',
    );
    expect(requests[1]?.url).toBe('https://old.example/services/data/v60.0/query/0r8-1');
  });

  test('keeps to the filter', async () => {
    const { connector, requests } = setUp([answer(0, [])], { filter: "Country != 'X' OR Country = null" });
    await collect(connector.readAll([]));
    expect(soqlOf(requests[0])).toContain("WHERE (Country != 'X' OR Country = null) ORDER BY");
  });

  test('that lost rows is refused', async () => {
    const { connector } = setUp([answer(3, [row(ADA)])]);
    await expect(collect(connector.readAll([]))).rejects.toMatchObject({ code: 'LISTING_INCOMPLETE' });
  });

  test('goes on from the last modification seen when its locator has expired', async () => {
    const { connector, requests } = setUp([
      answer(2, [row(ADA)], '/services/data/v60.0/query/0r8-1'),
      expiredLocator,
      answer(2, [row(ADA), row(BOB)]),
    ]);
    const pages = await collect(connector.readAll([]));
    expect(pages.map(({ records, expected }) => [records.map(({ id }) => id), expected])).toEqual([
      [[ADA], 2],
      [[ADA, BOB], 2],
    ]);
    expect(soqlOf(requests[2])).toContain('WHERE SystemModstamp >= 2026-11-02T12:00:00Z ORDER BY');
  });
});

describe('a listing of changes', () => {
  test('is one queryAll, and tells what became of records', async () => {
    const { connector, requests } = setUp([
      answer(3, [
        row(ADA, { IsDeleted: false }),
        row(BOB, { IsDeleted: true, MasterRecordId: ADA }),
        row('003q000000KwKFhAAN', { IsDeleted: true, MasterRecordId: null }),
      ]),
    ]);
    const [page] = await collect(connector.readChanges(NOON, []));
    expect(page?.records.map(({ id, state, successorId }) => [id, state, successorId])).toEqual([
      [ADA, 'live', undefined],
      [BOB, 'merged', ADA],
      ['003q000000KwKFhAAN', 'deleted', undefined],
    ]);
    expect(requests.map((request) => request.url.split('?')[0])).toEqual([
      'https://old.example/services/data/v60.0/queryAll',
    ]);
  });

  test('tells who wants no mail outside the filter, and asks only of those whether they are', async () => {
    const optOuts = ['HasOptedOutOfEmail', 'Closed__c'];
    const { connector, requests } = setUp(
      [
        answer(3, [
          row(ADA, { HasOptedOutOfEmail: false }),
          row(BOB, { HasOptedOutOfEmail: true }),
          row('003q000000KwKFhAAN', { Closed__c: true }),
        ]),
        answer(1, [row(BOB)]),
      ],
      { filter: "Title != 'Former'", optOuts },
    );

    const [page] = await collect(connector.readChanges(NOON, optOuts));

    expect(page?.records.map(({ id, state }) => [id, state])).toEqual([
      [ADA, 'live'],
      [BOB, 'live'],
      ['003q000000KwKFhAAN', 'filtered'],
    ]);
    expect(soqlOf(requests[0])).toContain(
      "AND ((Title != 'Former') OR HasOptedOutOfEmail = TRUE OR Closed__c = TRUE) ORDER BY",
    );
    expect(soqlOf(requests[1])).toContain(
      `WHERE Id IN ('${BOB}','003q000000KwKFhAAN') AND (Title != 'Former')`,
    );
  });

  test('names the contact that a lead was converted to', async () => {
    const lead = row('00Qq000000KvQ1tAAF', { IsConverted: true, ConvertedContactId: ADA });
    const { connector } = setUp([answer(1, [lead])], { object: 'Lead' });
    const [page] = await collect(connector.readChanges(NOON, []));
    expect(page?.records[0]).toMatchObject({ object: 'Lead', state: 'converted', successorId: ADA });
  });
});

describe('look-ups', () => {
  test('by ids take both forms and tell which are gone', async () => {
    const { connector, requests } = setUp([answer(1, [row(ADA)])]);
    const records = await connector.readByIds(['003q000000KvQ1t', BOB], []);
    expect(records.map(({ id, state }) => [id, state])).toEqual([
      [ADA, 'live'],
      [BOB, 'gone'],
    ]);
    expect(soqlOf(requests[0])).toContain(`WHERE Id IN ('${ADA}','${BOB}')`);
  });

  test('of a converted lead select what a contact has too', async () => {
    const contactFields = [{ name: 'Email', label: 'Email', type: 'email' }];
    const { connector, requests } = setUp(
      [
        { body: JSON.stringify({ name: 'Contact', label: 'Contact', fields: contactFields }) },
        answer(1, [row(ADA, { Email: 'ada@example.org' })]),
      ],
      { object: 'Lead' },
    );
    const records = await connector.readByIds([ADA], ['Email', 'Company']);
    expect(records[0]?.values).toEqual({ Email: 'ada@example.org' });
    expect(soqlOf(requests[1])).toContain(
      'SELECT Id, SystemModstamp, IsDeleted, MasterRecordId, Email FROM Contact',
    );
  });

  test('by key escape the values and leave deleted records out', async () => {
    const { connector, requests } = setUp([answer(0, [])]);
    await connector.readByKey('Email', ["o'neil@example.org"], ['Email']);
    expect(requests[0]?.url).toContain('/query?q=');
    expect(soqlOf(requests[0])).toContain("Email IN ('o\\'neil@example.org')");
  });

  test('of whoever was merged into a record look among the deleted ones too', async () => {
    const { connector, requests } = setUp([answer(1, [row(BOB, { IsDeleted: true, MasterRecordId: ADA })])]);
    const records = await connector.readMergedInto?.([ADA], []);
    expect(records).toMatchObject([{ id: BOB, state: 'merged', successorId: ADA }]);
    expect(requests[0]?.url).toContain('/queryAll?q=');
    expect(soqlOf(requests[0])).toContain(`WHERE MasterRecordId IN ('${ADA}')`);
  });

  test('are cut so that each fits into a URI of 16 KB', () => {
    const long = Array.from({ length: 300 }, (_, index) => `${'ü'.repeat(20)}${index}@example.org`);
    const lists = queryLists(long);
    expect(lists.flat()).toEqual(long);
    for (const list of lists) {
      expect(encodeURIComponent(list.map(quote).join(',')).length).toBeLessThan(10_000);
      expect(list.length).toBeLessThanOrEqual(200);
    }
  });
});

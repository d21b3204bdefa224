import { describe, expect, test } from '@jest/globals';
import { createZohoBooksConnector } from '@stackbridge/shared-mappers/connectors/zoho-books/connector.ts';
import { interpretZohoBooks } from '@stackbridge/shared-mappers/connectors/zoho-books/errors.ts';
import { zohoBooksLimits } from '@stackbridge/shared-mappers/connectors/zoho-books/limits.ts';
import type { HttpRequest } from '@stackbridge/shared-mappers/ports/http.ts';
import { all, booksClientOf } from './zoho-account.ts';

const JSON_TYPE = { 'content-type': 'application/json;charset=UTF-8' };

function interpret(
  status: number,
  body: unknown,
  { path = '/books/v3/contacts?organization_id=1', headers = {}, wantsBytes = false } = {},
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const error = interpretZohoBooks(
    { status, headers: { ...JSON_TYPE, ...headers }, body: text },
    { method: 'GET', path, wantsBytes },
  );
  return error === undefined ? undefined : { code: error.code, retryAfterMs: error.context.retryAfterMs };
}

const said = (code: number | string, message = 'Words.') => ({ code, message });

describe('an answer of Zoho Books', () => {
  test.each([
    ['an ended token', 401, said(57), 'SIGN_IN_EXPIRED'],
    ['an invalid token as 200', 200, said(14), 'SIGN_IN_EXPIRED'],
    ['a missing right', 403, said(57), 'ACCESS_DENIED'],
    ['a missing right as 200', 200, said('57'), 'ACCESS_DENIED'],
    ['another organisation', 400, said(6041), 'RECIPE_INVALID'],
    ['a wrong path', 404, said(5), 'CONNECTIONS_INVALID'],
    ['a refused value', 400, said(2), 'REJECTED'],
    ['too many calls a minute', 429, said(44), 'RATE_LIMITED'],
    ['too many calls at once', 429, said(1070), 'RATE_LIMITED'],
    ['too many calls a day', 429, said(45), 'QUOTA_USED_UP'],
    ['too many calls a day as 200', 200, said(45), 'QUOTA_USED_UP'],
    ['a bare limit', 429, '', 'RATE_LIMITED'],
    ['a failure of the server', 500, '<html>', 'SERVER_ERROR'],
    ['a failure of the server as 200', 200, said(1000), 'SERVER_ERROR'],
    ['a page for people', 200, '<html>Sign in</html>', 'SERVER_ERROR'],
    ['JSON without a code', 200, '{"expenses":[]}', 'SERVER_ERROR'],
  ])('that is %s', (_what, status, body, code) => {
    expect(interpret(status, body)).toEqual({ code, retryAfterMs: undefined });
  });

  test('tells how long a limit lasts', () => {
    const headers = { 'retry-after': '17', 'x-rate-limit-reset': '3600' };
    expect(interpret(429, said(44), { headers })?.retryAfterMs).toBe(17_000);
    expect(interpret(429, said(45), { headers: { 'x-rate-limit-reset': '3600' } })?.retryAfterMs).toBe(
      3_600_000,
    );
  });

  test.each([
    ['a success', 200, { code: 0, message: 'success' }, {}],
    ['a success with its code last', 200, { expenses: [], code: '0' }, {}],
    ['no content', 204, '', {}],
    ['a receipt', 200, '{not json', { headers: { 'content-type': 'application/pdf' }, wantsBytes: true }],
    ['an expense that is gone', 404, said(1002), { path: '/books/v3/expenses/1?organization_id=1' }],
    [
      'an expense that is gone as 200',
      200,
      said(1002),
      { path: '/books/v3/expenses/1/receipt?organization_id=1', wantsBytes: true },
    ],
  ])('that is %s is left to the connector', (_what, status, body, options) => {
    expect(interpret(status, body, options)).toBeUndefined();
  });
});

test('the limits of Zoho Books stay below a hundred calls a minute, and wait for the next day', () => {
  const { rates, learn } = zohoBooksLimits();
  expect(rates).toEqual([{ calls: 90, windowMs: 60_000 }]);
  const left = (count: string) => learn?.({ 'x-rate-limit-remaining': count, 'x-rate-limit-reset': '7200' });
  expect([left('0'), left('1'), learn?.({})]).toEqual([7_200_000, undefined, undefined]);
});

describe('listings of the books', () => {
  const EXPENSE = '"date":"2026-07-01","currency_code":"AUD"';

  function booksAnswering(pages: readonly string[]) {
    const asked: string[] = [];
    const http = {
      async send({ url }: HttpRequest) {
        const { pathname, searchParams } = new URL(url);
        const id = /\/expenses\/(\w+)/.exec(pathname)?.[1];
        asked.push(id ?? `page ${searchParams.get('page')}`);
        const detail = `{"code":0,"expense":{"expense_id":${id},${EXPENSE},"total":1e-7,"is_billable":"true"}}`;
        const body =
          id === undefined ? (pages[Number(searchParams.get('page')) - 1] ?? '{"code":0}') : detail;
        const organizations = '{"code":0,"organizations":[{"organization_id":"1","name":"A"}]}';
        return {
          status: 200,
          headers: JSON_TYPE,
          body: pathname.endsWith('/organizations') ? organizations : body,
        };
      },
    };
    return { asked, source: createZohoBooksConnector({ client: booksClientOf(http).client }) };
  }

  const row = (id: string, at: string) => `{"expense_id":"${id}","last_modified_time":"${at}"}`;
  const page = (rows: readonly string[], around = '"page_context":{"has_more_page":true}') =>
    `{"code":0,"expenses":[${rows.join()}],${around}}`;

  const sorted = (by: string) =>
    `"page_context":{"has_more_page":true,"sort_column":"${by}","sort_order":"D"}`;
  const JUNE = ['2026-06-09T16:53:07-0400', '2026-06-01T00:00:00+1000', '2026-06-20T00:00:00+1000'] as const;

  test.each([
    [
      'in order of modification end where the rest is older',
      'last_modified_time',
      JUNE[0],
      JUNE[1],
      ['11'],
      1,
    ],
    ['in another order are read to the end', 'created_time', JUNE[0], JUNE[1], ['11', '13'], 3],
    ['in no order are read to the end', 'last_modified_time', JUNE[1], JUNE[0], ['12', '13'], 3],
  ])('%s', async (_what, by, first, second, ids, pages) => {
    const { source, asked } = booksAnswering([
      page([row('11', first), row('12', second)], sorted(by)),
      page([row('13', JUNE[2])], sorted(by)),
      page([row('13', JUNE[2])], sorted(by)),
    ]);
    const read = await all(source.expenses(Date.parse('2026-06-05T00:00:00Z')));
    expect(read.map(({ id }) => id)).toEqual(ids);
    expect(asked.filter((what) => /^page \d/.test(what))).toHaveLength(pages);
  });

  test('that do not say whether there are more end where nothing is new', async () => {
    const { source } = booksAnswering([page([row('11', '')], '"x":1'), page([row('11', '')], '"x":1')]);
    expect(await all(source.expenses(undefined))).toHaveLength(1);
  });

  test('keep the digits of ids and amounts that are JSON numbers', async () => {
    const { source } = booksAnswering([
      page([row('9007199254740993', '')], '"page_context":{"has_more_page":"false"}'),
    ]);
    const [expense] = await all(source.expenses(undefined));
    expect(expense).toMatchObject({ id: '9007199254740993', total: '0.0000001', billable: true });
  });
});

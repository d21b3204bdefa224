import { describe, expect, test } from '@jest/globals';
import {
  createSalesforceConnector,
  type SalesforceConnectorOptions,
} from '@stackbridge/shared-mappers/connectors/salesforce/connector.ts';
import { interpretSalesforce } from '@stackbridge/shared-mappers/connectors/salesforce/errors.ts';
import { NoAnswerError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { WriteRequest, WriteResult } from '@stackbridge/shared-mappers/ports/connector.ts';
import { createScriptedHttp, createTestClient, type ScriptedAnswer } from '../support/test-client.ts';

const ADA = '003q000000KvQ1tAAF';
const BOB = '003q000000KvQ2DAAV';
const EVE = '003q000000KwKFhAAN';

function setUp(
  script: readonly ScriptedAnswer[],
  options: Partial<SalesforceConnectorOptions> & { patienceMs?: number } = {},
) {
  const { http, requests } = createScriptedHttp(script);
  const { client, slept } = createTestClient({
    http,
    interpret: interpretSalesforce,
    patienceMs: options.patienceMs ?? 900_000,
  });
  const { write } = createSalesforceConnector({ client, object: 'Contact', ...options });
  const sent = () => requests.map(({ method, body }) => [method, namesIn(body)]);
  return { write, requests, slept, sent };
}

function namesIn(body: string | undefined): string[] {
  const { records } = JSON.parse(body ?? '{"records":[]}');
  return records.map((record: { LastName: string }) => record.LastName);
}

const create = (name: string): WriteRequest => ({
  action: 'create',
  email: `${name}@example.org`,
  payload: { LastName: name, Email: `${name}@example.org` },
  sourceId: `member-${name}`,
});
const update = (id: string, payload = {}): WriteRequest => ({ action: 'update', id, payload });

const done = (id: string) => ({ id, success: true, errors: [] });
const failed = (statusCode: string, message = '', fields: string[] = []) => ({
  success: false,
  errors: [{ statusCode, message, fields }],
});
const answers = (...results: object[]): ScriptedAnswer => ({ body: JSON.stringify(results) });
const found = (...records: object[]): ScriptedAnswer => ({
  body: JSON.stringify({ totalSize: records.length, done: true, records }),
});
const contact = (id: string, email: string, createdDate = '2026-11-02T12:00:00.000+0000') => ({
  Id: id,
  SystemModstamp: createdDate,
  Email: email,
  CreatedDate: createdDate,
});
const refusal = (status: number, errorCode: string, message = ''): ScriptedAnswer => ({
  status,
  body: JSON.stringify([{ errorCode, message }]),
});
const noAnswer = new NoAnswerError('connection reset', 'unknown');

const outcomes = (results: WriteResult[]) =>
  results.map((result) =>
    result.outcome === 'written'
      ? `written ${result.id}${result.created ? ' (created)' : ''}`
      : `${result.outcome} ${result.error.code}`,
  );

describe('a collection', () => {
  test('keeps the good and refuses the bad, one result each in the order of the requests', async () => {
    const { write, requests } = setUp([
      answers(done(ADA), failed('INVALID_EMAIL_ADDRESS', 'Email: invalid email address: x', ['Email'])),
    ]);
    const results = await write([create('Ada'), create('Bob')]);

    expect(outcomes(results)).toEqual([`written ${ADA} (created)`, 'refused EMAIL_INVALID']);
    expect(
      requests.map(({ method, url, headers, body }) => [method, url, headers, JSON.parse(body ?? '')]),
    ).toEqual([
      [
        'POST',
        'https://old.example/services/data/v60.0/composite/sobjects',
        {
          accept: 'application/json',
          authorization: 'Bearer token-0',
          'content-type': 'application/json',
          'sforce-auto-assign': 'FALSE',
          'sforce-call-options': 'client=stackbridge',
        },
        {
          allOrNone: false,
          records: [
            { attributes: { type: 'Contact' }, LastName: 'Ada', Email: 'Ada@example.org' },
            { attributes: { type: 'Contact' }, LastName: 'Bob', Email: 'Bob@example.org' },
          ],
        },
      ],
    ]);
  });

  test('writes updates, renames and opt-outs alike, each to the object its id tells', async () => {
    const { write, requests } = setUp([answers(done(ADA), done('00Qq000000KvQ1tAAF'), done(BOB))]);
    const results = await write([
      update(ADA, { FirstName: null }),
      { action: 'opt-out', id: '00Qq000000KvQ1tAAF', payload: { HasOptedOutOfEmail: true } },
      { action: 'rename', id: BOB, payload: { Email: 'bob@example.org' } },
    ]);
    expect(outcomes(results)).toEqual([`written ${ADA}`, 'written 00Qq000000KvQ1tAAF', `written ${BOB}`]);
    expect(requests[0]?.method).toBe('PATCH');
    expect(JSON.parse(requests[0]?.body ?? '').records).toEqual([
      { attributes: { type: 'Contact' }, id: ADA, FirstName: null },
      { attributes: { type: 'Lead' }, id: '00Qq000000KvQ1tAAF', HasOptedOutOfEmail: true },
      { attributes: { type: 'Contact' }, id: BOB, Email: 'bob@example.org' },
    ]);
  });

  test('upserts creates by the external id where there is one, so that a repeat does no harm', async () => {
    const { write, requests } = setUp([noAnswer, answers({ ...done(ADA), created: true })], {
      externalId: 'Mailchimp_Contact_Id__c',
    });
    const results = await write([create('Ada')]);
    expect(outcomes(results)).toEqual([`written ${ADA} (created)`]);
    expect(requests).toHaveLength(2);
    expect(requests[1]?.method).toBe('PATCH');
    expect(requests[1]?.url).toContain('/composite/sobjects/Contact/Mailchimp_Contact_Id__c');
    expect(JSON.parse(requests[1]?.body ?? '').records[0]).toMatchObject({
      Mailchimp_Contact_Id__c: 'member-Ada',
    });
  });

  test('overrides duplicate rules only where it is told to', async () => {
    const { write, requests } = setUp([answers(done(ADA))], { allowDuplicates: true });
    await write([create('Ada')]);
    expect(requests[0]?.headers['sforce-duplicate-rule-header']).toBe('allowSave=true');
  });

  test('that is refused whole is halved until the record at fault is found', async () => {
    const { write, sent } = setUp([
      refusal(400, 'JSON_PARSER_ERROR', 'Cannot deserialize'),
      refusal(400, 'JSON_PARSER_ERROR', 'Cannot deserialize'),
      refusal(400, 'JSON_PARSER_ERROR', 'Cannot deserialize'),
      answers(done(BOB)),
      answers(done(EVE)),
    ]);
    const results = await write([create('Bad'), create('Bob'), create('Eve')]);
    expect(outcomes(results)).toEqual([
      'refused VALUE_INVALID',
      `written ${BOB} (created)`,
      `written ${EVE} (created)`,
    ]);
    expect(sent()).toEqual([
      ['POST', ['Bad', 'Bob', 'Eve']],
      ['POST', ['Bad', 'Bob']],
      ['POST', ['Bad']],
      ['POST', ['Bob']],
      ['POST', ['Eve']],
    ]);
  });

  test('with a field that the org lacks refuses its carriers in one call more', async () => {
    const { write, requests } = setUp([
      refusal(400, 'INVALID_FIELD', "No such column 'Gone__c' on sobject of type Contact"),
      answers(done(BOB)),
    ]);
    const results = await write([update(ADA, { Gone__c: 1 }), update(BOB), update(EVE, { Gone__c: 2 })]);
    expect(outcomes(results)).toEqual([
      'refused BRAKE_FIELD_MISSING',
      `written ${BOB}`,
      'refused BRAKE_FIELD_MISSING',
    ]);
    expect(requests).toHaveLength(2);
  });

  test('sends locked records again, later and alone', async () => {
    const { write, slept, requests } = setUp([
      answers(done(ADA), failed('UNABLE_TO_LOCK_ROW')),
      answers(failed('UNABLE_TO_LOCK_ROW')),
      answers(done(BOB)),
    ]);
    const results = await write([update(ADA), update(BOB)]);
    expect(outcomes(results)).toEqual([`written ${ADA}`, `written ${BOB}`]);
    expect({ calls: requests.length, slept }).toEqual({ calls: 3, slept: [1_000, 3_000] });
  });

  test('without an answer leaves updates uncertain once the repeats are used up', async () => {
    const { write, requests } = setUp(Array.from({ length: 6 }, () => noAnswer));
    expect(outcomes(await write([update(ADA)]))).toEqual(['uncertain NO_ANSWER']);
    expect(requests).toHaveLength(6);
  });

  test('accounts for what is written when the quota ends in the middle', async () => {
    const { write } = setUp(
      [
        answers(done(ADA), failed('UNABLE_TO_LOCK_ROW')),
        refusal(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
      ],
      { patienceMs: 0 },
    );
    const results = await write([update(ADA), update(BOB)]);
    expect(outcomes(results)).toEqual([`written ${ADA}`, 'refused ROW_LOCKED']);
  });

  test('throws what concerns the connection as a whole', async () => {
    const { write } = setUp([refusal(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.')], {
      patienceMs: 0,
    });
    await expect(write([update(ADA)])).rejects.toMatchObject({ code: 'QUOTA_USED_UP' });
  });

  test.each(['archive', 'restore', 'ask-again'] as const)('knows no %s', async (action) => {
    const { write } = setUp([]);
    await expect(write([{ action, id: ADA, payload: {} }])).rejects.toMatchObject({ code: 'BUG' });
  });
});

describe('a create without an answer', () => {
  test('that had landed is found by its address and not sent again', async () => {
    const { write, requests } = setUp([noAnswer, found(contact(ADA, 'ada@example.org'))]);
    expect(outcomes(await write([create('Ada')]))).toEqual([`written ${ADA} (created)`]);
    expect(requests).toHaveLength(2);
  });

  test('that had not landed is sent once more', async () => {
    const { write, sent } = setUp([noAnswer, found(contact(ADA, 'ada@example.org')), answers(done(BOB))]);
    expect(outcomes(await write([create('Ada'), create('Bob')]))).toEqual([
      `written ${ADA} (created)`,
      `written ${BOB} (created)`,
    ]);
    expect(sent()).toEqual([
      ['POST', ['Ada', 'Bob']],
      ['GET', []],
      ['POST', ['Bob']],
    ]);
  });

  test('that twice is not answered and not found stays uncertain', async () => {
    const { write, requests } = setUp([noAnswer, found(), noAnswer, found()]);
    expect(outcomes(await write([create('Ada')]))).toEqual(['uncertain NO_ANSWER']);
    expect(requests).toHaveLength(4);
  });

  test('is the youngest of several records with its address', async () => {
    const { write } = setUp([
      noAnswer,
      found(
        contact(ADA, 'ada@example.org', '2026-11-02T12:00:05.000+0000'),
        contact(BOB, 'ada@example.org', '2019-01-01T00:00:00.000+0000'),
      ),
    ]);
    expect(outcomes(await write([create('Ada')]))).toEqual([`written ${ADA} (created)`]);
  });

  test('stays uncertain where it has no address to be found by', async () => {
    const { write } = setUp([noAnswer, found()]);
    const request: WriteRequest = { action: 'create', payload: { LastName: 'Ada' }, sourceId: 'm' };
    expect(outcomes(await write([request]))).toEqual(['uncertain NO_ANSWER']);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { xeroOrganisations } from '@stackbridge/credentials/xero.ts';
import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { interpretXero } from '@stackbridge/shared-mappers/connectors/xero/errors.ts';
import { invoice, scripted } from '../connectors/xero-client.ts';
import type { ScriptedAnswer } from '../support/test-client.ts';

const FIXTURES = new URL('../../../shared/fixtures/xero/', import.meta.url);
const recorded = (name: string): string => readFileSync(new URL(name, FIXTURES), 'utf8');

interface Example {
  readonly operationId: string;
  readonly status: string;
  readonly response_example: unknown;
}
const examples: readonly Example[] = JSON.parse(recorded('openapi-examples.json'));
const answerOf = (operationId: string, status = '200'): ScriptedAnswer => {
  const found = examples.find((each) => each.operationId === operationId && each.status === status);
  if (found === undefined) throw new Error(`No example of ${operationId}`);
  return { status: Number(status), body: JSON.stringify(found.response_example) };
};

describe('the vendor’s own examples', () => {
  test('of settings are read as a chart', async () => {
    const operations: Readonly<Record<string, string>> = {
      Organisation: 'getOrganisations',
      Accounts: 'getAccounts',
      TaxRates: 'getTaxRates',
      TrackingCategories: 'getTrackingCategories',
      Currencies: 'getCurrencies',
    };
    const answer: ScriptedAnswer = (request) => {
      const scriptedAnswer = answerOf(operations[/2\.0\/(\w+)/.exec(request.url)?.[1] ?? ''] ?? '');
      return scriptedAnswer instanceof Error || typeof scriptedAnswer === 'function' ? {} : scriptedAnswer;
    };
    const { client } = scripted(Array(5).fill(answer));

    const chart = await createXeroConnector(client).chart();

    expect(chart.organisation).toEqual({
      id: 'b2c885a9-4bb9-4a00-9b6e-6c2bf60b1a2b',
      name: 'Dev Evangelist - Sid Test 3 (NZ-2016-02)',
      country: 'NZ',
      baseCurrency: 'NZD',
      timezone: 'NEWZEALANDSTANDARDTIME',
      periodLockDate: '2018-12-31',
      endOfYearLockDate: '2018-12-31',
    });
    expect(chart.accounts.slice(0, 2)).toMatchObject([
      { code: '091', class: 'asset', type: 'BANK' },
      { code: '200', class: 'revenue', taxType: 'OUTPUT2', active: true, isSystem: false },
    ]);
    expect(chart.taxRates[0]).toMatchObject({ taxType: 'INPUT2', effectiveRate: '15', active: true });
    expect(chart.tracking.map(({ name }) => name)).toContain('BarFoo');
    expect(chart.currencies).toEqual(['NZD']);
  });

  test('of documents are read with their dates, totals and states', async () => {
    const { client } = scripted([answerOf('getInvoices'), answerOf('getBankTransactions')]);
    const xero = createXeroConnector(client);

    const [first] = await xero.documentsByNumber('sales-invoice', ['INV-0001']);
    const spent = await xero.documentsByNumber('spend-money', ['']);

    expect(first).toMatchObject({
      id: 'd4956132-ed94-4dd7-9eaa-aa22dfdf06f2',
      number: 'INV-0001',
      reference: 'Red Fish, Blue Fish',
      status: 'voided',
      date: '2018-10-20',
      dueDate: '2018-12-30',
      currency: 'NZD',
      total: '40.00',
      modifiedAt: 1541176290160,
    });
    expect(spent.every(({ kind, date }) => kind === 'spend-money' && /^\d{4}-\d\d-\d\d$/.test(date))).toBe(
      true,
    );
  });

  test('of a create are read back as the document that was made', async () => {
    const { client } = scripted([answerOf('createInvoices')]);

    const [result] = await createXeroConnector(client).write('sales-invoice', [
      { action: 'create', document: invoice('INV-0007') },
    ]);

    expect(result).toMatchObject({
      outcome: 'written',
      held: {
        id: 'ed255415-e141-4150-aab7-89c3bbbb851c',
        number: 'INV-0007',
        total: '40.00',
        date: '2019-03-11',
      },
    });
  });

  test('of contacts are read, and refused ones with their reason', async () => {
    const { client } = scripted([answerOf('createContacts', '400')]);

    const [result] = await createXeroConnector(client).createContacts([
      { name: 'Buzz Lightyear', number: 'ZC-1' },
    ]);

    expect(result).toMatchObject({ outcome: 'refused', error: { code: 'REJECTED' } });
    expect(JSON.stringify(result)).not.toContain('Lightyear');
  });

  test('of files and links are read', async () => {
    const { client } = scripted([answerOf('getInvoiceAttachments')]);

    expect(await createXeroConnector(client).attachments('bill', 'x')).toContain('foobar.jpg');
  });
});

describe('recorded answers', () => {
  const codeOf = (status: number, body: string, headers = {}): string | undefined =>
    interpretXero({ status, headers, body }, { method: 'GET', path: '/api.xro/2.0/Invoices' })?.code;

  test('that refuse mean what they say', () => {
    expect(codeOf(401, recorded('expired_oauth2_token.json'))).toBe('SIGN_IN_EXPIRED');
    expect(codeOf(403, recorded('invalid_tenant_header.json'))).toBe('ACCESS_DENIED');
    expect(codeOf(404, recorded('object_not_found.json'))).toBe('RECORD_GONE');
    expect(codeOf(400, recorded('bad_request.json'))).toBe('VALUE_TOO_LONG');
    expect(codeOf(409, recorded('generic_response_error.json'))).toBe('REJECTED');
    expect(codeOf(429, recorded('rate_limit_exceeded'))).toBe('RATE_LIMITED');
    expect(codeOf(503, recorded('rate_limit_exceeded'))).toBe('SERVER_ERROR');
  });

  test('name the organisations that a sign-in reaches, also without their names', () => {
    const answer = { status: 200, headers: {}, body: recorded('connections.json') };

    expect(xeroOrganisations(answer)?.map(({ tenantId }) => tenantId)).toEqual([
      '7f5fabdd-9565-416a-9b62-d53d852bb2a3',
      'b4aca7b2-6fab-4ee7-a969-477f9128f636',
    ]);
  });
});

import { expect, test } from '@jest/globals';
import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { interpretXero } from '@stackbridge/shared-mappers/connectors/xero/errors.ts';
import { NoAnswerError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { HttpRequest, HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import fc from 'fast-check';
import { createTestClient } from '../support/test-client.ts';
import { invoice, refused, row } from './xero-client.ts';

/** What happens to one call; `half`: the connection breaks when half of the batch is in. */
const HAPPENINGS = [
  'fine',
  'lost-before',
  'lost-after',
  'error-before',
  'error-after',
  'half',
  'throttled',
  'late',
] as const;
type Happening = (typeof HAPPENINGS)[number];
/** A document that makes Xero refuse the whole request. */
const POISON = 'ZP-poison';

/** As much of Xero as creating documents meets: unique numbers of invoices, and answers kept by their key. */
function createVendor(type: 'ACCREC' | 'ACCPAY', happenings: readonly Happening[]) {
  const held: string[] = [];
  const kept = new Map<string, string>();
  let late: string[] = [];
  let calls = 0;

  function put(numbers: readonly string[]): string {
    const rows = numbers.map((number) => {
      if (type === 'ACCREC' && held.includes(number)) return refused(number, 'Invoice # must be unique.');
      held.push(number);
      return row(number, { Type: type });
    });
    return JSON.stringify({ Invoices: rows });
  }

  function answer(request: HttpRequest): Partial<HttpResponse> {
    const happening = happenings[calls++] ?? 'fine';
    if (happening === 'throttled') return { status: 429, headers: { 'retry-after': '1' } };
    if (happening === 'lost-before') throw new NoAnswerError('cut', 'unknown');
    if (happening === 'error-before') return { status: 500 };
    const body = request.method === 'GET' ? list(request.url) : create(request, happening);
    if (happening === 'fine') return typeof body === 'number' ? { status: body } : { body };
    if (happening === 'error-after') return { status: 500 };
    throw new NoAnswerError('cut', 'unknown');
  }

  function list(url: string): string {
    const wanted = new URL(url).searchParams.get('InvoiceNumbers')?.split(',') ?? [];
    const found = held
      .filter((number) => wanted.includes(number))
      .map((number) => row(number, { Type: type }));
    // What was still on its way arrives right after it was looked for.
    if (late.length > 0) put(late.filter((number) => !held.includes(number)));
    late = [];
    return JSON.stringify({ Invoices: found });
  }

  function create(request: HttpRequest, happening: Happening): string | number {
    const key = request.headers['idempotency-key'] ?? '';
    const known = kept.get(key);
    if (known !== undefined) return known;
    const sent: { Invoices: { InvoiceNumber: string }[] } = JSON.parse(request.body ?? '');
    const numbers = sent.Invoices.map(({ InvoiceNumber }) => InvoiceNumber);
    if (numbers.length === 0) throw new Error('A call that writes nothing');
    if (numbers.includes(POISON)) return 400;
    if (happening === 'half') return put(numbers.slice(0, Math.ceil(numbers.length / 2)));
    if (happening === 'late' && type === 'ACCREC') {
      late = numbers;
      return '';
    }
    const body = put(numbers);
    if (happening !== 'error-after') kept.set(key, body);
    return body;
  }

  return {
    held,
    http: {
      send: async (request: HttpRequest) => ({ status: 200, headers: {}, body: '', ...answer(request) }),
    },
  };
}

test.each([
  ['sales-invoice', 'ACCREC'],
  ['bill', 'ACCPAY'],
] as const)(
  'whatever happens to the calls, no %s is there twice and each result is true',
  async (kind, type) => {
    const numbers = fc.uniqueArray(fc.constantFrom('ZP-1', 'ZP-2', 'ZP-3', 'ZP-4', 'ZP-5', POISON), {
      minLength: 1,
    });
    const happenings = fc.array(fc.constantFrom(...HAPPENINGS), { maxLength: 12 });

    await fc.assert(
      fc.asyncProperty(numbers, happenings, async (wanted, series) => {
        const vendor = createVendor(type, series);
        const { client } = createTestClient({ system: 'xero', http: vendor.http, interpret: interpretXero });
        const writes = wanted.map(
          (number) => ({ action: 'create', document: invoice(number, { kind }) }) as const,
        );

        const results = await createXeroConnector(client).write(kind, writes);

        for (const [index, number] of wanted.entries()) {
          const count = vendor.held.filter((each) => each === number).length;
          const outcome = results[index]?.outcome;
          expect(count).toBeLessThanOrEqual(1);
          if (outcome === 'written') expect(count).toBe(1);
          if (outcome === 'refused') expect(count).toBe(0);
        }
      }),
      { numRuns: 300 },
    );
  },
);

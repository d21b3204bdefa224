import { interpretXero } from '@stackbridge/shared-mappers/connectors/xero/errors.ts';
import { xeroLimits } from '@stackbridge/shared-mappers/connectors/xero/limits.ts';
import { NoAnswerError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { SystemClient } from '@stackbridge/shared-mappers/http/system-client.ts';
import type { DesiredDocument, DocumentLine } from '@stackbridge/shared-mappers/model/billing/document.ts';
import type { HttpRequest } from '@stackbridge/shared-mappers/ports/http.ts';
import { createScriptedHttp, createTestClient, type ScriptedAnswer } from '../support/test-client.ts';

const quiet = { debug: () => {}, info: () => {}, warn: () => {} };

/** A client of Xero that gets the answers in turn. */
export function scripted(
  answers: readonly ScriptedAnswer[],
  { patienceMs = 60_000 } = {},
): {
  client: SystemClient;
  requests: readonly HttpRequest[];
  slept: readonly number[];
  advance: (ms: number) => void;
} {
  const { http, requests } = createScriptedHttp(answers);
  const { client, slept, advance } = createTestClient({
    http,
    system: 'xero',
    interpret: interpretXero,
    limits: xeroLimits(quiet),
    patienceMs,
  });
  return { client, requests, slept, advance };
}

/** The connection is cut before an answer has come. */
export const silence = new NoAnswerError('cut', 'unknown', { system: 'xero' });

export const ok = (body: unknown): ScriptedAnswer => ({ status: 200, body: JSON.stringify(body) });

/** `PUT /api.xro/2.0/Invoices?unitdp=4`. */
export const called = ({ method, url }: HttpRequest): string =>
  `${method} ${decodeURIComponent(url.replace(/^https:\/\/[^/]+/, ''))}`;

export const bodyOf = (request: HttpRequest | undefined): unknown => JSON.parse(request?.body ?? 'null');

export const LINE: DocumentLine = {
  description: 'Design, 2:20 h',
  quantity: '2.3333',
  unitAmount: '150.1234',
  accountCode: '200',
  taxType: 'OUTPUT',
  tracking: [{ category: 'Region', option: 'North' }],
  amount: '350.28',
  taxAmount: '35.03',
  sources: [{ kind: 'time-log', id: '1018456000000073001', minutes: 140 }],
};

export function invoice(number: string, changed: Partial<DesiredDocument> = {}): DesiredDocument {
  return {
    kind: 'sales-invoice',
    number,
    contactId: 'c-1',
    date: '2026-11-02',
    dueDate: '2026-11-16',
    currency: 'AUD',
    lineAmounts: 'exclusive',
    status: 'draft',
    reference: 'Kitchen, phase 1',
    url: 'https://projects.example/ms/1',
    lines: [LINE],
    subTotal: '350.28',
    totalTax: '35.03',
    total: '385.31',
    ...changed,
  };
}

/** An element as Xero answers with it. */
export function row(number: string, changed: Readonly<Record<string, unknown>> = {}): object {
  return {
    Type: 'ACCREC',
    InvoiceID: `id-${number}`,
    InvoiceNumber: number,
    Reference: 'Kitchen, phase 1',
    Status: 'DRAFT',
    Contact: { ContactID: 'c-1', Name: 'Acme' },
    DateString: '2026-11-02T00:00:00',
    Date: '/Date(1793577600000+0000)/',
    DueDateString: '2026-11-16T00:00:00',
    CurrencyCode: 'AUD',
    LineAmountTypes: 'Exclusive',
    LineItems: [
      {
        LineItemID: `line-${number}`,
        Description: 'Design, 2:20 h',
        Quantity: 2.3333,
        UnitAmount: 150.1234,
        LineAmount: 350.28,
        TaxAmount: 35.03,
        TaxType: 'OUTPUT',
        AccountCode: '200',
        Tracking: [{ Name: 'Region', Option: 'North', TrackingCategoryID: 't' }],
      },
    ],
    SubTotal: 350.28,
    TotalTax: 35.03,
    Total: 385.31,
    UpdatedDateUTC: '/Date(1793617200000+0000)/',
    HasAttachments: false,
    StatusAttributeString: 'OK',
    ...changed,
  };
}

export const refused = (number: string, ...messages: readonly string[]): object => ({
  ...row(number, { InvoiceID: '00000000-0000-0000-0000-000000000000' }),
  HasErrors: true,
  StatusAttributeString: 'ERROR',
  ValidationErrors: messages.map((Message) => ({ Message })),
});

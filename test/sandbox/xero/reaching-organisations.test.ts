import { beforeEach, describe, expect, test } from '@jest/globals';
import { type ServedXero, serveXero } from './served-xero.ts';

let served: ServedXero;
beforeEach(async () => {
  served = await serveXero();
});

describe('reaching organisations of the simulated Xero', () => {
  test('connections name each organisation; a cut one can no longer be reached', async () => {
    const two = await serveXero({ regions: ['AU', 'NZ'] });
    const listed = await two.call('GET', '/connections');
    const [first, second] = Array.from(Object(listed.body));

    const cut = await two.call('DELETE', `/connections/${Object(first).id}`);
    const inside = await two.call('GET', '/api.xro/2.0/Organisation', {
      headers: { 'xero-tenant-id': Object(second).tenantId },
    });
    const outside = await two.call('GET', '/api.xro/2.0/Organisation');

    expect([
      Object(first).tenantName,
      Object(second).tenantName,
      cut.status,
      inside.status,
      outside.status,
    ]).toEqual(['Demo Company (AU)', 'Demo Company (NZ)', 204, 200, 403]);
  });

  test.each([
    ['no tenant', ''],
    ['an unknown tenant', '7f5fabdd-9565-416a-9b62-d53d852bb2a3'],
  ])('is refused with %s', async (_what, tenant) => {
    const { status, body } = await served.call('GET', '/api.xro/2.0/Organisation', {
      headers: { 'xero-tenant-id': tenant },
    });

    expect([status, body]).toEqual([
      403,
      { title: 'Forbidden', status: 403, detail: 'AuthenticationUnsuccessful', instance: expect.any(String) },
    ]);
  });

  test.each([
    ['read', 'GET', 'accounting.invoices.read', 200],
    ['written', 'PUT', 'accounting.invoices.read', 401],
    ['written by its own scope only', 'PUT', 'accounting.contacts', 401],
  ] as const)('invoices are %s by scope', async (_what, method, scope, status) => {
    const headers = { authorization: `Bearer ${served.xero.auth.issueAccessToken([scope])}` };

    const answered = await served.call(method, '/api.xro/2.0/Invoices', { headers });

    expect(answered.status).toBe(status);
    if (status === 401) {
      expect(answered.body).toEqual({
        Type: null,
        Title: 'Unauthorized',
        Status: 401,
        Detail: 'AuthorizationUnsuccessful',
        Instance: expect.any(String),
        Extensions: {},
      });
    }
  });

  test('answers are XML to whoever does not ask for JSON', async () => {
    const { headers, text } = await served.call('GET', '/api.xro/2.0/Currencies', {
      headers: { accept: '*/*' },
    });

    expect(headers['content-type']).toBe('text/xml; charset=utf-8');
    expect(text).toContain(
      '<Currencies><Currency><Code>AUD</Code><Description>Australian Dollar</Description></Currency></Currencies>',
    );
  });
});

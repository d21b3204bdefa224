import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import type { DesiredDocument } from '@stackbridge/shared-mappers/model/billing/document.ts';
import { LINE } from './xero-client.ts';
import { heldOf, openOrganisation, short, type XeroOrganisation } from './xero-organisation.ts';

let organisation: XeroOrganisation;
beforeEach(async () => {
  organisation = await openOrganisation();
});
afterEach(() => organisation.close());

test('the chart is read whole in five calls', async () => {
  organisation.sandbox.admin.act('xero', 'lock-dates', { period: '2026-09-30' });
  const before = organisation.calls();

  const chart = await organisation.xero.chart();

  expect(organisation.calls() - before).toBe(5);
  expect(chart.organisation).toMatchObject({
    name: 'Demo Company (AU)',
    country: 'AU',
    baseCurrency: 'AUD',
    periodLockDate: '2026-09-30',
  });
  expect(chart.accounts.find(({ code }) => code === '200')).toMatchObject({
    name: 'Sales',
    active: true,
    class: 'revenue',
    taxType: 'OUTPUT',
    isSystem: false,
  });
  expect(chart.taxRates.find(({ taxType }) => taxType === 'OUTPUT')).toMatchObject({
    effectiveRate: '10',
    appliesTo: ['asset', 'equity', 'liability', 'revenue'],
  });
  expect(chart.tracking.map(({ name }) => name)).toEqual(['Region', 'Department']);
  expect(chart.currencies).toContain('AUD');
});

test('a thousand invoices are made in 20 calls, within the minute’s 60', async () => {
  const numbers = Array.from({ length: 1000 }, (_, index) => `ZP-${index}`);
  const before = organisation.calls();

  expect(await organisation.xero.documentsByNumber('sales-invoice', numbers)).toEqual([]);
  const results = await organisation.xero.write(
    'sales-invoice',
    numbers.map((number) => organisation.creation(number)),
  );

  expect(new Set(short(results))).toEqual(new Set(['written']));
  expect(organisation.calls('PUT', '/Invoices')).toBe(20);
  expect(organisation.calls() - before).toBe(30);
});

test('a day’s quota that is used up ends the work at once', async () => {
  organisation.sandbox.admin.act('xero', 'use-up-calls', { day: 0 });
  organisation.sandbox.admin.act('xero', 'settings', { limitSpelling: 'words' });

  await expect(
    organisation.xero.write('sales-invoice', [organisation.creation('ZP-1')]),
  ).rejects.toMatchObject({
    code: 'QUOTA_USED_UP',
    context: { retryAfterMs: expect.any(Number) },
  });
});

test('a minute’s quota that others used up is waited for', async () => {
  const { client, slept } = organisation.connect();
  organisation.sandbox.admin.act('xero', 'use-up-calls', { minute: 0 });

  expect(
    short(await createXeroConnector(client).write('sales-invoice', [organisation.creation('ZP-1')])),
  ).toEqual(['written']);
  expect(slept.length).toBeGreaterThan(0);
});

describe('an expense', () => {
  const lines = [{ ...LINE, accountCode: '493', taxType: 'INPUT' }];

  test('owed is a bill, with its receipt, marked for rebilling once', async () => {
    const bill = { kind: 'bill', lines } as const;
    const held = heldOf((await organisation.xero.write('bill', [organisation.creation('ZB-1', bill)]))[0]);
    const [lineHeld] = held.lines;
    const receipt = {
      fileName: 'taxi 1.pdf',
      contentType: 'application/pdf',
      base64: btoa('%PDF-1.7 \u00ff\u0000'),
    };

    await organisation.xero.attach('bill', held.id, receipt);
    await organisation.xero.linkForRebilling(held, lineHeld?.id ?? '', organisation.contactId);
    await organisation.xero.linkForRebilling(held, lineHeld?.id ?? '', organisation.contactId);
    await organisation.xero.addHistory('bill', held.id, 'Made by Stackbridge from expense 1');

    expect(held).toMatchObject({ kind: 'bill', number: 'ZB-1', reference: '', total: '385.31' });
    expect(await organisation.xero.attachments('bill', held.id)).toEqual(['taxi 1.pdf']);
    expect(organisation.sandbox.admin.records('xero', 'attachments').records).toMatchObject([
      { Content: receipt.base64 },
    ]);
    expect(organisation.sandbox.admin.records('xero', 'linkedTransactions').total).toBe(1);
    expect(await organisation.xero.documentsByNumber('bill', ['ZB-1'])).toMatchObject([
      { hasAttachments: true },
    ]);
  });

  test('paid by card is spend money, found again among what is dated then', async () => {
    const card = (await organisation.xero.chart()).accounts.find(
      ({ type, code }) => type === 'BANK' && code === '',
    );
    const { dueDate: _none, ...rest } = organisation.desired('ZB-2');
    const document: DesiredDocument = {
      ...rest,
      kind: 'spend-money',
      status: 'authorised',
      bankAccountId: card?.id ?? '',
      lines,
    };

    organisation.fault('PUT', '/BankTransactions', { kind: 'drop-after' });
    const held = heldOf((await organisation.xero.write('spend-money', [{ action: 'create', document }]))[0]);

    expect(held).toMatchObject({
      number: 'ZB-2',
      reference: 'Kitchen, phase 1',
      status: 'authorised',
      subTotal: '350.28',
      total: '385.31',
    });
    expect(await organisation.xero.documentsById('spend-money', [held.id])).toEqual([held]);
    expect(organisation.sandbox.admin.records('xero', 'bankTransactions').total).toBe(1);
    const update = { action: 'update', id: held.id, document } as const;
    expect(short(await organisation.xero.write('spend-money', [update]))).toEqual([
      'refused DOCUMENT_CLOSED',
    ]);
  });
});

describe('contacts', () => {
  test('are found by number and by name, archived ones too', async () => {
    organisation.sandbox.admin.act('xero', 'archive-contact', { contact: organisation.contactId });

    const archived = { id: organisation.contactId, name: 'Acme', number: 'ZC-1', active: false };
    expect(await organisation.xero.contactsByNumber(['ZC-1', 'ZC-2'])).toEqual([archived]);
    expect(await organisation.xero.contactsByName(['ACME'])).toEqual([archived]);
  });

  test('whose name is taken are refused alone, and a lost answer makes none twice', async () => {
    organisation.fault('PUT', '/Contacts', { kind: 'drop-after' });

    const results = await organisation.xero.createContacts([
      { name: 'Beta', number: 'ZC-2' },
      { name: 'acme', number: 'ZC-3' },
    ]);

    expect(results).toMatchObject([
      { outcome: 'written', contact: { name: 'Beta' } },
      { outcome: 'refused', error: { code: 'REJECTED' } },
    ]);
    expect(organisation.sandbox.admin.records('xero', 'contacts').total).toBe(2);
  });

  test('without a number of ours are told apart by their names, also where the answer is lost', async () => {
    const wanted = [
      { name: 'Beta', number: '' },
      { name: 'Gamma', number: '' },
    ];
    organisation.fault('PUT', '/Contacts', { kind: 'drop-after' });

    const results = await organisation.xero.createContacts(wanted);

    const made = results.map((result) => result.outcome === 'written' && result.contact);
    expect(made).toMatchObject(wanted);
    expect(await organisation.xero.contactsByName(['Beta', 'Gamma'])).toEqual(made);
    expect(organisation.sandbox.admin.records('xero', 'contacts').total).toBe(3);
  });

  test('that were merged, one into the next, stand for the last under their own names', async () => {
    const [beta, gamma] = await organisation.xero.createContacts([
      { name: 'Beta', number: 'ZC-2' },
      { name: 'Gamma', number: '' },
    ]);
    if (beta?.outcome !== 'written' || gamma?.outcome !== 'written') throw new Error('Not written');
    organisation.sandbox.admin.act('xero', 'merge-contacts', {
      contact: organisation.contactId,
      into: beta.contact.id,
    });
    organisation.sandbox.admin.act('xero', 'merge-contacts', {
      contact: beta.contact.id,
      into: gamma.contact.id,
    });

    const stand = { id: gamma.contact.id, active: true, merged: true };
    const acme = { ...stand, name: 'Acme', number: 'ZC-1' };
    expect(await organisation.xero.contactsByNumber(['ZC-1', 'ZC-2'])).toEqual([
      acme,
      { ...stand, name: 'Beta', number: 'ZC-2' },
    ]);
    expect(await organisation.xero.contactsByName(['Acme', 'Gamma'])).toEqual([acme, gamma.contact]);
  });
});

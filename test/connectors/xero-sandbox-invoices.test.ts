import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { LINE } from './xero-client.ts';
import { heldOf, openOrganisation, short, type XeroOrganisation } from './xero-organisation.ts';

let organisation: XeroOrganisation;
beforeEach(async () => {
  organisation = await openOrganisation();
});
afterEach(() => organisation.close());

const invoicesHeld = (): number => organisation.sandbox.admin.records('xero', 'invoices').total;

describe('a sales invoice', () => {
  test('is made as it was asked for, to the cent, and found again by number and id', async () => {
    const held = heldOf((await organisation.xero.write('sales-invoice', [organisation.creation('ZP-1')]))[0]);

    expect(held).toMatchObject({
      number: 'ZP-1',
      status: 'draft',
      contactId: organisation.contactId,
      date: '2026-11-02',
      dueDate: '2026-11-16',
      reference: 'Kitchen, phase 1',
      subTotal: '350.28',
      totalTax: '35.03',
      total: '385.31',
      lines: [
        {
          quantity: '2.3333',
          unitAmount: '150.1234',
          amount: '350.28',
          taxAmount: '35.03',
          tracking: [{ category: 'Region', option: 'North' }],
        },
      ],
    });
    expect(await organisation.xero.documentsByNumber('sales-invoice', ['ZP-1', 'ZP-2'])).toEqual([held]);
    expect(await organisation.xero.documentsById('sales-invoice', [held.id])).toEqual([held]);
    expect(await organisation.xero.documentsByNumber('bill', ['ZP-1'])).toEqual([]);
  });

  test('that is refused is refused alone', async () => {
    const lines = [{ ...LINE, accountCode: '999' }];

    const results = await organisation.xero.write('sales-invoice', [
      organisation.creation('ZP-1'),
      organisation.creation('ZP-2', { lines }),
      organisation.creation('ZP-3', { currency: 'JPY' }),
      organisation.creation('ZP-4', { lines: [{ ...LINE, taxType: 'INPUT' }] }),
      organisation.creation('ZP-5', { lines: [{ ...LINE, amount: '350.29' }] }),
      organisation.creation('ZP-6'),
    ]);

    expect(short(results)).toEqual([
      'written',
      'refused ACCOUNT_UNUSABLE',
      'refused CURRENCY_NOT_SUBSCRIBED',
      'refused TAX_NOT_ALLOWED',
      'refused TOTAL_DIFFERS',
      'written',
    ]);
  });

  test('in a locked period, or of an archived contact, is refused with what to mend', async () => {
    organisation.sandbox.admin.act('xero', 'lock-dates', { period: '2026-11-02' });
    const locked = await organisation.xero.write('sales-invoice', [organisation.creation('ZP-1')]);
    organisation.sandbox.admin.act('xero', 'lock-dates', { period: null });
    organisation.sandbox.admin.act('xero', 'archive-contact', { contact: organisation.contactId });
    organisation.sandbox.world.clock.advance(60_000);
    const archived = await organisation.xero.write('sales-invoice', [organisation.creation('ZP-1')]);

    expect([...short(locked), ...short(archived)]).toEqual([
      'refused PERIOD_LOCKED',
      'refused CONTACT_UNUSABLE',
    ]);
  });

  test('with a number that is taken is not updated by a create', async () => {
    await organisation.xero.write('sales-invoice', [organisation.creation('ZP-1')]);
    organisation.sandbox.world.clock.advance(7 * 60_000);

    const results = await organisation.xero.write('sales-invoice', [
      organisation.creation('ZP-1', { reference: 'Another' }),
    ]);

    expect(short(results)).toEqual(['refused DOCUMENT_UNKNOWN']);
    expect(await organisation.xero.documentsByNumber('sales-invoice', ['ZP-1'])).toMatchObject([
      { reference: 'Kitchen, phase 1' },
    ]);
  });

  test.each(['drop-before', 'drop-after'] as const)(
    'whose create gets no answer (%s) is there once',
    async (kind) => {
      organisation.fault('PUT', '/Invoices', { kind });

      const results = await organisation.xero.write('sales-invoice', [
        organisation.creation('ZP-1'),
        organisation.creation('ZP-2'),
      ]);

      expect(short(results)).toEqual(['written', 'written']);
      expect(invoicesHeld()).toBe(2);
    },
  );

  test('whose create gets no answer twice is there once', async () => {
    organisation.sandbox.admin.addFault({
      system: 'xero',
      method: 'PUT',
      path: '/Invoices',
      times: 2,
      effect: { kind: 'drop-before' },
    });

    expect(short(await organisation.xero.write('sales-invoice', [organisation.creation('ZP-1')]))).toEqual([
      'uncertain NO_ANSWER',
    ]);
    expect(short(await organisation.xero.write('sales-invoice', [organisation.creation('ZP-1')]))).toEqual([
      'written',
    ]);
    expect(invoicesHeld()).toBe(1);
  });

  test('whose create meets a server error is made by another try', async () => {
    organisation.fault('PUT', '/Invoices', { kind: 'status', status: 500 });

    expect(short(await organisation.xero.write('sales-invoice', [organisation.creation('ZP-1')]))).toEqual([
      'written',
    ]);
    expect(invoicesHeld()).toBe(1);
  });

  test('is made with a new token where the old one has ended', async () => {
    organisation.sandbox.xero.auth.expireAccessTokens();

    expect(short(await organisation.xero.write('sales-invoice', [organisation.creation('ZP-1')]))).toEqual([
      'written',
    ]);
  });

  test('still a draft is updated, and its lines that go on keep their ids', async () => {
    const held = heldOf((await organisation.xero.write('sales-invoice', [organisation.creation('ZP-1')]))[0]);
    const document = organisation.desired('ZP-1', {
      lines: [{ ...LINE, description: 'Workshop' }, LINE],
      reference: 'New',
    });

    const updated = heldOf(
      (
        await organisation.xero.write('sales-invoice', [{ action: 'update', id: held.id, document, held }])
      )[0],
    );

    expect(updated).toMatchObject({ id: held.id, reference: 'New', total: '770.62' });
    expect(updated.lines.map(({ description }) => description)).toEqual(['Workshop', 'Design, 2:20 h']);
    expect(updated.lines[1]?.id).toBe(held.lines[0]?.id);
  });

  test('is brought back to what it said before, also within the minute', async () => {
    const { xero, sandbox } = organisation;
    let held = heldOf((await xero.write('sales-invoice', [organisation.creation('ZP-1')]))[0]);
    for (const reference of ['Two hours', 'Three hours', 'Two hours', 'Three hours']) {
      sandbox.world.clock.advance(1000);
      const document = organisation.desired('ZP-1', { reference });
      const update = { action: 'update', id: held.id, document, held } as const;
      held = heldOf((await xero.write('sales-invoice', [update]))[0]);
    }

    expect(held.reference).toBe('Three hours');
    expect(await xero.documentsById('sales-invoice', [held.id])).toEqual([held]);
  });

  test('that a person authorised, edited or voided since is left alone', async () => {
    const results = await organisation.xero.write(
      'sales-invoice',
      ['ZP-1', 'ZP-2', 'ZP-3'].map((number) => organisation.creation(number)),
    );
    const helds = results.map(heldOf);
    organisation.sandbox.admin.act('xero', 'authorise', { invoice: 'ZP-1' });
    organisation.sandbox.admin.act('xero', 'edit-invoice', {
      invoice: 'ZP-2',
      values: { Reference: 'Mine' },
    });
    organisation.sandbox.admin.act('xero', 'delete-invoice', { invoice: 'ZP-3' });
    const writes = organisation.calls('POST');

    const updates = helds.map((held) => {
      const document = organisation.desired(held.number, { reference: 'Ours' });
      return { action: 'update', id: held.id, document, held } as const;
    });

    expect(short(await organisation.xero.write('sales-invoice', updates))).toEqual([
      'refused DOCUMENT_CLOSED',
      'refused DOCUMENT_CHANGED_BY_PERSON',
      'refused DOCUMENT_VOIDED',
    ]);
    expect(organisation.calls('POST')).toBe(writes);
  });
});

import { beforeEach, describe, expect, test } from '@jest/globals';
import { change, LINE, pick, read, type Shown, salesInvoice, write } from './invoice-calls.ts';
import { type ServedXero, serveXero } from './served-xero.ts';

const A = '/api.xro/2.0';
let served: ServedXero;
beforeEach(async () => {
  served = await serveXero();
});

function act(name: string, input: object): unknown {
  return served.xero.actions[name]?.run(input);
}

async function faults(changes: object): Promise<string[]> {
  return (await write(served, salesInvoice(changes))).faults;
}

async function stored(changes: object = {}): Promise<Shown> {
  return (await write(served, salesInvoice(changes))).invoice;
}

describe('numbers of the simulated Xero’s invoices', () => {
  test('PUT refuses a sales number that exists, POST changes its invoice', async () => {
    const first = await stored({ InvoiceNumber: 'ZP-1', Status: 'DRAFT' });

    const put = await write(served, salesInvoice({ InvoiceNumber: 'ZP-1' }));
    const post = await write(served, salesInvoice({ InvoiceNumber: 'ZP-1', Reference: 'again' }), {
      method: 'POST',
    });

    expect([put.faults, post.invoice.InvoiceID, post.invoice.Reference]).toEqual([
      ['Invoice # must be unique.'],
      first.InvoiceID,
      'again',
    ]);
  });

  test('a voided invoice keeps its number', async () => {
    await change(served, await stored({ InvoiceNumber: 'ZP-1' }), { Status: 'VOIDED' });

    expect(await faults({ InvoiceNumber: 'ZP-1' })).toEqual(['Invoice # must be unique.']);
  });

  test('bills may share a number, and a sales invoice may have it, too', async () => {
    const bill = {
      Type: 'ACCPAY',
      InvoiceNumber: 'R-1',
      LineItems: [{ ...LINE, AccountCode: '400', TaxType: 'INPUT' }],
    };

    expect([await faults(bill), await faults(bill), await faults({ InvoiceNumber: 'R-1' })]).toEqual([
      [],
      [],
      [],
    ]);
  });

  test('only sales invoices have a reference', async () => {
    const bill = await stored({
      Type: 'ACCPAY',
      Reference: 'x',
      LineItems: [{ ...LINE, AccountCode: '400', TaxType: 'INPUT' }],
    });

    expect('Reference' in bill).toBe(false);
  });
});

describe('statuses of the simulated Xero’s invoices', () => {
  test.each([
    ['DRAFT', ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED']],
    ['SUBMITTED', ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED']],
    ['AUTHORISED', ['AUTHORISED', 'VOIDED']],
  ])('%s goes to %j and nowhere else', async (from, allowed) => {
    const reached: string[] = [];
    for (const to of ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED']) {
      const { faults: refusal } = await change(served, await stored({ Status: from }), { Status: to });
      if (refusal.length === 0) reached.push(to);
      else expect(refusal).toEqual(['Invoice not of valid status for modification']);
    }

    expect(reached).toEqual(allowed);
  });

  test.each(['VOIDED', 'DELETED'])('what is %s is never changed again', async (status) => {
    const invoice = await stored({ Status: status === 'VOIDED' ? 'AUTHORISED' : 'DRAFT' });
    await change(served, invoice, { Status: status });

    expect((await change(served, invoice, { Reference: 'x' })).faults).toEqual([
      'Invoice not of valid status for modification',
    ]);
  });

  test('payment in full makes it PAID; taking the payment back makes it AUTHORISED', async () => {
    const invoice = await stored();
    act('pay', { invoice: String(invoice.InvoiceNumber), amount: 60, date: '2026-11-02' });
    const part = pick(await read(served, invoice), 'Status', 'AmountDue', 'AmountPaid');
    act('pay', { invoice: String(invoice.InvoiceNumber), date: '2026-11-03' });
    const whole = pick(await read(served, invoice), 'Status', 'AmountDue', 'FullyPaidOnDate');
    act('delete-payments', { invoice: String(invoice.InvoiceNumber) });
    const back = pick(await read(served, invoice), 'Status', 'AmountDue', 'FullyPaidOnDate');

    expect([part, whole, back]).toEqual([
      { Status: 'AUTHORISED', AmountDue: 50, AmountPaid: 60 },
      { Status: 'PAID', AmountDue: 0, FullyPaidOnDate: '/Date(1793664000000+0000)/' },
      { Status: 'AUTHORISED', AmountDue: 110, FullyPaidOnDate: undefined },
    ]);
  });

  test('a paid invoice keeps its amounts, and may change its words', async () => {
    const invoice = await stored();
    const [line] = Array.from(Object(invoice.LineItems));
    const LineItemID = Object(line).LineItemID;
    act('pay', { invoice: String(invoice.InvoiceNumber), amount: 10 });

    expect({
      void: (await change(served, invoice, { Status: 'VOIDED' })).faults,
      date: (await change(served, invoice, { Date: '2026-11-02' })).faults,
      price: (await change(served, invoice, { LineItems: [{ LineItemID, UnitAmount: 101 }] })).faults,
      newLine: (await change(served, invoice, { LineItems: [LINE] })).faults,
      words: (
        await change(served, invoice, { Reference: 'x', LineItems: [{ LineItemID, Description: 'y' }] })
      ).faults,
    }).toEqual({
      void: [
        'The status VOIDED cannot be applied to the invoice because it has payments or credit notes allocated to it.',
      ],
      date: ['This document cannot be edited as it has a payment or credit note allocated to it.'],
      price: ['This document cannot be edited as it has a payment or credit note allocated to it.'],
      newLine: ['To update fields on a paid invoice line item, you must supply a LineItemID'],
      words: [],
    });
  });

  test('more than is due cannot be paid, nor anything on a draft', async () => {
    const pay = async (invoice: Shown, Amount: number): Promise<unknown> => {
      const { body } = await served.call('PUT', `${A}/Payments`, {
        body: {
          Invoice: { InvoiceID: invoice.InvoiceID },
          Account: { Code: '090' },
          Date: '2026-11-02',
          Amount,
        },
      });
      return Object(body).Elements?.[0].ValidationErrors;
    };

    expect([await pay(await stored(), 110.01), await pay(await stored({ Status: 'DRAFT' }), 1)]).toEqual([
      [{ Message: 'Payment amount exceeds the amount outstanding on this document' }],
      [{ Message: 'Payments can only be made against Authorised documents' }],
    ]);
  });
});

describe('changing the lines of the simulated Xero’s invoices', () => {
  test('a line with its id is changed, one without is new, one left out is gone', async () => {
    const draft = await stored({
      Status: 'DRAFT',
      LineItems: [LINE, { ...LINE, Description: 'Testing' }, { ...LINE, Description: 'Old' }],
    });
    const [first, second] = Array.from(Object(draft.LineItems));

    const { invoice } = await change(served, draft, {
      LineItems: [
        { LineItemID: Object(first).LineItemID, Quantity: 2 },
        { LineItemID: Object(second).LineItemID },
        { ...LINE, Description: 'New' },
      ],
    });

    const lines: Shown[] = Object(invoice.LineItems);
    expect(lines.map((line) => pick(line, 'Description', 'Quantity', 'LineAmount', 'TaxAmount'))).toEqual([
      { Description: 'Development', Quantity: 2, LineAmount: 200, TaxAmount: 20 },
      { Description: 'Testing', Quantity: 1, LineAmount: 100, TaxAmount: 10 },
      { Description: 'New', Quantity: 1, LineAmount: 100, TaxAmount: 10 },
    ]);
    expect(lines.slice(0, 2).map(({ LineItemID }) => LineItemID)).toEqual([
      Object(first).LineItemID,
      Object(second).LineItemID,
    ]);
    expect(lines[2]?.LineItemID).not.toBe(Object(draft.LineItems)[2].LineItemID);
  });

  test('an empty list of lines says nothing about them', async () => {
    const draft = await stored({ Status: 'DRAFT' });

    const { invoice } = await change(served, draft, { LineItems: [], Contact: {}, Reference: 'x' });

    expect(invoice.LineItems).toEqual(draft.LineItems);
  });
});

describe('dates of the simulated Xero', () => {
  test.each([
    ['AU', '2026-11-03'],
    ['US', '2026-11-02'],
  ] as const)('in %s a document without one is of the day it is there', async (region, day) => {
    const there = await serveXero({ regions: [region] });
    there.world.clock.set('2026-11-02T14:00:00Z');
    const { desk } = there.xero;

    desk.create('invoices', { Type: 'ACCREC', Contact: { Name: 'Acme' } });

    const [invoice] = desk.list('invoices', { limit: 1, offset: 0 }).records;
    expect(invoice?.DateString).toBe(`${day}T00:00:00`);
  });
});

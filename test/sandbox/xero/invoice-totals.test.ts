import { beforeEach, describe, expect, test } from '@jest/globals';
import { change, LINE, pick, read, salesInvoice, write } from './invoice-calls.ts';
import { type ServedXero, serveXero } from './served-xero.ts';

let served: ServedXero;
beforeEach(async () => {
  served = await serveXero();
});

const SUMS = ['SubTotal', 'TotalTax', 'Total'] as const;

async function sums(changes: object, query?: string): Promise<unknown[]> {
  const { invoice, faults } = await write(
    served,
    salesInvoice(changes),
    query === undefined ? {} : { query },
  );
  return faults.length > 0 ? faults : SUMS.map((key) => invoice[key]);
}

function lines(...figures: ReadonlyArray<readonly [quantity: number, unitAmount: number]>): object[] {
  return figures.map(([Quantity, UnitAmount]) => ({ ...LINE, Quantity, UnitAmount }));
}

describe('totals of the simulated Xero', () => {
  test('tax is rounded line by line, then added', async () => {
    // Three times 0.045 is 0.135: 0.15 when each is rounded, 0.14 when their sum is.
    expect(await sums({ LineItems: lines([1, 0.45], [1, 0.45], [1, 0.45]) })).toEqual([1.35, 0.15, 1.5]);
  });

  test('halves of a cent go away from zero', async () => {
    expect(await sums({ LineItems: lines([1, 1.05], [1, -0.25]) })).toEqual([0.8, 0.08, 0.88]);
  });

  test('four decimals of hours times four of a rate end in cents', async () => {
    expect(await sums({ LineItems: lines([2.3333, 99.9999]) })).toEqual([233.33, 23.33, 256.66]);
  });

  test('a unit amount has two decimals unless the call opts in to four', async () => {
    const LineItems = lines([1000, 0.1234]);

    expect([await sums({ LineItems }), await sums({ LineItems }, '?summarizeErrors=false')]).toEqual([
      [123.4, 12.34, 135.74],
      [120, 12, 132],
    ]);
  });

  test('reading shows two decimals unless the call opts in to four', async () => {
    const { invoice } = await write(served, salesInvoice({ LineItems: lines([1, 0.1234]) }));

    const [two, four] = [await read(served, invoice, ''), await read(served, invoice)];

    expect([two, four].map(({ LineItems }) => Object(LineItems)[0].UnitAmount)).toEqual([0.12, 0.1234]);
  });

  test('amounts that include tax have it taken out', async () => {
    expect(await sums({ LineAmountTypes: 'Inclusive', LineItems: lines([1, 20], [3, 33.33]) })).toEqual([
      109.08, 10.91, 119.99,
    ]);
  });

  test('without tax there is none, whatever tax type a line names', async () => {
    expect(await sums({ LineAmountTypes: 'NoTax', LineItems: lines([3, 33.33]) })).toEqual([99.99, 0, 99.99]);
  });

  test('the recorded spend of 20.00 at 8.25 % leaves 18.48', async () => {
    served = await serveXero({ regions: ['US'] });

    const { body } = await served.call('PUT', '/api.xro/2.0/BankTransactions', {
      body: {
        Type: 'SPEND',
        Contact: { Name: 'Cabs' },
        BankAccount: { Code: '090' },
        LineItems: [{ Description: 'Taxi', Quantity: 1, UnitAmount: 20, AccountCode: '400' }],
      },
    });

    const [spend] = Object(body).BankTransactions;
    expect([spend.LineAmountTypes, spend.LineItems[0].TaxType, ...SUMS.map((key) => spend[key])]).toEqual([
      'Inclusive',
      'INPUT',
      18.48,
      1.52,
      20,
    ]);
  });

  test('a tax amount that is given stands', async () => {
    expect(await sums({ LineItems: [{ ...LINE, TaxAmount: 9.99 }] })).toEqual([100, 9.99, 109.99]);
  });

  test('an account’s own tax applies where a line names none', async () => {
    const { TaxType: _tax, ...untaxed } = LINE;

    expect(await sums({ LineItems: [untaxed] })).toEqual([100, 10, 110]);
  });

  test('a discount lowers a sales line before tax, and is added up', async () => {
    const LineItems = [
      { ...LINE, Quantity: 3, UnitAmount: 33.33, DiscountRate: 12.5 },
      { ...LINE, DiscountAmount: 0.5 },
    ];
    const { invoice } = await write(served, salesInvoice({ LineItems }));

    expect(pick(invoice, ...SUMS, 'TotalDiscount')).toEqual({
      SubTotal: 186.99,
      TotalTax: 18.7,
      Total: 205.69,
      TotalDiscount: 13,
    });
  });

  test('a bill takes no discount', async () => {
    const bill = salesInvoice({
      Type: 'ACCPAY',
      LineItems: [{ ...LINE, AccountCode: '400', TaxType: 'INPUT', DiscountRate: 5 }],
    });

    expect((await write(served, bill)).faults).toEqual(['Discounts can only be applied to sales invoices.']);
  });

  test.each([
    [
      'a line amount that is not quantity times price',
      { LineItems: [{ ...LINE, LineAmount: 100.01 }] },
      'The line total 100.01 does not match the expected line total 100.00',
    ],
    [
      'a total that is not the sum',
      { Total: 110.01 },
      'The document total does not equal the sum of the lines.',
    ],
  ])('%s is refused', async (_what, changes, fault) => {
    expect(await sums(changes)).toEqual([fault]);
  });

  test('a rounding of up to ten cents counts where all three sums are stated', async () => {
    const stated = { SubTotal: 100, TotalTax: 10, Total: 109.95, RoundingAmount: -0.05 };

    expect([await sums(stated), await sums({ ...stated, RoundingAmount: -0.11 })]).toEqual([
      [100, 10, 109.95],
      [
        'The RoundingAmount must be between -0.10 and 0.10.',
        'The document total does not equal the sum of the lines.',
      ],
    ]);
  });

  test('a foreign currency takes the day’s rate unless one is given, and must be subscribed to', async () => {
    const refused = await write(served, salesInvoice({ CurrencyCode: 'EUR' }));
    await served.call('PUT', '/api.xro/2.0/Currencies', { body: { Code: 'EUR' } });
    const day = await write(served, salesInvoice({ CurrencyCode: 'EUR' }));
    const own = await write(served, salesInvoice({ CurrencyCode: 'EUR', CurrencyRate: 0.6123456 }));

    expect([refused.faults, day.invoice.CurrencyRate, own.invoice.CurrencyRate]).toEqual([
      ['Organisation is not subscribed to currency EUR'],
      0.603405,
      0.612346,
    ]);
  });

  test('an item fills in what its line leaves out', async () => {
    await served.call('PUT', '/api.xro/2.0/Items', {
      body: {
        Code: 'DEV',
        Name: 'Development',
        Description: 'Hours',
        SalesDetails: { UnitPrice: 120, AccountCode: '203', TaxType: 'EXEMPTOUTPUT' },
      },
    });

    const { invoice } = await write(served, salesInvoice({ LineItems: [{ ItemCode: 'dev', Quantity: 2 }] }));

    expect(
      pick(
        Object(invoice.LineItems)[0],
        'ItemCode',
        'Description',
        'UnitAmount',
        'AccountCode',
        'TaxType',
        'LineAmount',
      ),
    ).toEqual({
      ItemCode: 'DEV',
      Description: 'Hours',
      UnitAmount: 120,
      AccountCode: '203',
      TaxType: 'EXEMPTOUTPUT',
      LineAmount: 240,
    });
  });

  test('other line amount types make other tax of the same lines', async () => {
    const { invoice } = await write(served, salesInvoice({ Status: 'DRAFT' }));

    const changed = await change(served, invoice, { LineAmountTypes: 'Inclusive' });

    expect(pick(changed.invoice, ...SUMS)).toEqual({ SubTotal: 90.91, TotalTax: 9.09, Total: 100 });
  });
});

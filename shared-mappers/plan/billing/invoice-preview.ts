import type { ChartOfAccounts } from '../../model/billing/chart.ts';
import { Decimal, toCents, ZERO } from '../../model/billing/decimal.ts';
import type { DesiredDocument, DocumentKind } from '../../model/billing/document.ts';
import type { CalendarDate, Currency, DecimalText } from '../../model/billing/money.ts';
import { chartIndex } from './chart-index.ts';

/** A document as a person reads it before it is written: lines, tax by rate, totals. Plain data for any face. */
export interface InvoicePreview {
  /** `Sales invoice`, `Bill`, `Spend money`. */
  readonly title: string;
  readonly number: string;
  readonly status: string;
  readonly contact: string;
  readonly date: CalendarDate;
  readonly dueDate?: CalendarDate;
  readonly currency: Currency;
  readonly reference: string;
  /** `Amounts are without tax`. */
  readonly amountsAre: string;
  readonly lines: readonly PreviewLine[];
  readonly taxes: readonly PreviewTax[];
  readonly subTotal: DecimalText;
  readonly totalTax: DecimalText;
  readonly total: DecimalText;
}

export interface PreviewLine {
  readonly description: string;
  /** `2.3333`. */
  readonly quantity: DecimalText;
  /** At least 2 places: `150.00`, `187.3512`. */
  readonly unitAmount: DecimalText;
  /** `200 Sales`. */
  readonly account: string;
  /** `GST on Income 10 %`. */
  readonly tax: string;
  /** `Region: North`. */
  readonly tracking: string;
  readonly amount: DecimalText;
}

export interface PreviewTax {
  readonly tax: string;
  /** Sum of the amounts it is reckoned on. */
  readonly of: DecimalText;
  readonly amount: DecimalText;
}

/** @param contact name of the customer or supplier, for the document holds an id. */
export function previewOf(
  document: DesiredDocument,
  chart: ChartOfAccounts,
  contact: string,
): InvoicePreview {
  const index = chartIndex(chart);
  const titleOfTax = (taxType: string): string => {
    const rate = index.taxRate(taxType);
    return rate === undefined ? taxType : `${rate.name} ${rate.effectiveRate} %`;
  };
  const sums = new Map<string, { of: Decimal; amount: Decimal }>();
  for (const { taxType, amount, taxAmount } of document.lines) {
    const sum = sums.get(taxType) ?? { of: ZERO, amount: ZERO };
    sums.set(taxType, { of: sum.of.plus(amount), amount: sum.amount.plus(taxAmount) });
  }
  const { number, status, date, dueDate, currency, reference, subTotal, totalTax, total } = document;
  return {
    title: TITLES[document.kind],
    number,
    status,
    contact,
    date,
    ...(dueDate === undefined ? {} : { dueDate }),
    currency,
    reference,
    amountsAre: AMOUNTS_ARE[document.lineAmounts],
    lines: document.lines.map((line) => ({
      description: line.description,
      quantity: line.quantity,
      unitAmount: priceOf(line.unitAmount),
      account: `${line.accountCode} ${index.account(line.accountCode)?.name ?? ''}`.trim(),
      tax: document.lineAmounts === 'no-tax' ? '' : titleOfTax(line.taxType),
      tracking: line.tracking.map(({ category, option }) => `${category}: ${option}`).join(', '),
      amount: line.amount,
    })),
    taxes:
      document.lineAmounts === 'no-tax'
        ? []
        : [...sums].map(([taxType, sum]) => ({
            tax: titleOfTax(taxType),
            of: toCents(sum.of),
            amount: toCents(sum.amount),
          })),
    subTotal,
    totalTax,
    total,
  };
}

const TITLES: Readonly<Record<DocumentKind, string>> = {
  'sales-invoice': 'Sales invoice',
  bill: 'Bill',
  'spend-money': 'Spend money',
};

const AMOUNTS_ARE: Readonly<Record<DesiredDocument['lineAmounts'], string>> = {
  exclusive: 'Amounts are without tax',
  inclusive: 'Amounts are with tax',
  'no-tax': 'Amounts bear no tax',
};

function priceOf(unitAmount: DecimalText): DecimalText {
  const price = new Decimal(unitAmount);
  return price.toFixed(Math.max(2, price.decimalPlaces()));
}

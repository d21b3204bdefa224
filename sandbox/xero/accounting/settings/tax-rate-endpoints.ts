import { Decimal } from 'decimal.js';
import { z } from 'zod';
import type { Books } from '../../books/books.ts';
import type { TaxRate } from '../../books/tax-rate.ts';
import { distorted, param, type XeroCall, type XeroEndpoint } from '../../endpoint.ts';
import { type Columns, number, text } from '../../query/columns.ts';
import { selected } from '../../query/listing.ts';
import { DecimalNumber, Flag, listOf, readInput, Text } from '../../wire/input.ts';
import { rounded } from '../../wire/money.ts';
import { ElementFault, notFound, postDataInvalid } from '../../wire/refusal.ts';
import { elementsOf, writeOne } from '../elements.ts';
import { envelope } from '../envelope.ts';

const scopes = ['accounting.settings'];
const CLASSES = ['ASSET', 'EQUITY', 'EXPENSE', 'LIABILITY', 'REVENUE'] as const;

/** `/TaxRates`. Takes one rate a request. */
export const taxRateEndpoints: readonly XeroEndpoint[] = [
  {
    method: 'GET',
    path: '/TaxRates',
    operation: 'tax-rates.list',
    scopes,
    handle: (call) => {
      const found = distorted(call, selected(call, call.books.taxRates.rows(), COLUMNS));
      return envelope(call.books, { TaxRates: found.map(showTaxRate) });
    },
  },
  {
    method: 'GET',
    path: '/TaxRates/:TaxType',
    operation: 'tax-rates.get',
    scopes,
    handle: (call) => {
      const rate = call.books.taxRates.get(param(call, 'TaxType'));
      if (rate === undefined) throw notFound();
      return envelope(call.books, { TaxRates: [showTaxRate(rate)] });
    },
  },
  {
    method: 'PUT',
    path: '/TaxRates',
    operation: 'tax-rates.create',
    scopes,
    handle: (call) => writeOne(call, writing(call, false)),
  },
  {
    method: 'POST',
    path: '/TaxRates',
    operation: 'tax-rates.update',
    scopes,
    handle: (call) => writeOne(call, writing(call, true)),
  },
];

const TaxRateInput = z.object({
  Name: Text,
  TaxType: Text,
  Status: Text,
  ReportTaxType: Text,
  TaxComponents: listOf(
    z.object({ Name: Text, Rate: DecimalNumber, IsCompound: Flag, IsNonRecoverable: Flag }),
  ),
});
type TaxRateInput = z.infer<typeof TaxRateInput>;

const COLUMNS: Columns<TaxRate> = {
  resource: 'TaxRate',
  byPath: {
    Name: text(({ name }) => name),
    TaxType: text(({ taxType }) => taxType),
    Status: text(({ status }) => status),
    ReportTaxType: text(({ reportTaxType }) => reportTaxType),
    EffectiveRate: number(({ effectiveRate }) => effectiveRate),
  },
};

export function showTaxRate(rate: TaxRate): object {
  const applies = (accountClass: (typeof CLASSES)[number]): boolean => rate.appliesTo.includes(accountClass);
  return {
    Name: rate.name,
    TaxType: rate.taxType,
    ReportTaxType: rate.reportTaxType,
    CanApplyToAssets: applies('ASSET'),
    CanApplyToEquity: applies('EQUITY'),
    CanApplyToExpenses: applies('EXPENSE'),
    CanApplyToLiabilities: applies('LIABILITY'),
    CanApplyToRevenue: applies('REVENUE'),
    DisplayTaxRate: rate.effectiveRate,
    EffectiveRate: rate.effectiveRate,
    Status: rate.status,
    TaxComponents: rate.components.map(({ name, rate: percent, isCompound, isNonRecoverable }) => ({
      Name: name,
      Rate: percent,
      IsCompound: isCompound,
      IsNonRecoverable: isNonRecoverable,
    })),
  };
}

function writing(call: XeroCall, updates: boolean) {
  const { books } = call;
  if (elementsOf(call, 'TaxRates').length > 1)
    throw postDataInvalid('Only one TaxRate can be processed per request.');
  return {
    plural: 'TaxRates',
    idKey: 'TaxType',
    write: (element: Record<string, unknown>): object => {
      const input = readInput(TaxRateInput, element, 'TaxRates[0]');
      return showTaxRate(books.taxRates.put(updates ? changed(books, input) : fresh(books, input)));
    },
  };
}

function fresh(books: Books, input: TaxRateInput): TaxRate {
  const name = input.Name?.trim() ?? '';
  const rates = [...books.taxRates.rows()];
  const components = componentsOf(input);
  if (name === '') throw new ElementFault(['The Name field must be specified.']);
  if (rates.some((rate) => rate.name.toLowerCase() === name.toLowerCase()))
    throw new ElementFault(['Tax rate name must be unique.']);
  if (components.length === 0) throw new ElementFault(['At least one tax component must be specified.']);
  const own = rates.filter(({ taxType }) => /^TAX\d{3}$/.test(taxType)).length;
  const taxType = `TAX${String(own + 1).padStart(3, '0')}`;
  return {
    id: taxType.toLowerCase(),
    taxType,
    name,
    reportTaxType: input.ReportTaxType ?? 'NONE',
    status: 'ACTIVE',
    appliesTo: [...CLASSES],
    effectiveRate: effectiveOf(components),
    components,
  };
}

/** A rate is found by its tax type, else by its name. Those that came with the organisation cannot be changed. */
function changed(books: Books, input: TaxRateInput): TaxRate {
  const found =
    input.TaxType === undefined
      ? [...books.taxRates.rows()].find(({ name }) => name === input.Name)
      : books.taxRates.get(input.TaxType);
  if (found === undefined) throw new ElementFault(['The tax rate could not be found.']);
  if (!/^TAX\d{3}$/.test(found.taxType)) throw new ElementFault(['System tax rates cannot be updated.']);
  const status = input.Status?.toUpperCase() ?? found.status;
  if (status !== 'ACTIVE' && status !== 'DELETED')
    throw new ElementFault([`The Status '${status}' is not valid.`]);
  const components = input.TaxComponents === undefined ? found.components : componentsOf(input);
  return {
    ...found,
    name: input.Name ?? found.name,
    status,
    reportTaxType: input.ReportTaxType ?? found.reportTaxType,
    components,
    effectiveRate: effectiveOf(components),
  };
}

function componentsOf({ TaxComponents = [] }: TaxRateInput): TaxRate['components'] {
  return TaxComponents.map((component) => ({
    name: component.Name ?? '',
    rate: rounded(component.Rate ?? 0, 4),
    isCompound: component.IsCompound ?? false,
    isNonRecoverable: component.IsNonRecoverable ?? false,
  }));
}

/** A compound component is charged on the sum of the amount and the others. */
function effectiveOf(components: TaxRate['components']): number {
  let plain = new Decimal(0);
  for (const { rate, isCompound } of components) if (!isCompound) plain = plain.plus(rate);
  let total = plain;
  for (const { rate, isCompound } of components) {
    if (isCompound) total = total.plus(plain.plus(100).times(rate).dividedBy(100));
  }
  return rounded(total, 4);
}

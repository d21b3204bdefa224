import type { AccountClass } from '../books/account.ts';
import type { Region } from '../books/organisation.ts';
import type { TaxRate } from '../books/tax-rate.ts';

const BALANCE: readonly AccountClass[] = ['ASSET', 'EQUITY', 'LIABILITY'];
const SALES: readonly AccountClass[] = [...BALANCE, 'REVENUE'];
const PURCHASES: readonly AccountClass[] = [...BALANCE, 'EXPENSE'];
const ALL: readonly AccountClass[] = [...BALANCE, 'REVENUE', 'EXPENSE'];

type Line = readonly [
  taxType: string,
  name: string,
  report: string,
  rate: number,
  appliesTo: readonly AccountClass[],
];

const RATES: Readonly<Record<Region, readonly Line[]>> = {
  AU: [
    ['OUTPUT', 'GST on Income', 'OUTPUT', 10, SALES],
    ['INPUT', 'GST on Expenses', 'INPUT', 10, PURCHASES],
    ['EXEMPTOUTPUT', 'GST Free Income', 'EXEMPTOUTPUT', 0, SALES],
    ['EXEMPTEXPENSES', 'GST Free Expenses', 'EXEMPTEXPENSES', 0, PURCHASES],
    ['BASEXCLUDED', 'BAS Excluded', 'BASEXCLUDED', 0, ALL],
    ['CAPEXINPUT', 'GST on Capital', 'CAPEXINPUT', 10, PURCHASES],
    ['EXEMPTCAPITAL', 'GST Free Capital', 'EXEMPTCAPITAL', 0, PURCHASES],
    ['EXEMPTEXPORT', 'GST Free Exports', 'EXEMPTEXPORT', 0, SALES],
    ['INPUTTAXED', 'Input Taxed', 'INPUTTAXED', 0, ALL],
    ['GSTONIMPORTS', 'GST on Imports', 'GSTONIMPORTS', 0, ['LIABILITY']],
  ],
  NZ: [
    ['OUTPUT2', '15% GST on Income', 'OUTPUT', 15, SALES],
    ['INPUT2', '15% GST on Expenses', 'INPUT', 15, PURCHASES],
    ['ZERORATED', 'Zero Rated', 'NONE', 0, ALL],
    ['NONE', 'No GST', 'NONE', 0, ALL],
    ['GSTONIMPORTS', 'GST on Imports', 'GSTONIMPORTS', 0, ['LIABILITY']],
  ],
  UK: [
    ['OUTPUT2', '20% (VAT on Income)', 'OUTPUT', 20, SALES],
    ['INPUT2', '20% (VAT on Expenses)', 'INPUT', 20, PURCHASES],
    ['RROUTPUT', '5% (VAT on Income)', 'OUTPUT', 5, SALES],
    ['RRINPUT', '5% (VAT on Expenses)', 'INPUT', 5, PURCHASES],
    ['ZERORATEDOUTPUT', 'Zero Rated Income', 'OUTPUT', 0, SALES],
    ['ZERORATEDINPUT', 'Zero Rated Expenses', 'INPUT', 0, PURCHASES],
    ['EXEMPTOUTPUT', 'Exempt Income', 'EXEMPTOUTPUT', 0, SALES],
    ['EXEMPTINPUT', 'Exempt Expenses', 'EXEMPTINPUT', 0, PURCHASES],
    ['NONE', 'No VAT', 'NONE', 0, ALL],
  ],
  US: [
    ['OUTPUT', 'Tax on Sales', 'OUTPUT', 8.25, SALES],
    ['INPUT', 'Tax on Purchases', 'INPUT', 8.25, PURCHASES],
    ['GSTONIMPORTS', 'Sales Tax on Imports', 'GSTONIMPORTS', 0, ['LIABILITY']],
    ['NONE', 'Tax Exempt', 'NONE', 0, ALL],
  ],
};

/** The rates that Xero gives a new organisation of a region. */
export function openingTaxRates(region: Region, tax: string): TaxRate[] {
  return RATES[region].map(([taxType, name, reportTaxType, effectiveRate, appliesTo]) => ({
    id: taxType.toLowerCase(),
    taxType,
    name,
    reportTaxType,
    status: 'ACTIVE',
    appliesTo,
    effectiveRate,
    components: [{ name: tax, rate: effectiveRate, isCompound: false, isNonRecoverable: false }],
  }));
}

import type { Region } from '../books/organisation.ts';

/** What differs between organisations at home in different countries. */
export interface RegionFacts {
  readonly name: string;
  readonly countryCode: string;
  readonly baseCurrency: string;
  /** As Xero spells it. */
  readonly timezone: string;
  /** The same zone's IANA name. */
  readonly zone: string;
  readonly organisationName: string;
  /** Tax types that the chart of accounts defaults to. */
  readonly sales: string;
  readonly purchases: string;
  readonly capital: string;
  readonly none: string;
  /** What the tax is called. */
  readonly tax: string;
}

export const REGION_FACTS: Readonly<Record<Region, RegionFacts>> = {
  AU: {
    name: 'Australia',
    countryCode: 'AU',
    baseCurrency: 'AUD',
    timezone: 'AUSEASTERNSTANDARDTIME',
    zone: 'Australia/Sydney',
    organisationName: 'Demo Company (AU)',
    sales: 'OUTPUT',
    purchases: 'INPUT',
    capital: 'CAPEXINPUT',
    none: 'BASEXCLUDED',
    tax: 'GST',
  },
  NZ: {
    name: 'New Zealand',
    countryCode: 'NZ',
    baseCurrency: 'NZD',
    timezone: 'NEWZEALANDSTANDARDTIME',
    zone: 'Pacific/Auckland',
    organisationName: 'Demo Company (NZ)',
    sales: 'OUTPUT2',
    purchases: 'INPUT2',
    capital: 'INPUT2',
    none: 'NONE',
    tax: 'GST',
  },
  UK: {
    name: 'United Kingdom',
    countryCode: 'GB',
    baseCurrency: 'GBP',
    timezone: 'GMTSTANDARDTIME',
    zone: 'Europe/London',
    organisationName: 'Demo Company (UK)',
    sales: 'OUTPUT2',
    purchases: 'INPUT2',
    capital: 'INPUT2',
    none: 'NONE',
    tax: 'VAT',
  },
  US: {
    name: 'United States',
    countryCode: 'US',
    baseCurrency: 'USD',
    timezone: 'EASTERNSTANDARDTIME',
    zone: 'America/New_York',
    organisationName: 'Demo Company (US)',
    sales: 'OUTPUT',
    purchases: 'INPUT',
    capital: 'INPUT',
    none: 'NONE',
    tax: 'Sales Tax',
  },
};

import type { Organisation } from '../../books/organisation.ts';
import type { XeroEndpoint } from '../../endpoint.ts';
import { notFound } from '../../wire/refusal.ts';
import { msDate } from '../../wire/wire-time.ts';
import { envelope } from '../envelope.ts';
import { standardTheme } from '../invoices/invoice-writing.ts';

const scopes = ['accounting.settings'];

/** What an app may do in the organisation, as Xero tells it. */
const ACTIONS = [
  'CreateApprovedInvoice',
  'CreateApprovedBill',
  'AttachFilesIntoInvoice',
  'CreateDraftInvoice',
  'CreateDraftBill',
  'CreateInvoicePayment',
  'UseMulticurrency',
];

/** `/Organisation`, `/Currencies`' neighbour, and `/BrandingThemes`. */
export const organisationEndpoints: readonly XeroEndpoint[] = [
  {
    method: 'GET',
    path: '/Organisation',
    operation: 'organisation.get',
    scopes,
    handle: ({ books }) => envelope(books, { Organisations: [showOrganisation(books.organisation)] }),
  },
  {
    method: 'GET',
    path: '/Organisation/Actions',
    operation: 'organisation.actions',
    scopes,
    handle: ({ books }) => envelope(books, { Actions: ACTIONS.map((Name) => ({ Name, Status: 'ALLOWED' })) }),
  },
  {
    method: 'GET',
    path: '/BrandingThemes',
    operation: 'branding-themes.list',
    scopes,
    handle: ({ books }) =>
      envelope(books, { BrandingThemes: [themeOf(books.organisation, standardTheme(books))] }),
  },
  {
    method: 'GET',
    path: '/BrandingThemes/:BrandingThemeID',
    operation: 'branding-themes.get',
    scopes,
    handle: ({ books, params }) => {
      if (params.BrandingThemeID !== standardTheme(books)) throw notFound();
      return envelope(books, { BrandingThemes: [themeOf(books.organisation, standardTheme(books))] });
    },
  },
];

function themeOf(organisation: Organisation, id: string): object {
  return {
    BrandingThemeID: id,
    Name: 'Standard',
    SortOrder: 0,
    CreatedDateUTC: `/Date(${organisation.createdMs}+0000)/`,
  };
}

function showOrganisation(organisation: Organisation): object {
  const { periodLockDate, endOfYearLockDate, region } = organisation;
  return {
    OrganisationID: organisation.id,
    Name: organisation.name,
    LegalName: organisation.name,
    PaysTax: true,
    Version: region === 'US' ? 'US' : region,
    OrganisationType: 'COMPANY',
    OrganisationEntityType: 'COMPANY',
    BaseCurrency: organisation.baseCurrency,
    CountryCode: organisation.countryCode,
    IsDemoCompany: true,
    OrganisationStatus: 'ACTIVE',
    TaxNumber: '101-2-303',
    FinancialYearEndDay: region === 'AU' ? 30 : 31,
    FinancialYearEndMonth: region === 'AU' ? 6 : region === 'US' ? 12 : 3,
    SalesTaxBasis: region === 'UK' || region === 'US' ? 'ACCRUAL' : 'INVOICE',
    SalesTaxPeriod: region === 'AU' ? 'QUARTERLY1' : 'QUARTERLY',
    DefaultSalesTax: 'Tax Exclusive',
    DefaultPurchasesTax: 'Tax Inclusive',
    ...(periodLockDate === null ? {} : { PeriodLockDate: msDate(periodLockDate) }),
    ...(endOfYearLockDate === null ? {} : { EndOfYearLockDate: msDate(endOfYearLockDate) }),
    CreatedDateUTC: `/Date(${organisation.createdMs})/`,
    Timezone: organisation.timezone,
    ShortCode: organisation.shortCode,
    Edition: 'BUSINESS',
    Class: 'DEMO',
    Addresses: [],
    Phones: [],
    ExternalLinks: [],
    PaymentTerms: {},
  };
}

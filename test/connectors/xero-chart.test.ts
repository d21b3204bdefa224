import { describe, expect, test } from '@jest/globals';
import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import type { ScriptedAnswer } from '../support/test-client.ts';
import { scripted } from './xero-client.ts';

describe('the chart of accounts', () => {
  test('takes five calls, with rates digit by digit and lock dates as days', async () => {
    const answers: Readonly<Record<string, unknown>> = {
      Organisation: {
        Organisations: [
          {
            OrganisationID: 'o-1',
            Name: 'Acme',
            CountryCode: 'AU',
            BaseCurrency: 'AUD',
            Timezone: 'AUSEASTERNSTANDARDTIME',
            PeriodLockDate: '/Date(1776988800000+0000)/',
          },
        ],
      },
      Accounts: {
        Accounts: [
          {
            AccountID: 'a-1',
            Code: '200',
            Name: 'Sales',
            Status: 'ACTIVE',
            Type: 'REVENUE',
            Class: 'REVENUE',
            TaxType: 'OUTPUT',
          },
          {
            AccountID: 'a-2',
            Name: 'Bank',
            Status: 'ARCHIVED',
            Type: 'BANK',
            Class: 'ASSET',
            TaxType: 'BASEXCLUDED',
            SystemAccount: '',
          },
          {
            AccountID: 'a-3',
            Code: '820',
            Name: 'GST',
            Status: 'ACTIVE',
            Type: 'CURRLIAB',
            Class: 'LIABILITY',
            TaxType: 'BASEXCLUDED',
            SystemAccount: 'GST',
          },
        ],
      },
      TaxRates: {
        TaxRates: [
          {
            Name: 'GST on Income',
            TaxType: 'OUTPUT',
            Status: 'ACTIVE',
            EffectiveRate: 10.0,
            CanApplyToRevenue: true,
            CanApplyToAssets: true,
            CanApplyToExpenses: false,
          },
          { Name: 'Old', TaxType: 'TAX001', Status: 'DELETED', EffectiveRate: 8.25 },
        ],
      },
      TrackingCategories: {
        TrackingCategories: [
          {
            TrackingCategoryID: 't-1',
            Name: 'Region',
            Status: 'ACTIVE',
            Options: [{ TrackingOptionID: 'p-1', Name: 'North', Status: 'ARCHIVED' }],
          },
        ],
      },
      Currencies: { Currencies: [{ Code: 'AUD' }, { Code: 'EUR' }] },
    };
    const answer: ScriptedAnswer = ({ url }) => ({
      body: JSON.stringify(answers[/2\.0\/(\w+)/.exec(url)?.[1] ?? '']),
    });
    const { client, requests } = scripted(Array(5).fill(answer));

    const chart = await createXeroConnector(client).chart();

    expect(requests).toHaveLength(5);
    expect(chart).toEqual({
      organisation: {
        id: 'o-1',
        name: 'Acme',
        country: 'AU',
        baseCurrency: 'AUD',
        timezone: 'AUSEASTERNSTANDARDTIME',
        periodLockDate: '2026-04-24',
      },
      accounts: [
        {
          id: 'a-1',
          code: '200',
          name: 'Sales',
          active: true,
          class: 'revenue',
          type: 'REVENUE',
          taxType: 'OUTPUT',
          isSystem: false,
        },
        {
          id: 'a-2',
          code: '',
          name: 'Bank',
          active: false,
          class: 'asset',
          type: 'BANK',
          taxType: 'BASEXCLUDED',
          isSystem: false,
        },
        {
          id: 'a-3',
          code: '820',
          name: 'GST',
          active: true,
          class: 'liability',
          type: 'CURRLIAB',
          taxType: 'BASEXCLUDED',
          isSystem: true,
        },
      ],
      taxRates: [
        {
          taxType: 'OUTPUT',
          name: 'GST on Income',
          active: true,
          effectiveRate: '10',
          appliesTo: ['asset', 'revenue'],
        },
        { taxType: 'TAX001', name: 'Old', active: false, effectiveRate: '8.25', appliesTo: [] },
      ],
      tracking: [
        { id: 't-1', name: 'Region', active: true, options: [{ id: 'p-1', name: 'North', active: false }] },
      ],
      currencies: ['AUD', 'EUR'],
    });
  });
});

import { describe, expect, test } from '@jest/globals';
import { rateTable } from '@stackbridge/shared-mappers/plan/billing/rates.ts';
import { PROJECT, timeLog } from '../../support/billing-world.ts';

describe('of several rates', () => {
  const people = { 'ada@example.test': { role: 'Engineer' } };

  test('the one for the task wins over person, project and role', () => {
    const rates = [
      { rate: '100' },
      { role: 'engineer', rate: '110' },
      { project: 'Harbour Bridge', rate: '120' },
      { person: 'ada@example.test', rate: '130' },
      { task: 'Design', rate: '140' },
    ];
    const prices = rates.map((_, at) => {
      const table = rateTable({ rates: rates.slice(0, at + 1), people });
      return table(timeLog('l1'), PROJECT, 'AUD');
    });
    expect(prices).toEqual(['100', '110', '120', '130', '140']);
  });

  test('one that names more wins over one that names less', () => {
    const rates = [
      { person: 'Ada Lovelace', rate: '130' },
      { person: 'ada@example.test', project: 'HB-1', rate: '135' },
    ];
    expect(rateTable({ rates, people })(timeLog('l1'), PROJECT, 'AUD')).toBe('135');
  });

  test('the one valid from the later day wins, on its days only', () => {
    const rates = [
      { rate: '100' },
      { from: '2026-03-01', until: '2026-03-31', rate: '110' },
      { from: '2026-03-15', rate: '120' },
    ];
    const table = rateTable({ rates });
    const days = ['2026-02-28', '2026-03-01', '2026-03-14', '2026-03-15', '2026-04-01'];
    expect(days.map((date) => table(timeLog('l1', { date }), PROJECT, 'AUD'))).toEqual([
      '100',
      '110',
      '110',
      '120',
      '120',
    ]);
  });

  test('one in another currency does not count', () => {
    const table = rateTable({
      rates: [
        { person: 'p1', rate: '90', currency: 'EUR' },
        { rate: '150', currency: 'AUD' },
      ],
    });
    expect(['AUD', 'EUR', 'USD'].map((currency) => table(timeLog('l1'), PROJECT, currency))).toEqual([
      '150',
      '90',
      undefined,
    ]);
  });
});

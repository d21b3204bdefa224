import { describe, expect, test } from '@jest/globals';
import { numbersToLookUp, turnOf } from '@stackbridge/shared-mappers/plan/billing/document-number.ts';
import { dueDateOf } from '@stackbridge/shared-mappers/plan/billing/due-date.ts';
import { fillTemplate } from '@stackbridge/shared-mappers/plan/billing/fill-template.ts';
import { periodOf } from '@stackbridge/shared-mappers/plan/billing/pay-period.ts';
import { calendarDay, zoneNamed } from '@stackbridge/shared-mappers/sync/billing/calendar-day.ts';
import { WINDOWS_ZONES } from '@stackbridge/shared-mappers/sync/billing/windows-zones.ts';
import fc from 'fast-check';

test('a document is due some days later, or on a day of a later month', () => {
  expect([
    dueDateOf('2026-02-20', { days: 14 }),
    dueDateOf('2026-01-10', { dayOfMonth: 20, months: 1 }),
    dueDateOf('2026-01-31', { dayOfMonth: 31, months: 1 }),
    dueDateOf('2027-12-31', { dayOfMonth: 31, months: 2 }),
  ]).toEqual(['2026-03-06', '2026-02-20', '2026-02-28', '2028-02-29']);
});

test('the day is the organisation’s, however Xero spells its zone', () => {
  const at = Date.parse('2026-03-31T20:30:00Z');

  const days = ['NEWZEALANDSTANDARDTIME', 'W. Australia Standard Time', 'America/New_York', 'UTC+13', ''].map(
    (zone) => calendarDay(at, zone),
  );

  expect(days).toEqual(['2026-04-01', '2026-04-01', '2026-03-31', '2026-04-01', '2026-03-31']);
});

test('every zone of the table is one, and a name that nobody knows is none', () => {
  const unknown = [...Object.keys(WINDOWS_ZONES), 'MOONSTANDARDTIME'].filter(
    (name) => zoneNamed(name) === undefined,
  );

  expect(unknown).toEqual(['MOONSTANDARDTIME']);
});

describe('a template', () => {
  const template = '{project}, {milestone}: {task} {person} {date} {notes}';

  test('is filled in', () => {
    const values = {
      project: 'Bridge',
      milestone: 'One',
      task: 'Design',
      person: 'Ada',
      date: '1 May',
      notes: 'x',
    };
    expect(fillTemplate(template, values, 4000)).toBe('Bridge, One: Design Ada 1 May x');
  });

  test('leaves no trace of what has no value', () => {
    expect([
      fillTemplate(template, { project: 'Bridge', task: 'Design' }, 4000),
      fillTemplate(template, { milestone: 'One' }, 4000),
      fillTemplate('{project} ({projectKey}) - {milestone}', { project: 'Bridge', milestone: 'One' }, 255),
    ]).toEqual(['Bridge: Design', 'One', 'Bridge - One']);
  });

  test('is cut at the limit, not through a character', () => {
    const cut = fillTemplate('{notes}', { notes: `${'x'.repeat(8)}\u{1F600}y` }, 10);
    expect(cut).toBe(`${'x'.repeat(8)}…`);
  });
});

describe('document numbers', () => {
  test('count the documents of a subject', () => {
    expect(numbersToLookUp('ZP-1', [])).toEqual(['ZP-1']);
    expect(numbersToLookUp('ZP-1', ['ZP-1', 'ZP-1-2'])).toEqual(['ZP-1', 'ZP-1-2', 'ZP-1-3']);
  });

  test('of another subject are not taken for one', () => {
    expect(['ZP-1', 'ZP-1-2', 'ZP-12', 'ZP-1-x', 'ZP-1-1'].map((number) => turnOf('ZP-1', number))).toEqual([
      1,
      2,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('a pay period', () => {
  test.each([
    ['weekly', '2026-03-02', '2026-03-18', '2026-03-16', '2026-03-22'],
    ['weekly', '2026-03-02', '2026-02-27', '2026-02-23', '2026-03-01'],
    ['fortnightly', '2026-03-02', '2026-03-16', '2026-03-16', '2026-03-29'],
    ['four-weekly', '2026-03-02', '2026-03-30', '2026-03-30', '2026-04-26'],
    ['monthly', '2026-01-31', '2026-03-30', '2026-02-28', '2026-03-30'],
    ['monthly', '2026-01-01', '2025-12-31', '2025-12-01', '2025-12-31'],
    ['twice-monthly', '2026-01-01', '2026-02-16', '2026-02-16', '2026-02-28'],
    ['twice-monthly', '2026-01-16', '2026-02-15', '2026-02-01', '2026-02-15'],
    ['quarterly', '2026-01-01', '2026-06-30', '2026-04-01', '2026-06-30'],
    ['annual', '2025-07-01', '2026-06-30', '2025-07-01', '2026-06-30'],
  ] as const)('%s from %s has %s in %s to %s', (frequency, periodStart, date, from, to) => {
    expect(periodOf(date, { frequency, periodStart })).toEqual({ from, to });
  });

  test('holds the day it was asked for, and every other day of it has the same', () => {
    const day = fc
      .integer({ min: 0, max: 3000 })
      .map((days) => new Date(Date.UTC(2024, 0, 1 + days)).toISOString().slice(0, 10));
    const frequency = fc.constantFrom(
      'weekly',
      'fortnightly',
      'four-weekly',
      'monthly',
      'twice-monthly',
      'quarterly',
      'annual',
    );
    fc.assert(
      fc.property(frequency, day, day, (often, start, date) => {
        const calendar = { frequency: often, periodStart: start };
        const period = periodOf(date, calendar);
        expect(period.from <= date && date <= period.to).toBe(true);
        expect([periodOf(period.from, calendar), periodOf(period.to, calendar)]).toEqual([period, period]);
      }),
    );
  });
});

import { expect, test } from '@jest/globals';
import {
  parseLimitInfo,
  salesforceLimits,
} from '@stackbridge/shared-mappers/connectors/salesforce/limits.ts';

test.each([
  ['api-usage=4153/15000', { used: 4153, allowed: 15000 }],
  ['api-usage=18/5000; per-app-api-usage=17/250(appName=sample)', { used: 18, allowed: 5000 }],
  ['', undefined],
  [undefined, undefined],
])('the limit header %j reads as %j', (header, usage) => {
  expect(parseLimitInfo(header)).toEqual(usage);
});

test('a day nearly used up is told once, and no call is held back for it: the header is advisory', () => {
  const warnings: unknown[] = [];
  const log = { debug: () => {}, info: () => {}, warn: (...line: unknown[]) => warnings.push(line) };
  const { learn } = salesforceLimits(log);
  const pauses = ['100/1000', '899/1000', '900/1000', '895/1000', '999/1000'].map((usage) =>
    learn?.({ 'sforce-limit-info': `api-usage=${usage}` }),
  );
  expect(pauses.every((pause) => pause === undefined)).toBe(true);
  expect(warnings).toEqual([
    ['API calls of the day nearly used up', { system: 'salesforce', used: 900, allowed: 1000 }],
  ]);
});

import { expect, test } from '@jest/globals';
import { sweepDay } from '../support/sweep-day.ts';
import { MONTH_OF_BILLING } from '../support/swept-days.ts';
import { sweep } from '../support/swept-run.ts';

sweepDay(MONTH_OF_BILLING);

test('the list of writes is whole', async () => {
  const { swept } = await sweep('write', 'after', MONTH_OF_BILLING);

  expect(swept).toBe(MONTH_OF_BILLING.writes.length);
}, 120_000);

import { expect, test } from '@jest/globals';
import { createRandom } from 'stackbridge/random.ts';
import { createSleep } from 'stackbridge/sleep.ts';

test('ids have 26 characters and rise in the order of creation', () => {
  const random = createRandom();

  const ids = Array.from({ length: 1_000 }, () => random.id());

  expect(ids.every((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toBe(true);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(1_000);
});

test('a stop ends every wait at once, and those that begin after it', async () => {
  const stop = new AbortController();
  const { sleep } = createSleep(stop.signal);
  const waits = [sleep(60_000), sleep(60_000)];

  stop.abort();

  await Promise.all([...waits, sleep(60_000)]);
});

test('a wait ends by itself', async () => {
  await createSleep(new AbortController().signal).sleep(1);
});

import { expect, test } from '@jest/globals';
import { chunksOf, readAhead } from '@stackbridge/shared-mappers/http/paging.ts';

test('the next page is asked for before the current one is handed out', async () => {
  const events: string[] = [];
  const request = (page: number) => () => {
    events.push(`request ${page}`);
    return Promise.resolve(page);
  };
  const pages = readAhead(request(1), (page) => (page < 3 ? request(page + 1) : undefined));

  for await (const page of pages) events.push(`work on ${page}`);

  expect(events).toEqual(['request 1', 'request 2', 'work on 1', 'request 3', 'work on 2', 'work on 3']);
});

test('a failure of the page asked for ahead is thrown after the current one was worked on', async () => {
  const seen: number[] = [];
  const pages = readAhead(
    () => Promise.resolve(1),
    () => () => Promise.reject<number>(new Error('page 2')),
  );
  const reading = (async () => {
    for await (const page of pages) seen.push(page);
  })();
  await expect(reading).rejects.toThrow('page 2');
  expect(seen).toEqual([1]);
});

test('a list is cut into runs', () => {
  expect(chunksOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
});

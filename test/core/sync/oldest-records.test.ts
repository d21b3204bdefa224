import { describe, expect, it } from '@jest/globals';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { Page } from '@stackbridge/shared-mappers/ports/connector.ts';
import { readOldest } from '@stackbridge/shared-mappers/sync/poll/oldest-records.ts';
import fc from 'fast-check';

const PAGE_SIZE = 5;

type Told = readonly [modifiedAt: number, isArchived: boolean];

/** Live records, oldest change first, then the archived ones: as Mailchimp lists them. */
function connectorOf(told: readonly Told[]) {
  const read: number[] = [];
  const rows = told
    .map(([modifiedAt, isArchived], id): SourceRecord => {
      const state = isArchived ? 'archived' : 'live';
      return { id: `${id}`, object: 'member', modifiedAt, state, values: {} };
    })
    .toSorted((a, b) => (a.state === b.state ? a.modifiedAt - b.modifiedAt : a.state === 'live' ? -1 : 1));
  async function* pagesFrom(since: number): AsyncGenerator<Page> {
    const listed = rows.filter(({ modifiedAt }) => modifiedAt >= since);
    for (let at = 0; at < listed.length; at += PAGE_SIZE) {
      read.push(at);
      yield { records: listed.slice(at, at + PAGE_SIZE) };
    }
  }
  return { read, readAll: () => pagesFrom(0), readChanges: (since: number) => pagesFrom(since) };
}

describe('records that have not changed for long', () => {
  it('are read part by part, each live one that is old enough once', async () => {
    const listing = fc.array(fc.tuple(fc.integer({ min: 1, max: 15 }), fc.boolean()), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(listing, fc.integer({ min: 1, max: 12 }), async (told, most) => {
        const shown: string[] = [];
        for (let from: number | undefined = 0; from !== undefined; ) {
          const wanted = { from, until: 12, most };
          const { records, next }: Awaited<ReturnType<typeof readOldest>> = await readOldest(
            connectorOf(told),
            [],
            wanted,
          );
          shown.push(...records.map(({ id }) => id));
          from = next;
        }
        const old = told.flatMap(([modifiedAt, isArchived], id) =>
          isArchived || modifiedAt >= 12 ? [] : [`${id}`],
        );
        expect(shown.toSorted()).toEqual(old.toSorted());
      }),
    );
  });

  it('cost no more pages than a part takes', async () => {
    const many = connectorOf(Array.from({ length: 100 }, (_, at) => [at, false]));
    const { records, next } = await readOldest(many, [], { from: 0, until: 90, most: 7 });
    expect([records.length, next, many.read]).toEqual([7, 7, [0, 5]]);
  });
});

import { describe, expect, it } from '@jest/globals';
import {
  type Cursor,
  type PollReach,
  pollFrom,
  takeNew,
} from '@stackbridge/shared-mappers/sync/poll/cursor.ts';
import fc from 'fast-check';

const NOON = Date.parse('2026-11-02T12:00:00Z');
const MINUTE_MS = 60_000;
const REACH: PollReach = { overlapMs: 5 * MINUTE_MS, lookBackMs: 60 * MINUTE_MS };

const change = (key: string, at: number | undefined) => ({ key, at, item: key });

describe('a poll', () => {
  it('without a cursor looks back, else begins a little before the last one', () => {
    expect(pollFrom(undefined, REACH, NOON)).toBe(NOON - 60 * MINUTE_MS);
    expect(pollFrom({ since: NOON, told: {} }, REACH, NOON + MINUTE_MS)).toBe(NOON - 5 * MINUTE_MS);
  });

  it('tells oldest first what was not told before, and a record that changed again', () => {
    const known = { since: NOON, told: { 'a-1': NOON - MINUTE_MS } };
    const found = [change('b-1', NOON + 2), change('a-1', NOON - MINUTE_MS), change('a-2', NOON + 1)];

    expect(takeNew(found, known, REACH, NOON + MINUTE_MS)).toEqual({
      items: ['a-2', 'b-1'],
      cursor: {
        since: NOON + MINUTE_MS,
        told: { 'a-1': NOON - MINUTE_MS, 'a-2': NOON + 1, 'b-1': NOON + 2 },
      },
    });
  });

  it('keeps of what it told only what the next one may read again', () => {
    const found = [change('old', NOON - 6 * MINUTE_MS), change('young', NOON - 5 * MINUTE_MS)];
    expect(takeNew(found, undefined, REACH, NOON).cursor).toEqual({
      since: NOON,
      told: { young: NOON - 5 * MINUTE_MS },
    });
  });

  it('never goes back, though the clock of the server does', () => {
    expect(takeNew([], { since: NOON, told: {} }, REACH, NOON - MINUTE_MS).cursor.since).toBe(NOON);
  });

  it('tells what has no time once, as long as it is listed', () => {
    const first = takeNew([change('a', undefined)], undefined, REACH, NOON);
    const later = takeNew([change('a', undefined)], first.cursor, REACH, NOON + 10 * MINUTE_MS);
    expect([first.items, later.items]).toEqual([['a'], []]);
  });

  it('tells each change exactly once, however late within the overlap it becomes visible', () => {
    const history = fc.array(
      fc.record({ madeMin: fc.integer({ min: 0, max: 60 }), lateS: fc.integer({ min: 0, max: 299 }) }),
      { maxLength: 40 },
    );
    const pauses = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(history, pauses, (made, pausesMin) => {
        const changes = made.map(({ madeMin, lateS }, index) => {
          const at = NOON + madeMin * MINUTE_MS;
          return { key: `record-${index}`, at, item: `record-${index}`, visibleFrom: at + lateS * 1000 };
        });
        let now = NOON;
        let known: Cursor | undefined;
        const told: string[] = [];
        for (const pauseMin of [...pausesMin, 70, 10]) {
          now += pauseMin * MINUTE_MS;
          const from = pollFrom(known, { ...REACH, lookBackMs: now - NOON }, now);
          const found = changes.filter(({ at, visibleFrom }) => at >= from && visibleFrom <= now);
          const { items, cursor } = takeNew(found, known, REACH, now);
          told.push(...items);
          known = cursor;
        }
        expect(told.toSorted()).toEqual(changes.map(({ key }) => key).toSorted());
      }),
    );
  });
});

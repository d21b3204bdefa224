import { describe, expect, it } from '@jest/globals';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import { brakeOnOverwrites } from '@stackbridge/shared-mappers/sync/poll/brake-on-overwrites.ts';
import {
  countedOf,
  type HandedOn,
  handedOnAfter,
  handedOnOf,
  heldUntil,
  readsFrom,
} from '@stackbridge/shared-mappers/sync/poll/handed-on.ts';
import fc from 'fast-check';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.parse('2026-11-02T12:00:00Z');
const REACH = { usualMs: 24 * HOUR, mostMs: 720 * HOUR };
const LIMIT = { share: 0.05, atLeast: 20 };

function changedAt(...times: readonly number[]): SourceRecord[] {
  return times.map((modifiedAt, n) => ({
    id: `r${n}`,
    object: 'Contact',
    modifiedAt,
    state: 'live',
    values: {},
  }));
}

/** A system that holds so many records, archived ones not among them. */
function holding(live: number, archived = 0) {
  return {
    system: 'mailchimp' as const,
    readAll: async function* () {
      yield { records: [], expected: live + archived, live };
    },
  };
}

describe('a poll reads', () => {
  it('as far back as usual where nothing is held up, or nobody knows', () => {
    expect(readsFrom(undefined, REACH, NOON)).toBe(NOON - 24 * HOUR);
    expect(readsFrom({ until: NOON - HOUR }, REACH, NOON)).toBe(NOON - 24 * HOUR);
  });

  it('from an hour before what was handed on last where that is longer ago, and at most so far', () => {
    expect(readsFrom({ until: NOON - 100 * HOUR }, REACH, NOON)).toBe(NOON - 101 * HOUR);
    expect(readsFrom({ until: NOON - 900 * HOUR }, REACH, NOON)).toBe(NOON - 720 * HOUR);
  });
});

describe('a brake counts', () => {
  const changed = changedAt(NOON - 3 * HOUR, NOON - 30 * MINUTE, NOON, NOON + MINUTE);

  it('everything where it is not known what was handed on', () => {
    expect(countedOf(changed, undefined)).toEqual(changed);
  });

  it('what is new with what was handed on within the hour before', () => {
    expect(countedOf(changed, { until: NOON })).toEqual(changed.slice(1));
  });

  it('nothing that a person has let through', () => {
    expect(countedOf(changed, { until: NOON, letThrough: NOON })).toEqual(changed.slice(3));
  });
});

describe('what a poll was let through', () => {
  it('is not counted again once the number is taken back', () => {
    const before: HandedOn = { until: NOON - HOUR };
    const changed = changedAt(NOON, NOON + MINUTE);

    const after = handedOnAfter(before, changed, NOON - 24 * HOUR, true);
    const later = handedOnAfter(after, changedAt(NOON + 5 * MINUTE), NOON, false);

    expect(after).toEqual({ until: NOON + MINUTE, letThrough: NOON + MINUTE });
    expect(later).toEqual({ until: NOON + 5 * MINUTE, letThrough: NOON + MINUTE });
    expect(countedOf(changed, after)).toEqual([]);
  });

  it('may be more than a function takes arguments', () => {
    const changed = Array.from({ length: 200_000 }, (_, n) => ({ modifiedAt: NOON + n }));
    expect(handedOnAfter(undefined, changed, NOON, false)).toEqual({ until: NOON + 199_999 });
    expect(heldUntil(undefined, changed, HOUR)).toBe(NOON + HOUR);
  });

  it('never goes back to before what was handed on', () => {
    expect(handedOnAfter({ until: NOON }, [], NOON - HOUR, false)).toEqual({ until: NOON });
  });
});

it('a Zap that is turned on again has seen what was handed on, and nothing that was held up', () => {
  const [handedOn, held] = changedAt(NOON, NOON + 1);
  if (handedOn === undefined || held === undefined) throw new RangeError('There are two');
  expect(handedOnOf([held, handedOn], { until: NOON })).toEqual([handedOn]);
});

it('what is held up is missed once its oldest change is out of reach', () => {
  const changed = changedAt(NOON - HOUR, NOON, NOON + HOUR);
  expect(heldUntil({ until: NOON - HOUR }, changed, 720 * HOUR)).toBe(NOON + 720 * HOUR);
  expect(heldUntil(undefined, changed, 24 * HOUR)).toBe(NOON - HOUR + 24 * HOUR);
});

describe('the brake on overwrites', () => {
  const brake = (times: readonly number[], live: number, most?: number) =>
    brakeOnOverwrites(changedAt(...times), holding(live, 10_000), {
      limit: LIMIT,
      most,
      heldUntil: NOON,
    });
  const burst = Array.from({ length: 21 }, (_, n) => NOON + n * MINUTE);

  it('stops what is more than the recipe’s share of the live records, and says so', async () => {
    await expect(brake(burst, 400)).rejects.toMatchObject({
      code: 'BRAKE_OVERWRITES',
      message:
        '21 of 400 records were changed within an hour in what the recipe carries across, and 20 may be at once; none of them is missed before 2026-11-02 12:00 UTC',
    });
    await expect(brake(burst, 420)).resolves.toBeUndefined();
  });

  it('lets a person’s number through, and nothing beyond it', async () => {
    await expect(brake(burst, 400, 21)).resolves.toBeUndefined();
    await expect(brake(burst, 10_000, 20)).rejects.toMatchObject({ code: 'BRAKE_OVERWRITES' });
  });

  it('hands on no more within an hour than it lets, however little each poll brings', async () => {
    const polls = fc.array(
      fc.record({ pauseMin: fc.integer({ min: 0, max: 20 }), changes: fc.integer({ min: 0, max: 9 }) }),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(polls, async (played) => {
        const made: number[] = [];
        let before: HandedOn = { until: NOON };
        let now = NOON;
        for (const { pauseMin, changes } of played) {
          now += pauseMin * MINUTE + 1;
          for (let n = 0; n < changes; n += 1) made.push(now);
          const from = readsFrom(before, REACH, now);
          const changed = changedAt(...made.filter((at) => at >= from));
          const limit = { limit: LIMIT, heldUntil: NOON };
          const isThrough = await brakeOnOverwrites(countedOf(changed, before), holding(100), limit).then(
            () => true,
            () => false,
          );
          if (isThrough) before = handedOnAfter(before, changed, from, false);
        }

        const handedOn = made.filter((at) => at <= before.until);
        const most = handedOn.map((end) => handedOn.filter((at) => at <= end && at >= end - HOUR).length);
        expect(Math.max(0, ...most)).toBeLessThanOrEqual(LIMIT.atLeast);
      }),
    );
  });
});

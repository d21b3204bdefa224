import { describe, expect, it } from '@jest/globals';
import { partOf } from '@stackbridge/shared-mappers/sync/poll/part-of-listing.ts';
import { NO_TEXTS, notePoll } from '@stackbridge/shared-mappers/sync/poll/recipe-in-use.ts';
import fc from 'fast-check';

/** Polls one text after the other, a minute apart. @returns for each the moment of the edit that the next one knows of */
function poll(prints: string): { edits: (number | undefined)[]; told: number } {
  let known = NO_TEXTS;
  let told = 0;
  const edits = [...prints].map((print, minute) => {
    known = notePoll(known, print, minute).texts;
    const editedAt = known.texts.find((one) => one.print === print)?.editedAt;
    if (editedAt === minute) told += 1;
    return editedAt;
  });
  return { edits, told };
}

describe('the texts that a recipe is polled with', () => {
  it('count as edited from the second one on, the first is none', () => {
    expect(poll('AAABBBB').edits).toEqual([undefined, undefined, undefined, 3, 3, 3, 3]);
  });

  it('tell of an edit with the poll that follows, for the one that finds it may be shown to nobody', () => {
    const first = notePoll(NO_TEXTS, 'A', 0);
    const found = notePoll(first.texts, 'B', 1);
    const next = notePoll(found.texts, 'B', 2);
    expect([first, found, next].map(({ editedAt }) => editedAt)).toEqual([undefined, undefined, 1]);
  });

  it('count as edited anew when the former text is put back', () => {
    expect(poll('AABBBBAA').edits.slice(-2)).toEqual([6, 6]);
  });

  it('that are polled by turns, by two Zaps with different ones, are one edit', () => {
    expect(poll('ABABABABABAB').told).toBe(1);
    expect(poll('ABBAABBABABBA').told).toBe(1);
  });

  it('count as edited where the older one goes while a copy with the younger one is polled', () => {
    expect(poll('AABABABBBBB').edits.slice(-2)).toEqual([9, 9]);
  });

  it('count as they were where a copy with the younger one goes', () => {
    expect(poll('AABABABAAAAAA').edits.at(-1)).toBeUndefined();
  });

  it('come to rest, however uneven the turn in which Zaps with different ones are polled', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-C]{2,12}$/), (turn) => {
        expect(poll(turn.repeat(20)).told).toBe(poll(turn.repeat(40)).told);
      }),
    );
  });
});

describe('a listing shown in parts', () => {
  const moments = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 });

  it('is shown whole, each record once, and goes on with every part', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 10 }), (times, most) => {
        const listed = times.map((modifiedAt, id) => ({ id, modifiedAt }));
        const shown: number[] = [];
        for (let from: number | undefined = 0; from !== undefined; ) {
          const { records, next }: ReturnType<typeof partOf<(typeof listed)[number]>> = partOf(
            listed,
            from,
            most,
          );
          expect(next ?? Number.POSITIVE_INFINITY).toBeGreaterThan(from);
          shown.push(...records.map(({ id }) => id));
          from = next;
        }
        expect(shown.toSorted((a, b) => a - b)).toEqual(listed.map(({ id }) => id));
      }),
    );
  });

  it('keeps records of one moment together', () => {
    const listed = [1, 1, 1, 2].map((modifiedAt, id) => ({ id, modifiedAt }));
    expect(partOf(listed, 0, 2)).toEqual({ records: listed.slice(0, 3), next: 2 });
    expect(partOf(listed, 2, 2)).toEqual({ records: listed.slice(3), next: undefined });
  });
});

import { describe, expect, test } from '@jest/globals';
import type { Policy } from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import type { Side } from '@stackbridge/shared-mappers/model/side.ts';
import {
  decodeStamp,
  encodeStamp,
  STAMP_BYTES,
  STAMP_FIELDS,
} from '@stackbridge/shared-mappers/model/stamp.ts';
import fc from 'fast-check';
import { FIELDS, HOMES, PairWorld } from '../../support/pair-world.ts';

const HOUR = 3_600_000;

describe.each(HOMES)('a base kept in %s', (_, home) => {
  test('an edit on one side reaches the other, and planning again asks for nothing', () => {
    const world = new PairWorld(home);
    world.sync(HOUR);
    world.edit('left', { name: 'Augusta' }, 2 * HOUR);

    world.sync(3 * HOUR);

    expect(world.value('right', 'name')).toBe('Augusta');
    expect(world.plan().operations).toEqual([]);
  });

  test('edits of different fields on both sides are both kept', () => {
    const world = new PairWorld(home);
    world.sync(HOUR);
    world.edit('left', { name: 'Augusta' }, 2 * HOUR);
    world.edit('right', { tier: 'Silver' }, 2 * HOUR);

    world.sync(3 * HOUR);

    expect([world.value('right', 'name'), world.value('left', 'tier')]).toEqual(['Augusta', 'Silver']);
    expect(world.plan().operations).toEqual([]);
  });

  test('the newer of two edits of one field wins', () => {
    const world = new PairWorld(home);
    world.sync(HOUR);
    world.edit('left', { tier: 'Bronze' }, 2 * HOUR);
    world.edit('right', { tier: 'Silver' }, 4 * HOUR);

    world.sync(5 * HOUR);

    expect([world.value('left', 'tier'), world.value('right', 'tier')]).toEqual(['Silver', 'Silver']);
  });

  test('emptying a field is an edit like any other', () => {
    const world = new PairWorld(home);
    world.sync(HOUR);
    world.edit('right', { tier: '' }, 2 * HOUR);

    world.sync(3 * HOUR);

    expect(world.value('left', 'tier')).toBe('');
  });

  test('an opt-out stays one although the other side is edited later', () => {
    const world = new PairWorld(home);
    world.sync(HOUR);
    world.edit('right', { status: 'unsubscribed' }, 2 * HOUR);
    world.edit('left', { name: 'Augusta' }, 3 * HOUR);

    world.sync(4 * HOUR);

    expect([world.value('left', 'optedOut'), world.value('right', 'status')]).toEqual([true, 'unsubscribed']);
    expect(world.plan().operations).toEqual([]);
  });

  test('a write that is lost is planned again', () => {
    const world = new PairWorld(home);
    world.sync(HOUR);
    world.edit('left', { name: 'Augusta' }, 2 * HOUR);
    world.sync(3 * HOUR, { fails: 'right' });

    world.sync(4 * HOUR);

    expect(world.value('right', 'name')).toBe('Augusta');
  });

  test('any history of edits, opt-outs, lost writes and syncs ends with both sides equal and nothing to do', () => {
    const side = fc.constantFrom<Side>('left', 'right');
    const edit = fc.record({
      kind: fc.constant('edit' as const),
      side,
      field: fc.constantFrom('name', 'tier'),
      value: fc.constantFrom('', 'a', 'b', 'c'),
    });
    const optOut = fc.record({ kind: fc.constant('opt-out' as const), side });
    const sync = fc.record({
      kind: fc.constant('sync' as const),
      fails: fc.option(side, { nil: undefined }),
    });
    const policy = fc.constantFrom<Policy>('left', 'right', 'newest', 'non-empty');
    fc.assert(
      fc.property(policy, fc.array(fc.oneof(edit, optOut, sync), { maxLength: 14 }), (wins, steps) => {
        const world = new PairWorld(home, { policy: wins });
        let now = 0;
        let optedOut = false;
        for (const step of steps) {
          now += HOUR;
          if (step.kind === 'edit') world.edit(step.side, { [step.field]: step.value }, now);
          else if (step.kind === 'sync')
            world.sync(now, step.fails === undefined ? {} : { fails: step.fails });
          else {
            optedOut = true;
            world.edit(
              step.side,
              step.side === 'left' ? { optedOut: true } : { status: 'unsubscribed' },
              now,
            );
          }
        }
        world.sync(now + HOUR);
        world.sync(now + 2 * HOUR);

        const idle = world.plan();
        expect({ operations: idle.operations, issues: idle.issues }).toEqual({ operations: [], issues: [] });
        for (const field of FIELDS) expect(world.value('right', field)).toBe(world.value('left', field));
        if (optedOut) {
          expect([world.value('left', 'optedOut'), world.value('right', 'status')]).toEqual([
            true,
            'unsubscribed',
          ]);
        }
      }),
    );
  });
});

describe('a stamp', () => {
  const key = fc.stringMatching(/^[A-Za-z0-9_-]{4}$/);
  const entry = fc.record({
    generation: fc.nat({ max: 2047 }),
    half: fc.boolean(),
    entry: fc.stringMatching(/^[A-Za-z0-9_-]{5}$/),
  });

  test('survives being stored, and fits into 255 bytes', () => {
    const entries = fc.uniqueArray(fc.tuple(key, entry), {
      maxLength: STAMP_FIELDS,
      selector: ([name]) => name,
    });
    fc.assert(
      fc.property(entries, fc.nat({ max: 4_000_000_000 }), (list, seconds) => {
        const stamp = { takenIn: seconds * 1000, entries: new Map(list) };
        const text = encodeStamp(stamp);
        expect(text.length).toBeLessThanOrEqual(STAMP_BYTES);
        expect(decodeStamp(text)).toEqual(stamp);
      }),
    );
  });

  test('what is no stamp reads as none', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(() => decodeStamp(text)).not.toThrow()));
    expect(decodeStamp('call her back on Monday').entries.size).toBe(0);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { CompiledRule } from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import { otherSide, type Side } from '@stackbridge/shared-mappers/model/side.ts';
import { mayOverwrite } from '@stackbridge/shared-mappers/plan/may-overwrite.ts';
import { rememberedOn, stampHome } from '@stackbridge/shared-mappers/plan/stamp-home.ts';
import fc from 'fast-check';
import { MARKS, PairWorld } from '../../support/pair-world.ts';

const HOUR = 3_600_000;

/** A pair that has agreed on what it says. @param changes of the rules for name and tier */
function linkedPair(changes: Partial<CompiledRule> = {}): PairWorld {
  const world = new PairWorld((map) => stampHome(map, MARKS), changes);
  world.know();
  world.sync(HOUR);
  return world;
}

function mayOverwriteFrom({ records, map }: PairWorld, side: Side): boolean {
  return mayOverwrite(records[side], side, map.rules, rememberedOn(MARKS.stamp[side], records[side]));
}

const side = fc.constantFrom<Side>('left', 'right');
const value = fc.constantFrom('', 'Ada', 'Grace');
const rule = fc.record({
  direction: fc.constantFrom('both' as const, 'to-left' as const, 'to-right' as const),
  drift: fc.constantFrom('enforce' as const, 'leave' as const),
  policy: fc.constantFrom('newest' as const, 'left' as const, 'right' as const, 'review' as const),
  keepNonEmpty: fc.boolean(),
});

describe('a record may overwrite another', () => {
  it('where it says something else than both sides have agreed on', () => {
    const world = linkedPair();
    world.edit('left', { name: 'Augusta' }, 2 * HOUR);
    expect(mayOverwriteFrom(world, 'left')).toBe(true);
  });

  it('where it was emptied, unless the rule keeps what is there', () => {
    const emptied = (changes: Partial<CompiledRule>): boolean => {
      const world = linkedPair(changes);
      world.edit('left', { name: '' }, 2 * HOUR);
      return mayOverwriteFrom(world, 'left');
    };
    expect([emptied({}), emptied({ keepNonEmpty: true })]).toEqual([true, false]);
  });

  it('where an edit that may not go that way is put back, and not where it is left', () => {
    const edited = (drift: CompiledRule['drift']): boolean => {
      const world = linkedPair({ direction: 'to-left', drift });
      world.edit('left', { name: 'Augusta' }, 2 * HOUR);
      return mayOverwriteFrom(world, 'left');
    };
    expect([edited('enforce'), edited('leave')]).toEqual([true, false]);
  });

  it('where a rule is new to it and it has a value, unless a person decides', () => {
    const { records } = linkedPair();
    const renewed = (changes: Partial<CompiledRule>): boolean => {
      const { rules } = new PairWorld((map) => stampHome(map, MARKS), { key: 'new_', ...changes }).map;
      return mayOverwrite(records.left, 'left', rules, rememberedOn(MARKS.stamp.left, records.left));
    };
    expect([renewed({}), renewed({ policy: 'review' })]).toEqual([true, false]);
  });

  it('never where it says what its own stamp remembers', () => {
    fc.assert(
      fc.property(side, rule, value, (on, changes, name) => {
        const world = linkedPair(changes);
        world.edit(on, { name }, 2 * HOUR);
        world.edit(otherSide(on), { name }, 2 * HOUR);
        world.sync(3 * HOUR);
        world.edit(on, { phone: '1' }, 4 * HOUR);
        const { rules } = world.map;
        const remembered = rememberedOn(MARKS.stamp[on], world.records[on]);
        const agrees = rules.every((one) => remembered.says(one, one.read[on](world.records[on].values)));

        fc.pre(agrees);
        expect(mayOverwriteFrom(world, on)).toBe(false);
      }),
    );
  });

  it('whenever the step of the other side then replaces a value, or hands one back that does', () => {
    fc.assert(
      fc.property(side, rule, value, value, (on, changes, name, tier) => {
        const world = linkedPair(changes);
        world.edit(on, { name, tier }, 2 * HOUR);
        const counted = mayOverwriteFrom(world, on);

        const { operations } = world.sync(3 * HOUR);

        const replaced = operations.some(({ changes: written }) =>
          written.some(({ rule: at, from }) => at >= 0 && from !== ''),
        );
        expect(counted || !replaced).toBe(true);
      }),
    );
  });
});

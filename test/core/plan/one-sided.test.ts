import { describe, expect, test } from '@jest/globals';
import type { CompiledRule, Policy } from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import { SIDES, type Side } from '@stackbridge/shared-mappers/model/side.ts';
import { stampHome } from '@stackbridge/shared-mappers/plan/stamp-home.ts';
import fc from 'fast-check';
import { MARKS, PairWorld } from '../../support/pair-world.ts';

const HOUR = 3_600_000;
/** More rounds than any pair needs: past them it is a ping-pong. */
const MOST_ROUNDS = 12;

/** Two polling triggers and two steps, each of which reaches one side only. Deliveries may stay away, come late or twice. */
class Zaps {
  readonly world: PairWorld;
  readonly waiting: Record<Side, SourceRecord[]> = { left: [], right: [] };
  readonly delivered: Record<Side, SourceRecord[]> = { left: [], right: [] };
  readonly #polled: Record<Side, SourceRecord | undefined> = { left: undefined, right: undefined };
  writes = 0;
  now = HOUR;

  constructor(changes: Partial<CompiledRule>) {
    this.world = new PairWorld((map) => stampHome(map, MARKS), changes);
    this.world.know();
    this.settle();
  }

  edit(side: Side, values: Readonly<Record<string, string | boolean>>): void {
    this.now += HOUR;
    this.world.edit(side, values, this.now);
  }

  poll(side: Side): void {
    const record = this.world.records[side];
    if (this.#polled[side] === record) return;
    this.#polled[side] = record;
    this.waiting[side].push(record);
  }

  deliver(side: Side, at: number): void {
    const [snapshot] = this.waiting[side].splice(at, 1);
    if (snapshot !== undefined) this.#take(side, snapshot);
  }

  repeat(side: Side, at: number): void {
    const snapshot = this.delivered[side][at];
    if (snapshot !== undefined) this.#take(side, snapshot);
  }

  /** Everything is delivered, in turn, until nothing is left to deliver. */
  settle(): void {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      for (const side of SIDES) this.poll(side);
      if (SIDES.every((side) => this.waiting[side].length === 0)) return;
      for (const side of SIDES) while (this.waiting[side].length > 0) this.deliver(side, 0);
    }
    throw new RangeError('The two steps never come to rest');
  }

  #take(side: Side, snapshot: SourceRecord): void {
    this.now += HOUR;
    this.delivered[side].push(snapshot);
    this.writes += this.world.deliver(side, snapshot, this.now).operations.length;
  }
}

const side = fc.constantFrom<Side>('left', 'right');
const place = fc.nat({ max: 2 });
/** An edit that a poll sees at once, or together with what comes after it. */
const editOf = (by: fc.Arbitrary<Side>) =>
  fc.record({
    kind: fc.constant('edit' as const),
    side: by,
    field: fc.constantFrom('name', 'tier'),
    value: fc.constantFrom('yes', 'no'),
    seen: fc.boolean(),
  });
const others = [
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('deliver' as const), side, at: place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat' as const), side, at: place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('settle' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('opt-out' as const), side }) },
];
const historyOf = (by: fc.Arbitrary<Side>) =>
  fc.array(fc.oneof({ weight: 5, arbitrary: editOf(by) }, ...others), { maxLength: 20 });
type Step = ReturnType<typeof historyOf> extends fc.Arbitrary<(infer T)[]> ? T : never;

const OUT: Readonly<Record<Side, Readonly<Record<string, string | boolean>>>> = {
  left: { optedOut: true },
  right: { status: 'unsubscribed' },
};

function play(changes: Partial<CompiledRule>, steps: readonly Step[]): Zaps {
  const zaps = new Zaps(changes);
  for (const one of steps) {
    switch (one.kind) {
      case 'edit':
        zaps.edit(one.side, { [one.field]: one.value });
        if (one.seen) zaps.poll(one.side);
        break;
      case 'opt-out':
        zaps.edit(one.side, OUT[one.side]);
        break;
      case 'settle':
        zaps.settle();
        break;
      case 'deliver':
        zaps.deliver(one.side, one.at);
        break;
      case 'repeat':
        zaps.repeat(one.side, one.at);
        break;
    }
  }
  zaps.settle();
  return zaps;
}

function held(zaps: Zaps, field: string): unknown[] {
  return SIDES.map((one) => zaps.world.value(one, field));
}

describe('a step that reaches one side', () => {
  test('drops a delivery older than what the record has already taken in', () => {
    const zaps = new Zaps({});
    zaps.edit('left', { name: 'Augusta' });
    const early = zaps.world.records.left;
    zaps.edit('left', { name: 'Augusta Ada' });
    zaps.settle();

    const plan = zaps.world.deliver('left', early, 99 * HOUR);

    expect([plan.outcome, plan.excludedBecause]).toEqual([
      'excluded',
      'older than what the record has already taken in',
    ]);
  });

  test('notes a conflict that its own side wins, so that the other step sees one edit and no conflict', () => {
    const zaps = new Zaps({ policy: 'right' });
    zaps.edit('left', { tier: 'Bronze' });
    zaps.edit('right', { tier: 'Silver' });
    const { left } = zaps.world.records;
    zaps.world.deliver('left', left, 98 * HOUR);

    const plan = zaps.world.deliver('right', zaps.world.records.right, 99 * HOUR);

    expect(plan.operations.flatMap(({ changes }) => changes)).toContainEqual(
      expect.objectContaining({ name: 'tier', to: 'Silver', reason: 'changed' }),
    );
  });

  test('leaves a conflict that nobody has won for a person, and carries the other fields', () => {
    const zaps = new Zaps({ policy: 'review' });
    zaps.edit('left', { tier: 'Bronze', name: 'Augusta' });
    zaps.edit('right', { tier: 'Silver' });

    const plan = zaps.world.deliver('left', zaps.world.records.left, 99 * HOUR);

    expect([plan.outcome, plan.issues.map(({ code, fields }) => [code, fields])]).toEqual([
      'conflict',
      [['BOTH_CHANGED', ['tier']]],
    ]);
    expect([held(zaps, 'name'), held(zaps, 'tier')]).toEqual([
      ['Augusta', 'Augusta'],
      ['Bronze', 'Silver'],
    ]);
  });

  test('stamps alone what both sides already agree on', () => {
    const zaps = new Zaps({});
    zaps.edit('left', { tier: 'Silver' });
    zaps.edit('right', { tier: 'Silver' });

    const plan = zaps.world.deliver('left', zaps.world.records.left, 99 * HOUR);

    expect(plan.operations.map(({ changes }) => changes.map(({ name }) => name))).toEqual([
      ['stamp', 'partner'],
    ]);
  });

  test('where nothing flows back, notes even a delivery that changes nothing, so that a late one is told', () => {
    const zaps = new Zaps({ direction: 'to-right' });
    zaps.edit('left', { tier: 'Silver' });
    const passing = zaps.world.records.left;
    zaps.edit('left', { tier: 'Gold' });
    zaps.world.deliver('left', zaps.world.records.left, 98 * HOUR);

    zaps.world.deliver('left', passing, 99 * HOUR);

    expect(held(zaps, 'tier')).toEqual(['Gold', 'Gold']);
  });
});

describe('steps that reach one side each', () => {
  test('a value that was overtaken and let through is put right by the step of the other direction', () => {
    const zaps = new Zaps({});
    zaps.edit('left', { tier: 'Silver' });
    zaps.poll('left');
    zaps.edit('left', { tier: 'Gold' });
    zaps.poll('left');
    zaps.deliver('left', 1);
    zaps.deliver('left', 0);
    expect(held(zaps, 'tier')).toEqual(['Gold', 'Silver']);

    zaps.settle();

    expect(held(zaps, 'tier')).toEqual(['Gold', 'Gold']);
  });

  const policy = fc.constantFrom<Policy>('left', 'right', 'newest', 'non-empty');
  test('any history of edits and of late, repeated and reordered deliveries ends with both sides equal', () => {
    fc.assert(
      fc.property(policy, historyOf(side), (wins, steps) => {
        const zaps = play({ policy: wins }, steps);

        for (const field of ['name', 'tier']) expect(new Set(held(zaps, field)).size).toBe(1);
      }),
      { numRuns: 2000 },
    );
  });

  test('an opt-out on either side is one on both in the end', () => {
    fc.assert(
      fc.property(policy, historyOf(side), side, (wins, steps, first) => {
        const zaps = play({ policy: wins }, [{ kind: 'opt-out', side: first }, ...steps]);

        expect([zaps.world.value('left', 'optedOut'), zaps.world.value('right', 'status')]).toEqual([
          true,
          'unsubscribed',
        ]);
      }),
      { numRuns: 500 },
    );
  });

  test('a field that one side alone edits ends as it was edited last, flips back to an earlier value too', () => {
    fc.assert(
      fc.property(policy, side, historyOf(fc.constant<Side>('left')), (wins, by, steps) => {
        const mirrored = steps.map((one) => (one.kind === 'edit' ? { ...one, side: by } : one));
        const zaps = play({ policy: wins }, mirrored);

        for (const field of ['name', 'tier']) {
          const last = mirrored.findLast((one) => one.kind === 'edit' && one.field === field);
          const expected = last?.kind === 'edit' ? last.value : { name: 'Ada', tier: 'Gold' }[field];
          expect(held(zaps, field)).toEqual([expected, expected]);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

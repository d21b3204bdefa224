import { describe, expect, test } from '@jest/globals';
import type { CompiledRule, Policy } from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import type { FieldDecision } from '@stackbridge/shared-mappers/merge/decision.ts';
import { canonicalSet, elementsOf } from '@stackbridge/shared-mappers/merge/sets.ts';
import { mergeField } from '@stackbridge/shared-mappers/merge/three-way.ts';
import fc from 'fast-check';
import { entryOf, ruleOf } from '../../support/rules.ts';

const NOON = Date.UTC(2026, 10, 2, 12);

interface Pair {
  readonly base?: string | undefined;
  readonly left: string | undefined;
  readonly right: string | undefined;
  readonly leftAt?: number;
  readonly rightAt?: number;
}

function merge(
  rule: CompiledRule,
  { base, left, right, leftAt = NOON, rightAt = NOON }: Pair,
): FieldDecision {
  return mergeField(
    rule,
    {
      base: base === undefined ? undefined : entryOf(rule, base),
      left,
      right,
      leftModifiedAt: leftAt,
      rightModifiedAt: rightAt,
    },
    entryOf,
  );
}

describe('the table of the three-way merge', () => {
  const rule = ruleOf();
  const later = NOON + 600_000;
  const rows: [string, CompiledRule, Pair, FieldDecision][] = [
    ['both at the base: nothing', rule, { base: 'a', left: 'a', right: 'a' }, { kind: 'same' }],
    [
      'changed on the left: written to the right',
      rule,
      { base: 'a', left: 'b', right: 'a' },
      { kind: 'write', value: 'b', to: ['right'], reason: 'changed' },
    ],
    [
      'changed on the right: written to the left',
      rule,
      { base: 'a', left: 'a', right: 'b' },
      { kind: 'write', value: 'b', to: ['left'], reason: 'changed' },
    ],
    [
      'changed where the other side was not read: it is at its base',
      rule,
      { base: 'a', left: 'b', right: undefined },
      { kind: 'write', value: 'b', to: ['right'], reason: 'changed' },
    ],
    [
      'changed alike: a new base, no write',
      rule,
      { base: 'a', left: 'b', right: 'b' },
      { kind: 'agreed', value: 'b' },
    ],
    [
      'changed differently: the newer wins',
      rule,
      { base: 'a', left: 'b', right: 'c', leftAt: later },
      { kind: 'write', value: 'b', to: ['right'], reason: 'policy:newest' },
    ],
    [
      'changed differently within the tolerance of two clocks: no winner',
      rule,
      { base: 'a', left: 'b', right: 'c', leftAt: NOON + 120_000 },
      { kind: 'conflict', code: 'CLOCKS_TOO_CLOSE' },
    ],
    [
      'changed differently under review: nobody wins',
      ruleOf({ policy: 'review' }),
      { base: 'a', left: 'b', right: 'c', leftAt: later },
      { kind: 'conflict', code: 'BOTH_CHANGED' },
    ],
    [
      'changed differently: the system of record wins against a newer value',
      ruleOf({ policy: 'left' }),
      { base: 'a', left: 'b', right: 'c', rightAt: later },
      { kind: 'write', value: 'b', to: ['right'], reason: 'policy:left' },
    ],
    [
      'no base and equal: a new base, no write',
      rule,
      { left: 'a', right: 'a' },
      { kind: 'agreed', value: 'a' },
    ],
    [
      'no base: a value beats an empty one',
      ruleOf({ policy: 'left' }),
      { left: '', right: 'c' },
      { kind: 'write', value: 'c', to: ['left'], reason: 'first-contact' },
    ],
    [
      'emptied with a base: a change like any other',
      rule,
      { base: 'a', left: '', right: 'a' },
      { kind: 'write', value: '', to: ['right'], reason: 'changed' },
    ],
    [
      'emptied under keepNonEmpty: not carried over',
      ruleOf({ keepNonEmpty: true }),
      { base: 'a', left: '', right: 'a' },
      { kind: 'leave' },
    ],
    [
      'the target of a one-way rule edited: put back',
      ruleOf({ direction: 'to-right' }),
      { base: 'a', left: 'a', right: 'b' },
      { kind: 'write', value: 'a', to: ['right'], reason: 'enforced' },
    ],
    [
      'the target of a one-way rule edited, drift left alone',
      ruleOf({ direction: 'to-right', drift: 'leave' }),
      { base: 'a', left: 'a', right: 'b' },
      { kind: 'leave' },
    ],
    [
      'the target of a one-way rule edited, the source not read: it is needed',
      ruleOf({ direction: 'to-right' }),
      { base: 'a', left: undefined, right: 'b' },
      { kind: 'unread', side: 'left' },
    ],
    [
      'the target of a one-way rule full, its source empty, no base: never emptied',
      ruleOf({ direction: 'to-right' }),
      { left: '', right: 'b' },
      { kind: 'leave' },
    ],
  ];
  test.each(rows)('%s', (_, given, pair, expected) => {
    expect(merge(given, pair)).toEqual(expected);
  });
});

describe('sets are merged element by element', () => {
  const topics = ruleOf({ type: 'set', policy: 'union', key: 'topi' });

  test('what one side added and the other removed are both carried over', () => {
    const base = canonicalSet(['News', 'Offers']);
    const left = canonicalSet(['News', 'Offers', 'Events']);
    const right = canonicalSet(['News']);

    const decision = merge(topics, { base, left, right });

    expect(decision).toEqual({
      kind: 'write',
      value: canonicalSet(['Events', 'News']),
      to: ['left', 'right'],
      reason: 'policy:union',
    });
  });

  test('no element that a side added since the base is lost, none that a side removed comes back', () => {
    const set = fc.uniqueArray(fc.constantFrom('News', 'Offers', 'Events', 'Product')).map(canonicalSet);
    fc.assert(
      fc.property(set, set, set, (base, left, right) => {
        const merged = new Set(elementsOf(resultOf(merge(topics, { base, left, right }), left)));
        for (const element of ['News', 'Offers', 'Events', 'Product']) {
          const [inBase, inLeft, inRight] = [base, left, right].map((s) => elementsOf(s).includes(element));
          const expected = inBase ? inLeft && inRight : inLeft || inRight;
          expect(merged.has(element)).toBe(expected);
        }
      }),
    );
  });
});

const value = fc.constantFrom('', 'a', 'b', 'c');
const policy = fc.constantFrom<Policy>('left', 'right', 'newest', 'non-empty', 'review');
const direction = fc.constantFrom<CompiledRule['direction']>('both', 'to-right', 'to-left');
const anyRule = fc
  .record({ policy, direction, drift: fc.constantFrom('enforce', 'leave'), keepNonEmpty: fc.boolean() })
  .map((changes) => ruleOf(changes));
const anyPair = fc.record({
  base: fc.option(value, { nil: undefined }),
  left: value,
  right: value,
  leftAt: fc.constantFrom(NOON, NOON + 60_000, NOON + 600_000),
  rightAt: fc.constantFrom(NOON, NOON + 60_000, NOON + 600_000),
});

describe('laws', () => {
  test('put-get: once a decision is carried out, merging again writes nothing', () => {
    fc.assert(
      fc.property(anyRule, anyPair, (rule, pair) => {
        const after = carryOut(merge(rule, pair), pair);
        expect(merge(rule, after).kind).not.toBe('write');
      }),
    );
  });

  test('a rule in both directions with a symmetric policy is symmetric in its sides', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Policy>('newest', 'non-empty', 'review'),
        fc.boolean(),
        anyPair,
        (p, keep, pair) => {
          const rule = ruleOf({ policy: p, keepNonEmpty: keep });
          const turned = {
            ...pair,
            left: pair.right,
            right: pair.left,
            leftAt: pair.rightAt,
            rightAt: pair.leftAt,
          };
          expect(mirror(merge(rule, turned))).toEqual(merge(rule, pair));
        },
      ),
    );
  });

  test('no edit is lost: what only one side changed stands on both sides afterwards', () => {
    fc.assert(
      fc.property(policy, value, value, fc.boolean(), (p, base, edit, onLeft) => {
        const pair = { base, left: onLeft ? edit : base, right: onLeft ? base : edit };
        const after = carryOut(merge(ruleOf({ policy: p }), pair), pair);
        expect([after.left, after.right]).toEqual([edit, edit]);
      }),
    );
  });

  test('an empty value overwrites nothing where there is no base', () => {
    fc.assert(
      fc.property(anyRule, anyPair, (rule, pair) => {
        const first = { ...pair, base: undefined };
        const after = carryOut(merge(rule, first), first);
        if (first.left !== '') expect(after.left).not.toBe('');
        if (first.right !== '') expect(after.right).not.toBe('');
      }),
    );
  });
});

function resultOf(decision: FieldDecision, otherwise: string): string {
  return decision.kind === 'write' || decision.kind === 'agreed' ? decision.value : otherwise;
}

/** What both sides and the base hold once a decision is carried out. */
function carryOut(decision: FieldDecision, pair: Pair): Pair {
  if (decision.kind === 'agreed') return { ...pair, base: decision.value };
  if (decision.kind !== 'write') return pair;
  return {
    ...pair,
    base: decision.value,
    left: decision.to.includes('left') ? decision.value : pair.left,
    right: decision.to.includes('right') ? decision.value : pair.right,
  };
}

function mirror(decision: FieldDecision): FieldDecision {
  if (decision.kind !== 'write') return decision;
  return { ...decision, to: decision.to.map((side) => (side === 'left' ? 'right' : 'left')) };
}

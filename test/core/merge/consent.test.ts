import { describe, expect, test } from '@jest/globals';
import type { ConsentState } from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import {
  type ConsentBase,
  type ConsentDecision,
  type ConsentInput,
  type ConsentOptions,
  mergeConsent,
} from '@stackbridge/shared-mappers/merge/consent.ts';
import fc from 'fast-check';

const cautious: ConsentOptions = { optIn: 'ignore', resubscribe: 'review' };
const OUT: ConsentBase = { left: 'out', right: 'out' };
const IN: ConsentBase = { left: 'in', right: 'in' };

function merge(input: Partial<ConsentInput>, options: ConsentOptions = cautious): ConsentDecision {
  return mergeConsent(
    { base: undefined, left: undefined, right: undefined, followers: [], ...input },
    options,
  );
}

describe('an opt-out wins', () => {
  test('opted out in the CRM: the member is unsubscribed', () => {
    const decision = merge({ base: IN, left: 'out', right: 'in' });
    expect(decision).toEqual({
      left: 'keep',
      right: 'opt-out',
      followers: 'out',
      conflict: false,
      after: { left: 'out', right: 'out' },
    });
  });

  test('unsubscribed in Mailchimp: the CRM says so, and everyone with the address', () => {
    const decision = merge({ base: IN, left: 'in', right: 'out', followers: ['in'] });
    expect(decision).toMatchObject({ left: 'out', right: 'keep', followers: 'out' });
  });

  test('one of several records with the address opted out: the member is unsubscribed', () => {
    const decision = merge({ base: IN, left: 'in', right: 'in', followers: ['out'] });
    expect(decision).toMatchObject({ left: 'out', right: 'opt-out', followers: 'out' });
  });

  test('a checkbox unticked in the CRM subscribes nobody: it is ticked again', () => {
    const decision = merge({ base: OUT, left: 'in', right: 'out' });
    expect(decision).toMatchObject({ left: 'out', right: 'keep' });
  });

  test('a checkbox unticked in the CRM asks the person again where the recipe says so', () => {
    const decision = merge({ base: OUT, left: 'in', right: 'out' }, { ...cautious, optIn: 'ask' });
    expect(decision).toMatchObject({
      left: 'keep',
      right: 'ask-again',
      after: { left: 'in', right: 'pending' },
    });
  });

  test('merged people: the strictest of what either said holds', () => {
    const decision = merge(
      { base: OUT, left: 'in', right: 'in', merged: true },
      { optIn: 'ask', resubscribe: 'honour' },
    );
    expect(decision).toMatchObject({ left: 'out', right: 'opt-out' });
  });
});

describe('the person subscribes again in Mailchimp while the CRM says out', () => {
  const again = { base: OUT, left: 'out', right: 'in', followers: ['out'] } as const;

  test('is honoured', () => {
    expect(merge(again, { ...cautious, resubscribe: 'honour' })).toMatchObject({
      left: 'in',
      right: 'keep',
      followers: 'in',
    });
  });

  test('is reviewed, and meanwhile nothing is written', () => {
    expect(merge(again)).toMatchObject({ left: 'keep', right: 'keep', followers: 'keep', conflict: true });
  });

  test('is turned down', () => {
    expect(merge(again, { ...cautious, resubscribe: 'keep-out' })).toMatchObject({
      left: 'keep',
      right: 'opt-out',
    });
  });
});

const state = fc.constantFrom<ConsentState>('in', 'out', 'pending', 'cleaned', 'none', 'unset');
const crmState = fc.constantFrom<ConsentState>('in', 'out', 'unset');
const anyOptions = fc.record<ConsentOptions>({
  optIn: fc.constantFrom('ignore', 'ask'),
  resubscribe: fc.constantFrom('honour', 'review', 'keep-out'),
});
const anyInput = fc.record({
  base: fc.option(fc.record({ left: crmState, right: state }), { nil: undefined }),
  left: crmState,
  right: state,
  followers: fc.array(crmState, { maxLength: 3 }),
  merged: fc.boolean(),
});

describe('laws', () => {
  test('nothing subscribes a person: the member is only ever left alone, unsubscribed or asked', () => {
    fc.assert(
      fc.property(anyInput, anyOptions, (input, options) => {
        expect(['keep', 'opt-out', 'ask-again']).toContain(mergeConsent(input, options).right);
      }),
    );
  });

  test('whoever says out without having said so before is out on both sides at once', () => {
    fc.assert(
      fc.property(anyInput, anyOptions, (input, options) => {
        const leftNewlyOut = input.left === 'out' && input.base?.left !== 'out';
        const rightNewlyOut = input.right === 'out' && input.base?.right !== 'out';
        if (!leftNewlyOut && !rightNewlyOut) return;
        const decision = mergeConsent(input, options);
        const left = decision.left === 'keep' ? input.left : decision.left;
        const right = decision.right === 'opt-out' ? 'out' : input.right;
        expect(left).toBe('out');
        expect(['in', 'pending']).not.toContain(right);
      }),
    );
  });

  test('put-get: once carried out, the same state asks for nothing more', () => {
    fc.assert(
      fc.property(anyInput, anyOptions, (input, options) => {
        const first = mergeConsent(input, options);
        if (first.conflict) return;
        const after = carryOut(input, first);
        expect(mergeConsent(after, options)).toMatchObject({ left: 'keep', right: 'keep' });
      }),
    );
  });
});

function carryOut(input: ConsentInput, decision: ConsentDecision): ConsentInput {
  const right =
    decision.right === 'opt-out'
      ? 'out'
      : decision.right === 'ask-again'
        ? 'pending'
        : (input.right ?? 'unset');
  return {
    base: decision.after,
    left: decision.left === 'keep' ? input.left : decision.left,
    right,
    followers:
      decision.followers === 'keep'
        ? input.followers
        : input.followers.map(() => (decision.followers === 'in' ? 'in' : 'out')),
  };
}

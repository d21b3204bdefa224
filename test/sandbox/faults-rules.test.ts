import { describe, expect, test } from '@jest/globals';
import { type FaultRule, Faults } from '@stackbridge/sandbox/faults.ts';

const call = (path = '/salesforce/services/data/v60.0/query?q=x', operation = 'query') => ({
  system: 'salesforce',
  method: 'GET',
  path,
  operation,
});
const CUT = { kind: 'drop-before' } as const;

/** Which of the next ten matching calls a rule strikes, from 1. */
function struck(rule: Partial<FaultRule>): number[] {
  const faults = new Faults();
  faults.add({ system: 'salesforce', effect: CUT, ...rule });
  return Array.from({ length: 10 }, (_, i) => i + 1).filter(() => faults.strike(call()) !== undefined);
}

describe('a fault rule', () => {
  test.each([
    ['once by default', {}, [1]],
    ['on the n-th call', { nth: 3 }, [3]],
    ['several times from the n-th on', { nth: 3, times: 2 }, [3, 4]],
    ['for ever', { nth: 8, times: 0 }, [8, 9, 10]],
    ['on each k-th call', { every: 3, times: 0 }, [3, 6, 9]],
    ['on each k-th from the n-th on', { every: 4, nth: 2, times: 0 }, [2, 6, 10]],
  ])('strikes %s', (_when, rule, expected) => {
    expect(struck(rule)).toEqual(expected);
  });

  test.each([
    ['another system', { system: 'mailchimp' }],
    ['another method', { method: 'POST' }],
    ['another operation', { operation: 'describe' }],
    ['a path without the part', { path: '/composite' }],
    ['a path that the pattern does not match', { path: '/quer[a-x]\\?/' }],
  ])('leaves %s alone', (_what, rule) => {
    expect(struck(rule)).toEqual([]);
  });

  test('finds its calls by method, part of the path or pattern', () => {
    expect(struck({ method: 'get', path: 'v60.0/query', operation: 'query' })).toEqual([1]);
    expect(struck({ path: '/query\\?q=X$/i' })).toEqual([1]);
  });

  test('counts calls that an earlier rule has struck', () => {
    const faults = new Faults();
    faults.add({ system: 'salesforce', effect: CUT, id: 'first' });
    faults.add({ system: 'salesforce', effect: { kind: 'empty' }, id: 'second', nth: 2 });

    const effects = [faults.strike(call()), faults.strike(call()), faults.strike(call())];

    expect(effects).toEqual([CUT, { kind: 'empty' }, undefined]);
    expect(faults.list().map(({ id, seen, fired }) => [id, seen, fired])).toEqual([
      ['first', 3, 1],
      ['second', 3, 1],
    ]);
    faults.clear('first');
    expect(faults.list().map(({ id }) => id)).toEqual(['second']);
  });
});

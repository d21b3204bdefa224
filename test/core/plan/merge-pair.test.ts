import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { FieldMap } from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import { type Agreed, mergePair } from '@stackbridge/shared-mappers/plan/merge-pair.ts';
import { compileMerge } from '@stackbridge/shared-mappers/recipes/compile-merge.ts';
import {
  type MergeRecipe,
  type MergeRecipeInput,
  mergeRecords,
} from '@stackbridge/shared-mappers/recipes/merge-records.ts';
import { readMergeRecipe } from '@stackbridge/shared-mappers/recipes/read-merge-recipe.ts';
import fc from 'fast-check';

function rules(...fields: MergeRecipeInput['fields']): FieldMap {
  return compiled(mergeRecords.parse({ recipe: 'merge-records/v1', fields }));
}

function compiled(recipe: MergeRecipe): FieldMap {
  const merge = compileMerge(recipe);
  if ('problems' in merge) throw new RangeError(merge.problems.map(({ message }) => message).join('; '));
  return merge.map;
}

const NEVER = { left: 0, right: 0 };
const CUSTOMER = rules(
  { left: 'name', right: 'full_name' },
  { left: 'tags', right: 'labels', type: 'set' },
  { left: 'address.city', right: 'town', policy: 'left' },
);
const AGREED = { 'name ↔ full_name': 'Ada', 'tags ↔ labels': ['a', 'b'], 'address.city ↔ town': 'London' };

describe('merging two records without a system behind them', () => {
  test('carries each change to the other side and keeps what no rule names', () => {
    const merged = mergePair(CUSTOMER, {
      left: { id: 1, name: 'Ada', tags: ['a', 'b', 'c'], address: { city: 'Paris', zip: '1' } },
      right: { key: 'x', full_name: ' Ada L. ', labels: 'b;a', town: 'London' },
      agreed: AGREED,
      modifiedAt: NEVER,
    });

    expect(merged).toEqual({
      outcome: 'merged',
      records: {
        left: { id: 1, name: 'Ada L.', tags: ['a', 'b', 'c'], address: { city: 'Paris', zip: '1' } },
        right: { key: 'x', full_name: ' Ada L. ', labels: ['a', 'b', 'c'], town: 'Paris' },
      },
      writes: { left: { name: 'Ada L.' }, right: { labels: ['a', 'b', 'c'], town: 'Paris' } },
      changes: [
        { side: 'left', field: 'name ↔ full_name', from: 'Ada', to: 'Ada L.', reason: 'changed' },
        { side: 'right', field: 'tags ↔ labels', from: 'a, b', to: 'a, b, c', reason: 'changed' },
        { side: 'right', field: 'address.city ↔ town', from: 'London', to: 'Paris', reason: 'changed' },
      ],
      issues: [],
      agreed: {
        'name ↔ full_name': 'Ada L.',
        'tags ↔ labels': ['a', 'b', 'c'],
        'address.city ↔ town': 'Paris',
      },
    });
  });

  test('leaves two different new values to a person, merges the rest, and goes on from what was agreed', () => {
    const merged = mergePair(CUSTOMER, {
      left: { name: 'Ada King', address: { city: 'Paris' }, tags: ['a', 'b'] },
      right: { full_name: 'Ada Byron', town: 'Rome', labels: ['b'] },
      agreed: AGREED,
      modifiedAt: NEVER,
    });

    expect(merged).toEqual(
      expect.objectContaining({
        outcome: 'conflict',
        writes: { left: { tags: ['b'] }, right: { town: 'Paris' } },
        issues: [
          {
            kind: 'conflict',
            field: 'name ↔ full_name',
            values: { left: 'Ada King', right: 'Ada Byron' },
            code: 'BOTH_CHANGED',
            message: 'name ↔ full_name: both sides hold different new values',
            next: expect.any(String),
          },
        ],
        agreed: { 'name ↔ full_name': 'Ada', 'tags ↔ labels': ['b'], 'address.city ↔ town': 'Paris' },
      }),
    );
  });

  test('takes a value over an empty one where nothing was agreed on yet', () => {
    const merged = mergePair(CUSTOMER, {
      left: { name: '', tags: [] },
      right: { full_name: 'Ada', labels: ['a'] },
      agreed: {},
      modifiedAt: NEVER,
    });

    expect(merged.writes).toEqual({ left: { name: 'Ada', tags: ['a'] }, right: {} });
  });

  test('lets the newest win by the times it is given', () => {
    const newest = rules({ left: 'name', right: 'name', policy: 'newest' });
    const merged = mergePair(newest, {
      left: { name: 'old' },
      right: { name: 'new' },
      agreed: { 'name ↔ name': 'before' },
      modifiedAt: { left: 0, right: 600_000 },
    });

    expect(merged.writes).toEqual({ left: { name: 'new' }, right: {} });
  });

  test('says which side cannot hold a value, and merges the rest', () => {
    const merge = rules({ left: 'size', right: 'size', type: 'number' }, { left: 'name', right: 'name' });
    const merged = mergePair(merge, {
      left: { size: 'large', name: 'A' },
      right: { size: 3, name: '' },
      agreed: { 'size ↔ size': '3' },
      modifiedAt: NEVER,
    });

    expect(merged).toEqual(
      expect.objectContaining({
        outcome: 'failed',
        writes: { left: {}, right: { name: 'A' } },
        issues: [expect.objectContaining({ kind: 'failure', code: 'VALUE_INVALID', field: 'size ↔ size' })],
      }),
    );
  });

  test('what it writes computes from several fields, one way', () => {
    const merge = rules({ left: { concat: ['first', 'last'] }, right: 'full_name', direction: 'to-right' });
    const merged = mergePair(merge, {
      left: { first: 'Ada', last: 'Lovelace' },
      right: {},
      agreed: {},
      modifiedAt: NEVER,
    });

    expect(merged.writes).toEqual({ left: {}, right: { full_name: 'Ada Lovelace' } });
  });

  test('refuses a computed value that something is to be written back to', () => {
    const both = mergeRecords.parse({
      recipe: 'merge-records/v1',
      fields: [{ left: { concat: ['first', 'last'] }, right: 'full_name' }],
    });

    expect(compileMerge(both)).toEqual({
      problems: [expect.objectContaining({ path: ['fields', 0, 'left'], suggestion: 'direction: to-right' })],
    });
  });

  test('the example of docs/n8n.md merges as it says', () => {
    const docs = readFileSync(new URL('../../../docs/n8n.md', import.meta.url), 'utf8');
    const [, text = ''] = /```yaml\n(recipe: merge-records[^`]+)```/.exec(docs) ?? [];
    const { value, problems } = readMergeRecipe(text, 'docs/n8n.md');
    if (value === undefined) throw new RangeError(problems.map(({ message }) => message).join('; '));

    const merged = mergePair(compiled(value), {
      left: { name: 'A', address: { city: 'Paris' }, tags: ['x'], first: 'Ada', last: 'King' },
      right: { full_name: 'B', town: 'Rome', labels: ['y'] },
      agreed: {},
      modifiedAt: NEVER,
    });

    expect(merged.outcome).toBe('conflict');
    expect(merged.writes).toEqual({
      left: { tags: ['x', 'y'] },
      right: { town: 'Paris', labels: ['x', 'y'], display_name: 'Ada King' },
    });
  });

  test('after its writes there is nothing left to merge, whatever both sides held', () => {
    const value = fc.constantFrom('', 'a', 'b', ' a ', 'A;b', 'b;A');
    const policy = fc.constantFrom('left', 'right', 'union');
    const base = fc.option(value, { nil: undefined });
    fc.assert(
      fc.property(value, value, base, policy, fc.boolean(), (left, right, base, policy, keepNonEmpty) => {
        const type = policy === 'union' ? 'set' : 'text';
        const merge = rules({ left: 'l', right: 'r', type, policy, keepNonEmpty });
        const agreed: Agreed = base === undefined ? {} : { 'l ↔ r': base };
        const once = mergePair(merge, { left: { l: left }, right: { r: right }, agreed, modifiedAt: NEVER });
        const again = mergePair(merge, { ...once.records, agreed: once.agreed, modifiedAt: NEVER });

        expect(again.outcome).toBe('unchanged');
        expect(again.agreed).toEqual(once.agreed);
      }),
    );
  });
});

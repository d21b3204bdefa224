import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type N8nProcess, startN8n } from './support/n8n-process.ts';

let host: N8nProcess;

beforeAll(async () => {
  host = await startN8n();
});
afterAll(() => host.close());

const FILLED_IN: INodeParameters = {
  recipeFrom: 'fields',
  rules: {
    rule: [
      { left: 'name', right: 'full_name' },
      { left: 'tags', right: 'labels', type: 'set', policy: 'union' },
    ],
  },
};
const RECIPE = `
recipe: merge-records/v1
fields:
  - { left: name, right: full_name }
  - { left: tags, right: labels, type: set }
`;

function merge(
  items: readonly IDataObject[],
  parameters: INodeParameters = FILLED_IN,
  more: { readonly onError?: 'continueRegularOutput' } = {},
) {
  return host.with({}).run({ type: 'stackbridgeMergeRecords', parameters, ...more }, items);
}

const AGREED = { 'name ↔ full_name': 'Ada', 'tags ↔ labels': ['a'] };
const CHANGED = {
  left: { name: 'Ada', tags: ['a', 'b'] },
  right: { full_name: 'Ada L.', labels: ['a'] },
  agreed: AGREED,
};

test.each([
  ['filled in', FILLED_IN],
  ['written', { recipeFrom: 'text', recipe: RECIPE }],
])(
  'merges the records of each item by rules that are %s, and pairs what comes out',
  async (_, parameters) => {
    const conflict = { ...CHANGED, left: { name: 'Ada K.', tags: ['a'] } };

    const { outputs, error } = await merge([CHANGED, conflict, { left: 'none', right: {} }], parameters);

    expect(error).toBeUndefined();
    expect(outputs).toEqual([
      [
        {
          json: {
            outcome: 'merged',
            left: { name: 'Ada L.', tags: ['a', 'b'] },
            right: { full_name: 'Ada L.', labels: ['a', 'b'] },
            toLeft: { name: 'Ada L.' },
            toRight: { labels: ['a', 'b'] },
            changes: [
              { side: 'left', field: 'name ↔ full_name', from: 'Ada', to: 'Ada L.', reason: 'changed' },
              { side: 'right', field: 'tags ↔ labels', from: 'a', to: 'a, b', reason: 'changed' },
            ],
            issues: [],
            agreed: { 'name ↔ full_name': 'Ada L.', 'tags ↔ labels': ['a', 'b'] },
          },
          pairedItem: { item: 0 },
        },
      ],
      [
        {
          json: expect.objectContaining({
            outcome: 'conflict',
            toLeft: {},
            issues: [expect.objectContaining({ field: 'name ↔ full_name', left: 'Ada K.', right: 'Ada L.' })],
          }),
          pairedItem: { item: 1 },
        },
      ],
      [
        {
          json: {
            outcome: 'failed',
            error: expect.stringContaining('must be a record: an object of fields'),
            next: 'Correct the fields named.',
          },
          pairedItem: { item: 2 },
        },
      ],
    ]);
  },
);

test('merges again to nothing by what it gave out as agreed', async () => {
  const first = await merge([CHANGED]);
  const { left = {}, right = {}, agreed = {} } = first.outputs[0]?.[0]?.json ?? {};

  const { outputs } = await merge([{ left, right, agreed }]);

  expect(outputs[0]).toEqual([
    {
      json: expect.objectContaining({ outcome: 'unchanged', toLeft: {}, toRight: {} }),
      pairedItem: { item: 0 },
    },
  ]);
});

test('takes records as JSON text, too, and the newest by the times it is told', async () => {
  const rules = { rule: [{ left: 'name', right: 'name', policy: 'newest' }] };
  const options = { leftModifiedAt: '2026-11-02T08:00:00Z', rightModifiedAt: '2026-11-02T09:00:00Z' };
  const parameters = { rules, options, left: '{"name":"old"}', right: '{"name":"new"}', agreed: '' };

  const { outputs } = await merge([{}], parameters);

  expect(outputs[0]?.[0]?.json).toEqual(expect.objectContaining({ toLeft: { name: 'new' }, toRight: {} }));
});

test('names every fault of a recipe with its place', async () => {
  const recipe = `${RECIPE}  - { left: name, right: other, typ: text, policy: union }\n`;

  const { error } = await merge([CHANGED], { recipeFrom: 'text', recipe });

  expect(error?.message).toMatch(/^The recipe cannot be used\. line 6: .*typ/);
});

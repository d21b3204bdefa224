import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { recipeJsonSchemas } from '@stackbridge/shared-mappers/recipes/json-schema.ts';
import {
  billingKindOf,
  readAccountMap,
  readBillingRecipe,
} from '@stackbridge/shared-mappers/recipes/read-billing-recipe.ts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

function fileOf(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
}

const READY = [
  ['milestone-invoice/v1', 'milestones.yaml', 'milestone-invoice-v1.json'],
  ['expenses/v1', 'expenses.yaml', 'expenses-v1.json'],
  ['zoho-invoice/v1', 'zoho-invoices.yaml', 'zoho-invoice-v1.json'],
  ['time-entries/v1', 'time-entries.yaml', 'time-entries-v1.json'],
] as const;

describe.each(READY)('the ready recipe for %s', (kind, file, schema) => {
  const text = fileOf(`recipes/${file}`);

  test('has no fault and is told by its first key', () => {
    const { problems, value } = readBillingRecipe(kind, text, file);

    expect(problems).toEqual([]);
    expect([value?.accounts, billingKindOf(text)]).toEqual(['accounts.yaml', kind]);
  });

  test('agrees with the published JSON Schema', () => {
    const validate = addFormats
      .default(new Ajv2020({ allowUnionTypes: true }))
      .compile(recipeJsonSchemas()[schema] ?? false);

    expect(validate(parse(text))).toBe(true);
  });
});

test('the ready account map has no fault', () => {
  expect(readAccountMap(fileOf('recipes/accounts.yaml'), 'accounts.yaml').problems).toEqual([]);
});

test('the kind of a recipe is told by its first key', () => {
  expect(billingKindOf('recipe: milestone-invoice/v1')).toBe('milestone-invoice/v1');
  expect(billingKindOf('recipe: contact-sync/v1')).toBeUndefined();
  expect(billingKindOf(': nonsense')).toBeUndefined();
});

test('every fault of a billing recipe is told at once, with line and suggestion', () => {
  const text = [
    'recipe: milestone-invoice/v1',
    'name: Mile Stones',
    'accounts: accounts.yaml',
    'cutOver: July',
    'groupBy: tasks',
    'statsu: draft',
    'due: { days: -1 }',
  ].join('\n');

  const { value, problems } = readBillingRecipe('milestone-invoice/v1', text, 'wrong.yaml');

  expect(value).toBeUndefined();
  expect(problems.map(({ line, path, suggestion }) => [line, path, suggestion])).toEqual([
    [2, 'name', 'Did you mean mile-stones?'],
    [4, 'cutOver', expect.stringContaining('2026-07-01')],
    [5, 'groupBy', 'Did you mean task?'],
    [6, 'statsu', 'Did you mean status?'],
    [7, 'due.days', expect.any(String)],
  ]);
});

test('amounts of an account map are read as decimal text, codes as text', () => {
  const { value } = readAccountMap(
    'map: account-map/v1\ntime: { account: 200 }\nrates: [{ rate: 187.3512 }, { rate: "150" }]',
    'map.yaml',
  );

  expect(value).toEqual({ time: { account: '200' }, rates: [{ rate: '187.3512' }, { rate: '150' }] });
});

test('a recipe for time needs somewhere to go, and a contact is only created for a project', () => {
  const faultsOf = (destinations: string) =>
    readBillingRecipe(
      'time-entries/v1',
      [
        'recipe: time-entries/v1',
        'name: time',
        'accounts: accounts.yaml',
        'cutOver: 2026-07-01',
        `destinations: ${destinations}`,
      ].join('\n'),
      'time.yaml',
    ).problems.map(({ line, path, message }) => [line, path, message]);

  expect(faultsOf('{}')).toEqual([
    [5, 'destinations', expect.stringContaining('xero-projects, payroll, or both')],
  ]);
  expect(faultsOf('{ xero-projects: { create: [contacts] } }')).toEqual([
    [5, 'destinations.xero-projects.create', expect.stringContaining('add projects')],
  ]);
  expect(faultsOf('{ payroll: {}, payrol: {} }')).toEqual([[5, 'destinations.payrol', 'Unknown key payrol']]);
});

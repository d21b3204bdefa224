import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { FieldSchema, ObjectSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';
import { checkRecipe } from '@stackbridge/shared-mappers/recipes/check-recipe.ts';
import { readRecipe } from '@stackbridge/shared-mappers/recipes/read-recipe.ts';
import { parse } from 'yaml';
import { AUDIENCE, CONTACT, crm, merge } from '../mapping/schemas.ts';

const PAGES = ['recipes.md', 'without-a-store.md'];
const text = PAGES.map((page) =>
  readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8'),
).join('\n');
const examples = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml = '']) => yaml);

const AROUND = `recipe: contact-sync/v1
name: example
salesforce: { object: Contact }
mailchimp: { audience: Newsletter }
fields:
`;

/** The marks of hosts without a store have fields of their own. */
function withFields(schema: ObjectSchema, field: FieldSchema): ObjectSchema {
  return { ...schema, fields: new Map([...schema.fields, [field.name, field]]) };
}

/** Whole recipes as they are; lists of rules one by one, since examples may name a field twice. */
function recipesIn(yaml: string): string[] {
  if (yaml.startsWith('recipe:')) return [yaml];
  const rules: unknown = parse(yaml);
  return Array.isArray(rules) ? rules.map((rule) => `${AROUND}  - ${JSON.stringify(rule)}\n`) : [];
}

describe('the recipes shown in the docs', () => {
  test.each(examples.flatMap(recipesIn))('%s', (recipe) => {
    const problems = checkRecipe(readRecipe(recipe, 'docs'), {
      salesforce: withFields(CONTACT, crm('Stackbridge_Stamp__c', 'text', { maxLength: 255 })),
      mailchimp: withFields(AUDIENCE, merge('SFID', 'text')),
    });

    expect(problems).toEqual([]);
  });

  test('are there', () => {
    expect(examples.length).toBeGreaterThan(3);
  });
});

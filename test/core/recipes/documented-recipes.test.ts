import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { checkRecipe } from '@stackbridge/shared-mappers/recipes/check-recipe.ts';
import { readRecipe } from '@stackbridge/shared-mappers/recipes/read-recipe.ts';
import { parse } from 'yaml';
import { AUDIENCE, CONTACT } from '../mapping/schemas.ts';

const text = readFileSync(new URL('../../../docs/recipes.md', import.meta.url), 'utf8');
const examples = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml = '']) => yaml);

const AROUND = `recipe: contact-sync/v1
name: example
salesforce: { object: Contact }
mailchimp: { audience: Newsletter }
fields:
`;

/** Whole recipes as they are; lists of rules one by one, since examples may name a field twice. */
function recipesIn(yaml: string): string[] {
  if (yaml.startsWith('recipe:')) return [yaml];
  const rules: unknown = parse(yaml);
  return Array.isArray(rules) ? rules.map((rule) => `${AROUND}  - ${JSON.stringify(rule)}\n`) : [];
}

describe('the examples in docs/recipes.md', () => {
  test.each(examples.flatMap(recipesIn))('%s', (recipe) => {
    const problems = checkRecipe(readRecipe(recipe, 'docs/recipes.md'), {
      salesforce: CONTACT,
      mailchimp: AUDIENCE,
    });

    expect(problems).toEqual([]);
  });

  test('are there', () => {
    expect(examples.length).toBeGreaterThan(3);
  });
});

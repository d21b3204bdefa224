import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { compileRecipe } from '@stackbridge/shared-mappers/recipes/compile-recipe.ts';
import { defineRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { recipeJsonSchemas } from '@stackbridge/shared-mappers/recipes/json-schema.ts';
import { readRecipe } from '@stackbridge/shared-mappers/recipes/read-recipe.ts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { AUDIENCE, CONTACT, LEAD, merge } from '../mapping/schemas.ts';

const READY = [
  ['contacts.yaml', CONTACT],
  ['leads.yaml', LEAD],
] as const;

function fileOf(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
}

describe.each(READY)('the ready recipe %s', (file, salesforce) => {
  const text = fileOf(`recipes/${file}`);

  test('has no fault, and compiles against the fields it was made for', () => {
    const { recipe, problems } = readRecipe(text, file);
    const compiled = recipe && compileRecipe(recipe, { salesforce, mailchimp: AUDIENCE });

    expect(problems).toEqual([]);
    expect(compiled !== undefined && 'map' in compiled ? [] : compiled?.problems).toEqual([]);
  });

  test('agrees with the published JSON Schema', () => {
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(
      recipeJsonSchemas()['contact-sync-v1.json'] ?? false,
    );

    expect(validate(parse(text))).toBe(true);
  });
});

describe('the published JSON Schema', () => {
  test.each(Object.entries(recipeJsonSchemas()))(
    'docs/schema/%s is up to date (npm run schema)',
    (file, schema) => {
      expect(JSON.parse(fileOf(`docs/schema/${file}`))).toEqual(JSON.parse(JSON.stringify(schema)));
    },
  );
});

describe('a compiled recipe', () => {
  test('tells the planner how to decide', () => {
    const text = `
recipe: contact-sync/v1
name: contacts
salesforce: { object: Contact, externalId: Mailchimp_Contact_Id__c }
mailchimp: { audience: Newsletter }
owner: { field: Is_Partner__c, is: true }
create: { salesforce: false, mailchimp: true }
fields: [{ salesforce: FirstName, mailchimp: FNAME }]
consent: { salesforce: HasOptedOutOfEmail, optIn: ask }
deletes: { inMailchimp: opt-out }
`;
    const { recipe } = readRecipe(text, 'contacts.yaml');
    const compiled = recipe && compileRecipe(recipe, { salesforce: CONTACT, mailchimp: AUDIENCE });
    const options = compiled !== undefined && 'options' in compiled ? compiled.options : undefined;

    expect(options).toEqual({
      owner: { by: 'field', matches: expect.any(Function) },
      create: { left: false, right: true },
      newMembers: 'subscribed',
      consent: { optIn: 'ask', resubscribe: 'review' },
      deletes: { inLeft: 'archive', inRight: 'opt-out', archivedThenEdited: 'leave' },
      brakes: { deletes: { share: 0.05, atLeast: 20 }, overwrites: { share: 0.05, atLeast: 20 } },
      externalId: 'Mailchimp_Contact_Id__c',
    });
    const owner = options?.owner;
    const matches = owner?.by === 'field' ? owner.matches : () => false;
    expect([matches({ Is_Partner__c: true }), matches({ Is_Partner__c: false }), matches({})]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('has no more rules than a stamp remembers, where stamps are its base', () => {
    const rules = [...CONTACT.fields.values()]
      .filter(({ kind }) => kind === 'text')
      .slice(0, 7)
      .flatMap(({ name }) => [1, 2, 3].map((part) => ({ split: name, part })));
    const recipe = defineRecipe({
      recipe: 'contact-sync/v1',
      name: 'many',
      salesforce: { object: 'Contact' },
      mailchimp: { audience: 'Newsletter' },
      base: { salesforce: 'Stackbridge_Stamp__c', mailchimp: 'SBSTAMP' },
      fields: rules.map((salesforce, at) => ({ salesforce, mailchimp: `F${at}`, direction: 'to-mailchimp' })),
      consent: { salesforce: 'HasOptedOutOfEmail' },
    });
    const more = rules.map((_, at) => merge(`F${at}`, 'text'));
    const mailchimp = { ...AUDIENCE, fields: new Map(AUDIENCE.fields) };
    for (const field of more) mailchimp.fields.set(field.name, field);

    expect(compileRecipe(recipe, { salesforce: CONTACT, mailchimp })).toEqual({
      problems: [
        {
          code: 'RECIPE_INVALID',
          path: ['base'],
          message: 'A stamp remembers 22 fields, this recipe has 23 with the address and consent',
          suggestion: 'base: store, or fewer rules',
        },
      ],
    });
  });
});

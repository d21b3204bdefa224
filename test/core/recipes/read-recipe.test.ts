import { describe, expect, test } from '@jest/globals';
import { checkRecipe } from '@stackbridge/shared-mappers/recipes/check-recipe.ts';
import { defineRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { readRecipe } from '@stackbridge/shared-mappers/recipes/read-recipe.ts';
import type { RecipeProblem } from '@stackbridge/shared-mappers/recipes/recipe-problem.ts';
import { AUDIENCE, CONTACT, crm } from '../mapping/schemas.ts';

const schemas = { salesforce: CONTACT, mailchimp: AUDIENCE };

const SMALL = `
recipe: contact-sync/v1
name: contacts
salesforce: { object: Contact }
mailchimp: { audience: Newsletter }
fields:
  - { salesforce: FirstName, mailchimp: FNAME }
`;

const shown = ({ line, path, message, suggestion }: RecipeProblem): string =>
  `${line} ${path}: ${message} → ${suggestion}`;

const faultsOf = (text: string): string[] => readRecipe(text, 'contacts.yaml').problems.map(shown);

describe('reading a recipe', () => {
  test('fills in every default', () => {
    expect(readRecipe(SMALL, 'contacts.yaml').recipe).toEqual({
      recipe: 'contact-sync/v1',
      name: 'contacts',
      salesforce: { object: 'Contact', duplicates: 'refuse', bulkThreshold: 10_000 },
      mailchimp: { audience: 'Newsletter' },
      match: ['email'],
      owner: 'review',
      create: { salesforce: false, mailchimp: false },
      newMembers: 'subscribed',
      fields: [{ salesforce: 'FirstName', mailchimp: 'FNAME', direction: 'both', drift: 'enforce' }],
      deletes: { inSalesforce: 'archive', inMailchimp: 'keep', archivedThenEdited: 'leave' },
      brakes: { deletes: { share: 0.05, atLeast: 20 }, overwrites: { share: 0.05, atLeast: 20 } },
      base: 'store',
      keepNonEmpty: false,
      toleranceMs: 120_000,
      overlapMs: 300_000,
      patienceMs: 900_000,
    });
  });

  test('takes JSON, and TypeScript, for the same recipe', () => {
    const input = {
      recipe: 'contact-sync/v1',
      name: 'contacts',
      salesforce: { object: 'Contact' },
      mailchimp: { audience: 'Newsletter' },
      fields: [{ salesforce: 'FirstName', mailchimp: 'FNAME' }],
    } as const;
    const { recipe } = readRecipe(SMALL, 'contacts.yaml');

    expect(readRecipe(JSON.stringify(input, null, 2), 'contacts.json').recipe).toEqual(recipe);
    expect(defineRecipe({ ...input, fields: [...input.fields] })).toEqual(recipe);
  });

  test.each([
    ['500ms', 500],
    ['90s', 90_000],
    ['2m', 120_000],
    ['1h', 3_600_000],
  ])('reads the duration %s', (text, ms) => {
    expect(readRecipe(`${SMALL}\ntolerance: ${text}`, 'contacts.yaml').recipe?.toleranceMs).toBe(ms);
  });
});

describe('a fault', () => {
  test('names its file, path, line, column, and what to write instead', () => {
    const text = SMALL.replace('object: Contact', 'object: Contct');

    expect(readRecipe(text, 'contacts.yaml').problems).toEqual([
      {
        file: 'contacts.yaml',
        path: 'salesforce.object',
        line: 4,
        column: 23,
        code: 'RECIPE_INVALID',
        message: 'object cannot be Contct',
        expected: 'one of Contact, Lead',
        suggestion: 'Did you mean Contact?',
      },
    ]);
  });

  test.each([
    [
      'a misspelled key, once',
      SMALL.replace('name:', 'nmae:'),
      ['3 nmae: Unknown key nmae → Did you mean name?'],
    ],
    [
      'a missing key, at what it belongs to',
      SMALL.replace('{ object: Contact }', '{}'),
      ['4 salesforce.object: object is missing → Add object: What people are in this org'],
    ],
    [
      'a wrong form of a value that has several',
      `${SMALL}owner: oldst`,
      ['8 owner: owner cannot be oldst → Did you mean oldest?'],
    ],
    [
      'a misspelled computed value',
      SMALL.replace('salesforce: FirstName', 'salesforce: { concatt: [FirstName, LastName] }'),
      ['7 fields[0].salesforce.concatt: Unknown key concatt → Did you mean concat?'],
    ],
    [
      'a duration in words',
      `${SMALL}overlap: 5 minutes`,
      ['8 overlap: overlap: Write a number and a unit: 500ms, 90s, 2m or 1h → Did you mean 5m?'],
    ],
    [
      'a name with blanks',
      SMALL.replace('name: contacts', 'name: My Contacts'),
      ['3 name: name: Write small letters, digits and single hyphens → Did you mean my-contacts?'],
    ],
    [
      'a key that stands twice',
      `${SMALL}name: again`,
      ['8 name: The key name stands here a second time → Keep one name'],
    ],
    [
      'a value of another type',
      `${SMALL}keepNonEmpty: sometimes`,
      [
        '8 keepNonEmpty: keepNonEmpty is not true or false → No emptied field empties the other. Default: false',
      ],
    ],
    [
      'another recipe',
      SMALL.replace('/v1', '/v2'),
      ['2 recipe: recipe cannot be contact-sync/v2 → Did you mean contact-sync/v1?'],
    ],
    ['an empty text', '', ['1 : This is no recipe → Start with `recipe: contact-sync/v1`']],
  ])('is told as a person would: %s', (_, text, expected) => {
    expect(faultsOf(text)).toEqual(expected);
  });

  test.each([
    ['an open bracket', 'recipe: contact-sync/v1\nfields: [\n  a\n', 3],
    ['a tab', 'recipe: contact-sync/v1\nsalesforce:\n\tobject: Contact\n', 3],
    ['broken JSON', '{\n  "recipe": "contact-sync/v1"\n  "name": 1\n}', 2],
  ])('of the syntax has a line: %s', (_, text, line) => {
    const [problem] = readRecipe(text, 'contacts.yaml').problems;

    expect(problem?.message).toMatch(/^This is not YAML/);
    expect(problem?.line).toBeGreaterThanOrEqual(line);
    expect(problem?.suggestion).not.toBe('');
  });
});

describe('checking a recipe against live schemas', () => {
  const FAULTY = `recipe: contact-sync/v1
name: contacts
salesforce:
  object: Contact
  fliter: "MailingCountry = 'France'"
mailchimp:
  audience: Newsletter
create: { salesforce: yes, mailchimp: true }
fields:
  - { salesforce: FirstNam, mailchimp: FNAME }
  - { salesforce: LastName, mailchimp: LNAME, polcy: newest }
  - { salesforce: Birthdate, mailchimp: BIRTHDAY }
  - { salesforce: { concat: [FirstName, LastName] }, mailchimp: NOTES }
  - { salesforce: Customer_Tier__c, mailchimp: CODE, lookup: { Gold: G, Silver: S, Bronze: Bz } , direction: to-mailchimp }
  - { salesforce: Phone, mailchimp: PHONE, type: phon }
  - { salesforce: Account.Name, mailchimp: COMPANY, direction: to-salesforce }
consent:
  salesforce: HasOptedOutOfEmal
tolerance: 2 minutes
`;

  test('every mistake is a problem of its own, in the order of the file, each with a line and a suggestion', () => {
    const found = checkRecipe(readRecipe(FAULTY, 'contacts.yaml'), schemas);

    expect(found.map(({ code, line, path }) => `${line} ${code} ${path}`)).toEqual([
      '5 RECIPE_INVALID salesforce.fliter',
      '8 RECIPE_INVALID create.salesforce',
      '10 BRAKE_FIELD_MISSING fields[0].salesforce',
      '11 RECIPE_INVALID fields[1].polcy',
      '12 RECIPE_INVALID fields[2]',
      '13 RECIPE_INVALID fields[3].salesforce',
      '14 BRAKE_CHOICES fields[4].lookup.Bronze',
      '15 RECIPE_INVALID fields[5].type',
      '16 BRAKE_FIELD_READ_ONLY fields[6].salesforce',
      '18 BRAKE_CONSENT_HIDDEN consent.salesforce',
      '19 RECIPE_INVALID tolerance',
    ]);
    expect(found.filter(({ suggestion }) => suggestion === '')).toEqual([]);
  });

  test('what could be read tells which schemas to look at', () => {
    const { recipe, legible } = readRecipe(FAULTY, 'contacts.yaml');

    expect(recipe).toBeUndefined();
    expect({
      object: legible.object,
      audience: legible.audience,
      rules: legible.rules.map(({ at }) => at),
    }).toEqual({
      object: 'Contact',
      audience: 'Newsletter',
      rules: [0, 2, 3, 4, 6],
    });
  });

  test('fields of the recipe’s own have to fit their purpose', () => {
    const text = `${SMALL}owner: { field: Is_Primary__c, is: true }
base: { salesforce: Email_Status__c, mailchimp: SBSTAMP }
`.replace('object: Contact', 'object: Contact, externalId: Title');

    expect(
      checkRecipe(readRecipe(text, 'contacts.yaml'), schemas).map(({ code, line, path }) => [
        line,
        path,
        code,
      ]),
    ).toEqual([
      [4, 'salesforce.externalId', 'RECIPE_INVALID'],
      [8, 'owner.field', 'BRAKE_FIELD_MISSING'],
      [9, 'base.salesforce', 'BRAKE_FIELD_TOO_SHORT'],
    ]);
  });

  test('fields in which the records name each other have to hold an id, and nothing else', () => {
    const text = `${SMALL}base:
  salesforce: Stackbridge_Stamp__c
  mailchimp: SBSTAMP
  partner: { salesforce: Short__c, mailchimp: SBSTAMP }
`;
    const short = crm('Short__c', 'text', { maxLength: 18 });
    const stamp = crm('Stackbridge_Stamp__c', 'text', { maxLength: 255 });
    const fields = new Map([...CONTACT.fields, [short.name, short], [stamp.name, stamp]]);
    const salesforce = { ...CONTACT, fields };

    expect(
      checkRecipe(readRecipe(text, 'contacts.yaml'), { ...schemas, salesforce }).map(
        ({ code, path, message }) => [path, code, message],
      ),
    ).toEqual([
      ['base.partner.salesforce', 'BRAKE_FIELD_TOO_SHORT', "Short__c cannot hold a member's contact_id"],
      ['base.partner.mailchimp', 'RECIPE_INVALID', 'SBSTAMP holds the stamp already'],
    ]);
  });

  test('a sound recipe has none', () => {
    expect(checkRecipe(readRecipe(SMALL, 'contacts.yaml'), schemas)).toEqual([]);
  });
});

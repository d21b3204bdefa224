import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import { encodeStamp } from '@stackbridge/shared-mappers/model/stamp.ts';
import { stampHome } from '@stackbridge/shared-mappers/plan/stamp-home.ts';
import { compileRecipe } from '@stackbridge/shared-mappers/recipes/compile-recipe.ts';
import { defineRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { overwritesOfSide } from '@stackbridge/shared-mappers/recipes/overwrites-of-side.ts';
import { recordMarks } from '@stackbridge/shared-mappers/recipes/record-marks.ts';
import { AUDIENCE, CONTACT } from '../mapping/schemas.ts';

const RECIPE = defineRecipe({
  recipe: 'contact-sync/v1',
  name: 'people',
  salesforce: { object: 'Contact' },
  mailchimp: { audience: 'Newsletter' },
  base: { salesforce: 'Stackbridge_Stamp__c', mailchimp: 'SBSTAMP' },
  fields: [{ salesforce: 'Description', mailchimp: 'NOTES' }],
});
/** Mailchimp keeps 255 bytes of it. */
const LONG = 'n'.repeat(300);

function contact(values: JsonObject): SourceRecord {
  return { id: '003A', object: 'Contact', modifiedAt: 0, state: 'live', values };
}

/** As a step stamps a contact that says this. */
function stampOf(values: JsonObject): string {
  const schemas = { left: CONTACT, right: AUDIENCE };
  const compiled = compileRecipe(RECIPE, { salesforce: CONTACT, mailchimp: AUDIENCE });
  const marks = recordMarks(RECIPE, schemas);
  if ('problems' in compiled || marks === undefined) throw new RangeError('The recipe fits both');
  const { entryOf } = stampHome(compiled.map, marks);
  const entries = compiled.map.rules.map(
    (rule) =>
      [rule.key, { generation: 0, half: false, entry: entryOf(rule, rule.read.left(values)) }] as const,
  );
  return encodeStamp({ takenIn: 0, entries: new Map(entries) });
}

const SAID = { Email: 'ada@lovelace.test', Description: LONG };
const LINKED = { ...SAID, Stackbridge_Stamp__c: stampOf(SAID) };

describe('a contact', () => {
  const mayOverwrite = overwritesOfSide(RECIPE, CONTACT, AUDIENCE);

  it('that nobody is linked to overwrites nobody', () => {
    expect(mayOverwrite(contact(SAID))).toBe(false);
  });

  it('that says what both systems hold of it overwrites nobody', () => {
    expect(mayOverwrite(contact(LINKED))).toBe(false);
  });

  it('that was changed beyond what Mailchimp can hold overwrites nobody', () => {
    expect(mayOverwrite(contact({ ...LINKED, Description: `${LONG} and more` }))).toBe(false);
  });

  it('that was changed may overwrite its member', () => {
    expect(mayOverwrite(contact({ ...LINKED, Description: 'new' }))).toBe(true);
  });
});

it.each([
  ['are not known', undefined],
  [
    'no longer fit',
    { ...AUDIENCE, fields: new Map([...AUDIENCE.fields].filter(([name]) => name !== 'NOTES')) },
  ],
])('where the fields of the other side %s, everybody who is linked may overwrite', (_, other) => {
  const mayOverwrite = overwritesOfSide(RECIPE, CONTACT, other);
  expect([SAID, LINKED].map((values) => mayOverwrite(contact(values)))).toEqual([false, true]);
});

it('a recipe that keeps its base in a store overwrites nothing here', () => {
  expect(overwritesOfSide({ ...RECIPE, base: 'store' }, CONTACT, AUDIENCE)(contact(LINKED))).toBe(false);
});

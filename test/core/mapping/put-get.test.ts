import { describe, expect, test } from '@jest/globals';
import type { CompiledRule } from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import type { RuleDefinition } from '@stackbridge/shared-mappers/mapping/rule-definition.ts';
import { Unwritable } from '@stackbridge/shared-mappers/mapping/unwritable.ts';
import type { FieldSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';
import type { JsonObject, JsonValue, MutableJsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import { SIDES, type Side } from '@stackbridge/shared-mappers/model/side.ts';
import fc from 'fast-check';
import { compiledRule, rule } from './rules.ts';
import { AUDIENCE, CONTACT } from './schemas.ts';
import { stored } from './stored.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ maxLength: 60 }),
  fc.constantFrom(
    'José',
    'Jose\u0301',
    ' Ann ',
    'Ann\u00a0',
    'a\r\nb',
    '\ud83d',
    '👩‍🚀'.repeat(20),
    '営業部長兼'.repeat(30),
  ),
);
const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(
    '1,234',
    '12.50',
    '-0',
    '1e3',
    '00012',
    '9007199254740993',
    '0.1',
    '1e-7',
    '123456789.987654321',
  ),
);
const day = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-30'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const moment = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-30'), noInvalidDate: true })
  .chain((date) =>
    fc.constantFrom(
      date.toISOString(),
      date.toISOString().replace('Z', '+0000'),
      `${date.toISOString().slice(0, 19)}+00:00`,
      `${date.toISOString().slice(0, 19)}-0530`,
    ),
  );
const email = fc.oneof(
  fc.emailAddress(),
  fc.emailAddress().map((address) => ` ${address.toUpperCase()} `),
  text,
);
const phone = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 0, max: 9999999999 }))
    .map(([c, n]) => `+${c} ${n}`),
  fc.integer({ min: 2000000000, max: 9999999999 }).map((n) => {
    const digits = String(n);
    return `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`;
  }),
  fc.constantFrom(
    '+44 (0)20 7946 0123',
    '0044 20 7946 0123',
    '+49 (0)30 / 230125123',
    '415-555-0100 x12',
    'n/a',
    '555',
    '+39 06 698 12345',
  ),
  text,
);
const word = fc.oneof(
  fc.constantFrom('Gold', 'gold', ' SILVER ', 'Bronze', 'G', 's', 'Web', 'Yes', 'no', 'News', 'north'),
  text,
);
const words = fc.array(word, { maxLength: 5 });
const set = fc.oneof(
  words.map((list) => list.join(';')),
  words,
  words.map((list) => list.map((name, id) => ({ id, name }))),
  fc.record({ 'id-news': fc.boolean(), 'id-offers': fc.boolean(), 'id-events': fc.boolean() }),
);
const anything: fc.Arbitrary<JsonValue> = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)));
const part = fc.oneof(
  fc.constantFrom('', '1 Main St', '1 Main St\nFloor 2', 'US', 'United States', 'Deutschland', 'XX'),
  text,
);

/** What stands in a field of each kind, at the ends of a field's path. */
const VALUES: Readonly<Record<FieldSchema['kind'], fc.Arbitrary<JsonValue>>> = {
  id: text,
  text: fc.oneof(text, number, word, day, moment, email, phone),
  status: fc.constantFrom('subscribed', 'cleaned'),
  number,
  boolean: fc.boolean(),
  date: day,
  datetime: moment,
  birthday: day.map((date) => `${date.slice(5, 7)}/${date.slice(8)}`),
  email,
  phone,
  url: fc.oneof(
    fc.webUrl(),
    fc.webUrl().map((url) => url.replace('http', 'HTTP')),
    text,
    fc.constant('WWW.Acme.test/Path'),
  ),
  picklist: word,
  set,
  address: fc.constant(null),
};

const RULES: readonly RuleDefinition[] = [
  rule('FirstName', 'FNAME'),
  rule('LastName', 'LNAME', { default: '[not provided]' }),
  rule('Title', 'TITLE', { tooLong: 'cut' }),
  rule('Description', 'NOTES'),
  rule('Email', 'email_address'),
  rule('Phone', 'PHONE', { region: 'US' }),
  rule('MobilePhone', 'PHONE'),
  rule('Phone', 'USPHONE'),
  rule('Phone', 'NOTES', { type: 'phone', region: 'GB' }),
  rule('Birthdate', 'BIRTHDAY', { direction: 'to-right' }),
  rule('Birthdate', 'SINCE'),
  rule('Customer_Since__c', 'SINCETEXT'),
  rule('Last_Seen__c', 'SINCE'),
  rule('Last_Seen__c', 'SINCETEXT'),
  rule('Customer_Tier__c', 'TIER'),
  rule('Customer_Tier__c', 'CODE', { lookup: { Gold: 'G', Silver: 'S', Bronze: 'B' } }),
  rule('Customer_Tier__c', 'NOTES'),
  rule('LeadSource', 'NOTES'),
  rule('Loyalty_Points__c', 'POINTS'),
  rule('Discount__c', 'POINTS'),
  rule('Discount__c', 'NOTES'),
  rule('Website__c', 'WEBSITE'),
  rule('Newsletter_Topics__c', 'interests.Topics'),
  rule('Newsletter_Topics__c', 'tags'),
  rule('Regions__c', 'tags'),
  rule('Regions__c', 'tags', { lookup: { North: 'nord', South: 'süd' } }),
  rule('Regions__c', 'NOTES', { type: 'set' }),
  rule('Is_Partner__c', 'PARTNER'),
  rule('Is_Partner__c', 'POINTS'),
  rule('Is_Partner__c', 'NOTES'),
  rule('Is_Partner__c', 'vip'),
  rule('Is_Partner__c', 'PARTNER', { lookup: { true: 'Yes', false: 'No' } }),
  rule('MailingAddress', 'ADDRESS'),
  rule('MailingAddress', 'ADDRESS', { tooLong: 'cut' }),
  rule({ concat: ['FirstName', 'LastName'] }, 'NOTES', { direction: 'to-right' }),
  rule({ firstNonEmpty: ['MobilePhone', 'Phone'] }, 'PHONE', { direction: 'to-right', region: 'US' }),
  rule({ split: 'Title', part: 'rest' }, 'NOTES', { direction: 'to-right' }),
  rule({ constant: 'crm' }, 'NOTES', { direction: 'to-right' }),
];

function recordWith(fields: readonly FieldSchema[], odd: boolean): fc.Arbitrary<JsonObject> {
  const paths = fields.flatMap((field) =>
    field.parts === undefined
      ? [{ path: field.path, value: odd ? anything : VALUES[field.kind] }]
      : Object.values(field.parts).map((path) => ({ path, value: odd ? anything : part })),
  );
  return fc.tuple(...paths.map(({ value }) => fc.option(value, { nil: null }))).map((values) => {
    const record: MutableJsonObject = {};
    paths.forEach(({ path }, at) => {
      place(record, path, values[at] ?? null);
    });
    return record;
  });
}

function place(record: MutableJsonObject, path: readonly string[], value: JsonValue): void {
  const [first = '', ...rest] = path;
  if (rest.length === 0) {
    record[first] = value;
    return;
  }
  const inner: MutableJsonObject = { ...asObject(record[first]) };
  place(inner, rest, value);
  record[first] = inner;
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldsOf(compiled: CompiledRule, side: Side): FieldSchema[] {
  const { fields } = side === 'left' ? CONTACT : AUDIENCE;
  return compiled.fields[side].flatMap((name) => fields.get(name) ?? []);
}

function targets(compiled: CompiledRule): readonly Side[] {
  return compiled.direction === 'both' ? SIDES : [compiled.direction === 'to-left' ? 'left' : 'right'];
}

function isUtf8(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (Array.isArray(value)) return value.every(isUtf8);
  return !isObject(value) || Object.values(value).every(isUtf8);
}

describe.each(RULES.map((definition) => [describeRule(definition), definition] as const))(
  '%s',
  (_, definition) => {
    const compiled = compiledRule(definition);

    test.each(SIDES)('what the %s holds, once written, reads the same on both sides', (side) => {
      fc.assert(
        fc.property(recordWith(fieldsOf(compiled, side), false), (record) => {
          holds(compiled, compiled.read[side](record));
        }),
        { numRuns: 150 },
      );
    });

    test.each(SIDES)('any JSON on the %s is read without an exception and obeys the same law', (side) => {
      fc.assert(
        fc.property(recordWith(fieldsOf(compiled, side), true), (record) => {
          holds(compiled, compiled.read[side](record));
        }),
        { numRuns: 60 },
      );
    });

    test('knowing what the left holds changes nothing in what is read of the right', () => {
      const [field] = fieldsOf(compiled, 'right');
      fc.assert(
        fc.property(recordWith(fieldsOf(compiled, 'left'), false), (record) => {
          const canonical = compiled.read.left(record);
          const alike: MutableJsonObject = {};
          place(alike, field?.path ?? [], canonical);
          expect(compiled.read.right(alike, canonical)).toBe(compiled.read.right(alike));
        }),
        { numRuns: 150 },
      );
    });

    test('a canonical value is a text without broken characters', () => {
      fc.assert(
        fc.property(recordWith(fieldsOf(compiled, 'left'), false), (record) => {
          expect(compiled.read.left(record).isWellFormed()).toBe(true);
        }),
        { numRuns: 50 },
      );
    });
  },
);

/** Put-get: written to a side that can hold it and read back, a canonical value is itself. */
function holds(compiled: CompiledRule, canonical: string): void {
  for (const target of targets(compiled)) {
    const payload: MutableJsonObject = {};
    const refused = compiled.write[target](canonical, payload);
    if (refused !== undefined) {
      expect(refused).toBeInstanceOf(Unwritable);
      expect(payload).toEqual({});
      continue;
    }
    expect(isUtf8(payload)).toBe(true);
    const back = compiled.read[target](stored(target, payload));
    // A checkbox has no empty state: nothing written there is false.
    const isUnticked = canonical === '' && back === 'false' && compiled.keepNonEmpty;
    if (!isUnticked) expect(back).toBe(canonical);
  }
}

function describeRule({ left, right, lookup, tooLong, direction }: RuleDefinition): string {
  const options = JSON.stringify({
    lookup,
    tooLong,
    direction: direction === 'both' ? undefined : direction,
  });
  return `${JSON.stringify(left)} ${JSON.stringify(right)} ${options}`;
}

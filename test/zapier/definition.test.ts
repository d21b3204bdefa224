import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { PackagedApp } from './support/packaged-app.ts';

const Field = z.looseObject({
  key: z.string(),
  label: z.string().optional(),
  helpText: z.string().optional(),
  dynamic: z.string().optional(),
  computed: z.boolean().optional(),
});
type Field = z.infer<typeof Field>;
const Step = z.looseObject({
  key: z.string(),
  noun: z.string(),
  display: z.looseObject({
    label: z.string(),
    description: z.string(),
    hidden: z.boolean().optional(),
  }),
  operation: z.looseObject({
    type: z.string().optional(),
    inputFields: z.array(z.unknown()).default([]),
    outputFields: z.array(z.unknown()).default([]),
    sample: z.record(z.string(), z.unknown()),
    lock: z.looseObject({ key: z.string() }).optional(),
  }),
});
type Step = z.infer<typeof Step>;
const Definition = z.looseObject({
  authentication: z.looseObject({ fields: z.array(Field) }),
  triggers: z.record(z.string(), Step),
  searches: z.record(z.string(), Step),
  creates: z.record(z.string(), Step),
  searchOrCreates: z.record(
    z.string(),
    z.looseObject({
      display: z.object({ label: z.string(), description: z.string() }),
      search: z.string(),
      create: z.string(),
    }),
  ),
});

let app: PackagedApp;
let definition: z.infer<typeof Definition>;
let text: string;

beforeAll(async () => {
  app = await PackagedApp.open();
  const outcome = await app.definition();
  definition = Definition.parse('results' in outcome ? outcome.results : outcome.error);
  text = JSON.stringify(definition);
});
afterAll(() => app.close());

const KINDS = ['triggers', 'searches', 'creates'] as const;
type Kind = (typeof KINDS)[number];

/** Steps that people choose from, with where they stand. */
function visible(kinds: readonly Kind[] = KINDS): [place: string, step: Step][] {
  return kinds.flatMap((kind) =>
    Object.entries(definition[kind])
      .filter(([, { display }]) => display.hidden !== true)
      .map(([key, step]): [string, Step] => [`${kind}.${key}`, step]),
  );
}

function fieldsOf({ operation }: Step): Field[] {
  return operation.inputFields.flatMap((field) => Field.safeParse(field).data ?? []);
}

/** Where a rule is broken. */
function broken(kinds: readonly Kind[], rule: (step: Step) => boolean): string[] {
  return visible(kinds)
    .filter(([, step]) => !rule(step))
    .map(([place]) => place);
}

const LITTLE = new Set([
  'a',
  'an',
  'and',
  'as',
  'by',
  'for',
  'in',
  'of',
  'or',
  'the',
  'to',
  'with',
  'without',
]);
function isTitleCase(title: string): boolean {
  return title.split(/[\s-]+/).every((word, at) => (at > 0 && LITTLE.has(word)) || /^[^a-z]/.test(word));
}

describe("what Zapier's own review asks of an app", () => {
  it('has every trigger, search and action of the pack', () => {
    expect(visible().map(([place]) => place)).toEqual([
      'triggers.salesforce_record_changed',
      'triggers.salesforce_record_removed',
      'triggers.mailchimp_member_changed',
      'triggers.mailchimp_member_told',
      'triggers.mailchimp_unsubscribed',
      'triggers.mailchimp_campaign_activity',
      'triggers.zoho_milestone_completed',
      'triggers.zoho_time_changed',
      'triggers.zoho_time_approved',
      'triggers.zoho_expense_recorded',
      'triggers.zoho_invoice_created',
      'triggers.zoho_books_listed',
      'triggers.xero_invoice_updated',
      'searches.salesforce_record',
      'searches.mailchimp_member',
      'searches.xero_contact',
      'searches.xero_invoice',
      'searches.xero_account',
      'searches.zoho_milestone',
      'searches.zoho_expense',
      'searches.zoho_invoice',
      'creates.sync_to_mailchimp',
      'creates.sync_to_salesforce',
      'creates.resolve_conflict',
      'creates.mailchimp_leave',
      'creates.salesforce_campaign_activity',
      'creates.xero_milestone_invoice',
      'creates.xero_expense',
      'creates.xero_zoho_invoice',
      'creates.xero_time_entry',
      'creates.xero_gone',
      'creates.xero_answer_difference',
    ]);
  });

  it('a search can go on with the step that brings the record there, and both hand on its id', () => {
    const pairs = Object.values(definition.searchOrCreates);
    expect(pairs.map(({ search, create }) => [search, create])).toEqual([
      ['salesforce_record', 'sync_to_salesforce'],
      ['mailchimp_member', 'sync_to_mailchimp'],
    ]);
    for (const { display, search, create } of pairs) {
      expect([display.label, isTitleCase(display.label)]).toEqual([display.label, true]);
      expect(display.description).toMatch(/^Finds .*\.$/);
      const found = definition.searches[search]?.operation.sample.recordId;
      expect([typeof found, definition.creates[create]?.operation.sample.recordId]).toEqual([
        'string',
        found,
      ]);
    }
  });

  it('labels are titles without a full stop, nouns too', () => {
    expect(
      broken(
        KINDS,
        ({ display: { label }, noun }) => isTitleCase(label) && isTitleCase(noun) && !label.endsWith('.'),
      ),
    ).toEqual([]);
  });

  it('descriptions are sentences, those of triggers begin with "Triggers when", those of searches with "Finds"', () => {
    const isSentence = ({ display: { description } }: Step): boolean => /^[A-Z].*\.$/.test(description);
    expect(broken(KINDS, isSentence)).toEqual([]);
    expect(broken(['triggers'], ({ display }) => display.description.startsWith('Triggers when '))).toEqual(
      [],
    );
    expect(broken(['searches'], ({ display }) => display.description.startsWith('Finds '))).toEqual([]);
  });

  it('every step has a sample with an id, and says what its fields are called', () => {
    const outputKeys = ({ operation }: Step): string[] =>
      operation.outputFields.flatMap((field) => Field.safeParse(field).data?.key ?? []);
    expect(broken(KINDS, ({ operation }) => typeof operation.sample.id === 'string')).toEqual([]);
    expect(broken(KINDS, (step) => outputKeys(step).includes('id'))).toEqual([]);
    const unlabelled = visible().flatMap(([place, { operation }]) =>
      operation.outputFields
        .flatMap((field) => Field.safeParse(field).data ?? [])
        .filter(({ label }) => label === undefined || !isTitleCase(label))
        .map(({ key }) => `${place} ${key}`),
    );
    expect(unlabelled).toEqual([]);
  });

  it('every field that people fill in has a title, and a sentence that explains it', () => {
    const poor = [
      ...visible().flatMap(([place, step]) => fieldsOf(step).map((field) => ({ place, field }))),
      ...definition.authentication.fields
        .filter(({ computed }) => computed !== true)
        .map((field) => ({ place: 'authentication', field })),
    ]
      .filter(
        ({ field: { label = '', helpText = '' } }) => !isTitleCase(label) || !/\.$/.test(helpText.trim()),
      )
      .map(({ place, field }) => `${place} ${field.key}`);
    expect(poor).toEqual([]);
  });

  it('whoever is asked for an id can choose it from a list', () => {
    const chosen = new Map(
      visible().flatMap(([, step]) => fieldsOf(step).map(({ key, dynamic }) => [key, dynamic] as const)),
    );
    for (const key of ['audience', 'organisation', 'project', 'moreFields', 'field'])
      expect([key, chosen.has(key)]).toEqual([key, true]);
    const listings = visible()
      .flatMap(([, step]) => fieldsOf(step))
      .flatMap(({ dynamic }) => dynamic ?? [])
      .filter((dynamic) => definition.triggers[dynamic.split('.')[0] ?? ''] === undefined);
    expect(listings).toEqual([]);
  });

  it('moments in samples are ISO 8601, addresses are https', () => {
    const moments = [...text.matchAll(/"modifiedAt":"([^"]+)"/g)].map(([, moment = '']) => moment);
    expect(moments.length).toBeGreaterThan(0);
    expect(moments.filter((moment) => new Date(moment).toISOString() !== moment)).toEqual([]);
    expect(text).not.toMatch(/http:\/\//);
  });

  it('every action that two runs could meet in is serialised', () => {
    expect(broken(['creates'], ({ operation }) => operation.lock !== undefined)).toEqual([]);
  });

  it('steps that write to Xero never run at once: each must see what the one before has written', () => {
    const locks = visible(['creates']).filter(([place]) => place.startsWith('creates.xero_'));
    expect(new Set(locks.map(([, { operation }]) => operation.lock?.key))).toEqual(new Set(['xero_billing']));
  });
});

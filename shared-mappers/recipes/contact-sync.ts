import { z } from 'zod';
import { duration } from './duration.ts';
import { fieldRule } from './field-rule.ts';

const fieldName = z.string().min(1);

const salesforce = z.strictObject({
  object: z.enum(['Contact', 'Lead']).describe('What people are in this org'),
  filter: z
    .string()
    .min(1)
    .optional()
    .describe("SOQL condition of the records to sync, such as `MailingCountry = 'France'`. Default: all"),
  externalId: fieldName
    .optional()
    .describe(
      "Unique external-id text field that holds the member's contact_id: a repeated create cannot double",
    ),
  duplicates: z
    .enum(['refuse', 'save'])
    .default('refuse')
    .describe(
      'A duplicate rule that only warns would hold a record up: refuse it (it is parked), or save it all the same. Default: refuse',
    ),
  bulkThreshold: z
    .int()
    .min(1)
    .default(10_000)
    .describe('Records from which Bulk API 2.0 is used. Default: 10000'),
});

const mailchimp = z.strictObject({
  audience: z.string().min(1).describe('Name or id of the audience'),
});

const matchKey = z.union([
  z.literal('email'),
  z.strictObject({ salesforce: fieldName, mailchimp: fieldName }),
]);

const owner = z.union([
  z.enum(['oldest', 'newest', 'review']),
  z.strictObject({
    field: fieldName.describe('Salesforce field'),
    is: z.union([z.string(), z.number(), z.boolean()]).describe('The value it has in the owner'),
  }),
]);

const consent = z.strictObject({
  salesforce: fieldName.describe('Checkbox that says the person wants no mail, such as HasOptedOutOfEmail'),
  closedBy: z
    .array(fieldName)
    .default([])
    .describe('Other checkboxes that close this audience; they are only read. Default: none'),
  optIn: z
    .enum(['ignore', 'ask'])
    .default('ignore')
    .describe(
      'The CRM holds a newer, explicit opt-in: ignore it, or ask the person by double opt-in. Default: ignore',
    ),
  resubscribe: z
    .enum(['honour', 'review', 'keep-out'])
    .default('review')
    .describe('The person subscribed again in Mailchimp while the CRM says out. Default: review'),
  statusField: fieldName
    .optional()
    .describe(
      'Salesforce text field or picklist that says `cleaned` while mail to the person bounces for good',
    ),
});

const deletes = z.strictObject({
  inSalesforce: z
    .enum(['archive', 'unsubscribe', 'keep'])
    .default('archive')
    .describe('What becomes of the member of a deleted record. Default: archive'),
  inMailchimp: z
    .enum(['keep', 'opt-out'])
    .default('keep')
    .describe('What becomes of the record of an archived or deleted member. Default: keep'),
  archivedThenEdited: z
    .enum(['leave', 'restore'])
    .default('leave')
    .describe('Member archived, then the Salesforce record edited. Default: leave'),
});

const brake = z
  .strictObject({
    share: z
      .number()
      .min(0)
      .max(1)
      .default(0.05)
      .describe('Part of the linked records, 0 to 1. Default: 0.05'),
    atLeast: z.int().min(0).default(20).describe('Never stops below this number. Default: 20'),
  })
  .prefault({});

const base = z.union([
  z.literal('store'),
  z.strictObject({
    salesforce: fieldName.describe('Text field of at least 255 characters'),
    mailchimp: fieldName.describe('Text merge field'),
    partner: z
      .strictObject({
        salesforce: fieldName.describe("Text field that holds the member's contact_id"),
        mailchimp: fieldName.describe('Text merge field that holds the Salesforce id'),
      })
      .optional()
      .describe(
        'Fields in which both records name each other, so that hosts without a store find them under a new address',
      ),
  }),
]);

const recipe = z.strictObject({
  recipe: z.literal('contact-sync/v1'),
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'Write small letters, digits and single hyphens' })
    .describe('Names the recipe in runs, history and conflicts; small letters, digits, hyphens'),
  salesforce: salesforce.describe('The CRM side'),
  mailchimp: mailchimp.describe('The audience'),
  match: z
    .array(matchKey)
    .min(1)
    .default(['email'])
    .describe('How records find each other at first contact, in order. Default: [email]'),
  owner: owner
    .default('review')
    .describe('Whose fields count where several records have one address. Default: review'),
  create: z
    .strictObject({
      salesforce: z
        .boolean()
        .default(false)
        .describe('Create records for members without one. Default: false'),
      mailchimp: z
        .boolean()
        .default(false)
        .describe('Create members for records without one. Default: false'),
    })
    .prefault({})
    .describe('Where missing people are created'),
  newMembers: z
    .enum(['subscribed', 'pending', 'transactional'])
    .default('subscribed')
    .describe('Status of members created for people who have not opted out. Default: subscribed'),
  fields: z.array(fieldRule).min(1).describe('What is kept in step. The email address always is'),
  consent: consent.optional().describe('Opt-outs. Without it none is carried to or from Salesforce'),
  deletes: deletes.prefault({}).describe('What a deletion on one side means on the other'),
  brakes: z
    .strictObject({
      deletes: brake.describe('Deletions beyond this stop the run'),
      overwrites: brake.describe('Overwritten values beyond this stop the run'),
    })
    .prefault({})
    .describe('How much a run may change before a person has to agree'),
  base: base.default('store').describe('Where the last agreed state is kept. Default: store'),
  keepNonEmpty: z.boolean().default(false).describe('No emptied field empties the other. Default: false'),
  tolerance: duration
    .prefault('2m')
    .describe("Difference of the two systems' clocks within which `newest` has no winner. Default: 2m"),
  overlap: duration
    .prefault('5m')
    .describe('How far before the watermark changes are read again. Default: 5m'),
  patience: duration
    .prefault('15m')
    .describe("Longest wait for a system's limit before the run ends, to go on later. Default: 15m"),
});

/** The recipe of a two-way contact sync, version 1. Durations are read into milliseconds. */
export const contactSync = recipe.transform(({ tolerance, overlap, patience, ...rest }) => ({
  ...rest,
  toleranceMs: tolerance,
  overlapMs: overlap,
  patienceMs: patience,
}));

/** As read, every default filled in. */
export type ContactSyncRecipe = z.output<typeof contactSync>;
/** As written. */
export type ContactSyncInput = z.input<typeof contactSync>;

/** For recipes written in TypeScript: the editor checks them. Throws a ZodError naming every fault. */
export function defineRecipe(input: ContactSyncInput): ContactSyncRecipe {
  return contactSync.parse(input);
}

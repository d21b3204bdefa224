import { z } from 'zod';
import { VALUE_TYPES } from '../model/value-type.ts';
import { duration } from './duration.ts';

const fieldName = z.string().min(1);

const concat = z
  .strictObject({
    concat: z.array(fieldName).min(2),
    separator: z.string().default(' ').describe('Between the parts. Default: one blank'),
  })
  .describe('Texts of several fields joined; empty ones are left out. One-way');

const split = z
  .strictObject({
    split: fieldName,
    separator: z.string().min(1).default(' ').describe('Where the text is cut. Default: one blank'),
    part: z
      .union([z.int().min(1), z.literal(['last', 'rest'])])
      .describe('Which piece: 1 is the first; `last`; `rest` is everything after the first'),
  })
  .describe("One piece of a field's text. One-way");

const firstNonEmpty = z
  .strictObject({ firstNonEmpty: z.array(fieldName).min(2) })
  .describe('The first of several fields that has a value. One-way');

const constant = z
  .strictObject({ constant: z.union([z.string(), z.number(), z.boolean()]) })
  .describe('Always this value. One-way');

/** A side that is computed from others' fields, and can therefore not be written. */
export const computedSide = z.union([concat, split, firstNonEmpty, constant]);

const side = z.union([fieldName, ...computedSide.options]);

/** Default policy, direction and drift are the recipe's: what stands here is what one rule says for itself. */
export const fieldRule = z.strictObject({
  name: z.string().min(1).optional().describe('As shown to people. Default: `FirstName ↔ FNAME`'),
  salesforce: side.describe('Salesforce field by its API name, or a computed value'),
  mailchimp: side.describe('Merge tag, `email_address`, `language`, `vip`, `tags` or `interests.<Category>`'),
  type: z.enum(VALUE_TYPES).optional().describe('Default: inferred from both fields'),
  direction: z
    .enum(['both', 'to-mailchimp', 'to-salesforce'])
    .default('both')
    .describe('Which way values go. Default: both'),
  policy: z
    .enum(['salesforce', 'mailchimp', 'newest', 'non-empty', 'union', 'review'])
    .optional()
    .describe('Who wins where both sides changed. Default: newest; for sets union'),
  drift: z
    .enum(['enforce', 'leave'])
    .default('enforce')
    .describe('What happens when the target of a one-way rule was edited. Default: enforce (it is put back)'),
  keepNonEmpty: z
    .boolean()
    .optional()
    .describe("An emptied field does not empty the other. Default: the recipe's"),
  tooLong: z
    .enum(['cut', 'refuse'])
    .optional()
    .describe('A value longer than the other field holds. Default: cut for text, refuse for all others'),
  default: z.coerce
    .string()
    .pipe(z.string().min(1))
    .optional()
    .describe('Stands in a required target for an empty value; there it reads as empty'),
  region: z
    .string()
    .regex(/^[A-Z]{2}$/, { error: 'Write the two capital letters of ISO 3166, such as US' })
    .optional()
    .describe('Country of phone numbers written without one'),
  lookup: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
    .refine((table) => Object.keys(table).length > 0, { error: 'Give at least one word' })
    .optional()
    .describe("Salesforce's words and, behind the colon, Mailchimp's"),
  tolerance: duration
    .optional()
    .describe("Clock difference within which `newest` has no winner. Default: the recipe's"),
});

export type FieldRule = z.output<typeof fieldRule>;

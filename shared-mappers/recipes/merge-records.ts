import { z } from 'zod';
import { VALUE_TYPES } from '../model/value-type.ts';
import { duration } from './duration.ts';
import { computedSide, fieldRule } from './field-rule.ts';

const { name, drift, keepNonEmpty, default: standIn, region, lookup, tolerance } = fieldRule.shape;

const side = z.union([z.string().min(1), ...computedSide.options]);

const mergeRule = z.strictObject({
  name: name.describe('As shown to people, and as `agreed` names it. Default: `name ↔ full_name`'),
  left: side.describe('Field of the left record, `address.city` for one inside another; or a computed value'),
  right: side.describe('Field of the right record, or a computed value'),
  type: z
    .enum(VALUE_TYPES)
    .exclude(['address'])
    .default('text')
    .describe('What the values mean, and so when two spellings of one are the same. Default: text'),
  direction: z
    .enum(['both', 'to-right', 'to-left'])
    .default('both')
    .describe('Which way values go. Default: both'),
  policy: z
    .enum(['left', 'right', 'newest', 'non-empty', 'union', 'review'])
    .optional()
    .describe('Who wins where both sides changed. Default: review; for sets union'),
  drift,
  keepNonEmpty,
  default: standIn,
  region,
  lookup: lookup.describe("The left's words and, behind the colon, the right's"),
  tolerance,
});

/** How two records of whatever kind become one, version 1. */
export const mergeRecords = z.strictObject({
  recipe: z.literal('merge-records/v1'),
  fields: z.array(mergeRule).min(1).describe('Which fields are the same, and who wins'),
  keepNonEmpty: z
    .boolean()
    .default(false)
    .describe('An emptied field does not empty the other. Default: false'),
  tolerance: duration
    .prefault('2m')
    .describe('Clock difference within which `newest` has no winner. Default: 2m'),
});

/** As read, every default filled in. */
export type MergeRecipe = z.output<typeof mergeRecords>;
export type MergeRecipeInput = z.input<typeof mergeRecords>;

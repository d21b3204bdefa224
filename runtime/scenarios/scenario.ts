import { z } from 'zod';
import { endExpectation } from './expectation.ts';
import { handle } from './handle.ts';
import { isPlayedEverywhereOrSaysWhy, playedOn, SAY_WHY } from './played-on.ts';
import { recordValues } from './record-values.ts';
import { step } from './step.ts';

const recipe = z.union([
  z
    .string()
    .min(1)
    .describe('A ready recipe by its file name without `.yaml`, in `recipes/` or beside the file'),
  z.strictObject({
    ready: z.string().min(1).describe('A ready recipe, as above'),
    change: recordValues.default({}).describe('Keys that replace those of the ready recipe, inner ones too'),
  }),
  z.looseObject({ recipe: z.literal('contact-sync/v1') }).describe('A whole recipe'),
]);
export type RecipeOfScenario = z.output<typeof recipe>;

const people = z.record(z.string(), z.record(handle, recordValues));

const given = z.strictObject({
  clock: z.iso.datetime().default('2026-11-02T08:00:00Z').describe('When it begins'),
  setup: z
    .array(z.looseObject({ salesforce: z.string().optional(), mailchimp: z.string().optional() }))
    .default([])
    .describe('What an administrator has prepared: actions as in the step `administrator`'),
  salesforce: people.default({}).describe('Records by object, then by name: `{ Contact: { ada: {…} } }`'),
  mailchimp: people.default({}).describe('Members by audience, then by name: `{ Newsletter: { ada: {…} } }`'),
  crowd: z
    .strictObject({
      people: z.int().min(1).max(5000).describe('How many: p1, p2, …'),
      salesforce: z.string().optional().describe('Object they are in, such as Contact'),
      mailchimp: z.string().optional().describe('Audience they are in'),
    })
    .optional()
    .describe('Many alike, so that shares and pages can be tried'),
});
export type Given = z.output<typeof given>;

/** Never a function, so that nothing takes a scenario for a promise. */
const END = 'then';

/** A scenario file, version 1: what both systems hold, what happens, what they hold at the end. */
export const scenario = z
  .strictObject({
    scenario: z.literal('v1'),
    title: z.string().min(1).describe('The rule it guards, as a sentence'),
    faults: z.array(z.int().min(1)).default([]).describe('Lines of the list of faults that it covers'),
    about: z.string().optional().describe('More for whoever reads it'),
    ...playedOn,
    recipe: recipe.optional().describe('What is kept in step'),
    recipes: z.array(recipe).min(1).optional().describe('Several, each run in turn'),
    given: given.prefault({}),
    steps: z.array(step).min(1),
    [END]: endExpectation,
  })
  .refine((file) => (file.recipe === undefined) !== (file.recipes === undefined), {
    path: ['recipe'],
    error: 'Give one `recipe`, or several `recipes`',
  })
  .refine(isPlayedEverywhereOrSaysWhy, SAY_WHY);
export type Scenario = z.output<typeof scenario>;

import { FaultRule } from '@stackbridge/sandbox/faults.ts';
import { BRAKES } from '@stackbridge/shared-mappers/plan/brakes.ts';
import { duration } from '@stackbridge/shared-mappers/recipes/duration.ts';
import { z } from 'zod';
import { handle } from '../handle.ts';
import { CUT_KINDS } from '../io-kind.ts';
import { isPlayedEverywhereOrSaysWhy, playedOn, SAY_WHY } from '../played-on.ts';
import { recordValues } from '../record-values.ts';

const count = z.int().min(0);
const code = z.string().regex(/^[A-Z][A-Z_]+$/, { error: 'Write an error code such as PERSON_UNKNOWN' });

const syncExpectation = z.strictObject({
  exit: count.optional().describe('Exit code. Default: 0'),
  stoppedBy: code.optional().describe('Error code of what ended it early'),
  counts: z
    .strictObject({
      applied: count.optional(),
      unchanged: count.optional(),
      excluded: count.optional(),
      failed: count.optional(),
    })
    .optional()
    .describe('How many events ended in which way'),
  writes: count.optional().describe('Records written in Salesforce, exactly'),
  callsAtMost: z
    .strictObject({ salesforce: count.optional(), mailchimp: count.optional() })
    .optional()
    .describe('API calls, at most'),
});
export type ActivitySyncExpectation = z.output<typeof syncExpectation>;

const worldExpectation = z.strictObject({
  salesforce: z
    .record(z.string(), z.union([count, z.array(recordValues)]))
    .optional()
    .describe(
      'By object: how many records there are, or all of them in any order. Only the fields named are compared',
    ),
  failures: z
    .array(z.strictObject({ of: handle.describe('Whose, or which campaign'), code }))
    .optional()
    .describe('All of them. At the end: none unless said'),
});
export type ActivityExpectation = z.output<typeof worldExpectation>;

const mail = {
  campaign: handle,
  by: handle.describe('Who got the mail'),
  ago: duration.optional().describe('How long ago it happened: reports learn of things late'),
};

const steps = {
  sync: z
    .strictObject({
      allow: z.array(z.enum(BRAKES)).default([]).describe('Brakes that may be passed'),
      retry: z.boolean().default(false).describe('Only what has failed before'),
      expect: syncExpectation.optional(),
      meanwhile: z
        .strictObject({
          at: count.min(1),
          of: z.enum(CUT_KINDS),
          forget: handle
            .optional()
            .describe('This reader is deleted for good, and vanishes from the reports'),
          drop: handle.optional().describe('This campaign is deleted in Mailchimp, and its report with it'),
        })
        .refine(({ forget, drop }) => (forget === undefined) !== (drop === undefined), {
          error: 'Write one of forget and drop',
        })
        .optional()
        .describe('What happens after one of its operations'),
    })
    .optional()
    .describe('A run of the recipe'),
  crash: z
    .strictObject({
      at: count.min(1).describe('Which operation, from 1'),
      of: z.enum(CUT_KINDS).default('any').describe('Kind of operation. Default: any'),
      when: z.enum(['before', 'after']).default('after'),
    })
    .optional()
    .describe('A run that is cut at one of its operations, with no clean-up'),
  'lose-state': z.strictObject({}).optional().describe('The sync state is lost'),
  send: z
    .strictObject({
      as: handle,
      title: z.string().min(1),
      to: z.array(handle).optional().describe('Default: all readers'),
    })
    .optional()
    .describe('A campaign goes out'),
  open: z.strictObject({ ...mail, machine: z.boolean().default(false) }).optional(),
  click: z.strictObject({ ...mail, url: z.url() }).optional(),
  bounce: z.strictObject({ ...mail, type: z.enum(['hard', 'soft']).default('hard') }).optional(),
  leave: z
    .strictObject({ ...mail, reason: z.string().optional() })
    .optional()
    .describe('Somebody unsubscribes by the link of a campaign'),
  enter: z
    .strictObject({ object: z.string(), as: handle, with: recordValues })
    .optional()
    .describe('A person enters a record in Salesforce'),
  edit: z
    .strictObject({ object: z.string(), of: handle, set: recordValues })
    .optional()
    .describe('A person edits a record in Salesforce'),
  move: z
    .strictObject({ reader: handle, to: z.string().min(3) })
    .optional()
    .describe('A reader changes the address in the profile form'),
  administrator: z
    .looseObject({ action: z.string().min(1) })
    .optional()
    .describe('An action of the simulated Salesforce'),
  fault: FaultRule.optional().describe('From now on calls go wrong'),
  'clear-faults': z.strictObject({}).optional(),
  advance: duration.optional().describe('Time passes: `90s`, `10m`, `6h`'),
  'change-recipe': recordValues.optional().describe('Keys of the recipe that somebody replaces'),
  expect: worldExpectation.optional().describe('What stands in Salesforce now'),
};

export const activityStep = z
  .strictObject(steps)
  .refine((written) => Object.values(written).filter((value) => value !== undefined).length === 1, {
    error: 'Write exactly one thing a step',
  });
export type ActivityStep = z.output<typeof activityStep>;

/** Never a function, so that nothing takes a scenario for a promise. */
const END = 'then';

/** A scenario of campaign activity, version 1. `<name>` in any text stands for the id of the record of that name. */
export const activityScenario = z
  .strictObject({
    scenario: z.literal('activity/v1'),
    title: z.string().min(1).describe('The rule it guards, as a sentence'),
    faults: z.array(count.min(1)).default([]).describe('Lines of the list of faults that it covers'),
    ...playedOn,
    about: z.string().optional().describe('More for whoever reads it'),
    recipe: z.looseObject({ recipe: z.literal('campaign-activity/v1') }).describe('The recipe'),
    given: z
      .strictObject({
        clock: z.iso.datetime().default('2026-11-02T08:00:00Z').describe('When it begins'),
        readers: z.array(handle).default([]).describe('Who is subscribed: `ada` reads as ada@acme.test'),
        crowd: count.default(0).describe('So many readers more: p1, p2, …, each a contact, too'),
        salesforce: z
          .record(z.string(), z.record(handle, recordValues))
          .default({})
          .describe('Records by object, then by name'),
      })
      .prefault({}),
    steps: z.array(activityStep).min(1),
    [END]: worldExpectation
      .extend({ settled: z.boolean().default(true).describe('Another run writes nothing. Default: true') })
      .prefault({}),
  })
  .refine(isPlayedEverywhereOrSaysWhy, SAY_WHY);
export type ActivityScenario = z.output<typeof activityScenario>;

/** Steps that need no details: `- sync` alone will do. */
export const BARE_ACTIVITY_STEPS = ['sync', 'clear-faults', 'lose-state'] as const;

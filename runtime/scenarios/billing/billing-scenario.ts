import { FaultRule } from '@stackbridge/sandbox/faults.ts';
import { BILLING_ANSWERS } from '@stackbridge/shared-mappers/plan/billing/decision.ts';
import { BRAKES } from '@stackbridge/shared-mappers/plan/brakes.ts';
import { duration } from '@stackbridge/shared-mappers/recipes/duration.ts';
import { z } from 'zod';
import { handle } from '../handle.ts';
import { isPlayedEverywhereOrSaysWhy, playedOn, SAY_WHY } from '../played-on.ts';
import { recordValues } from '../record-values.ts';

const count = z.int().min(0);
const code = z.string().regex(/^[A-Z][A-Z_]+$/, { error: 'Write an error code such as DOCUMENT_CLOSED' });
const SYSTEMS = ['zoho-projects', 'zoho-books', 'xero'] as const;
const system = z.enum(SYSTEMS);
const collection = z.string().min(1).describe('As the sandbox calls it: `logs`, `phases`, `invoices`, …');
const bySystem = z.partialRecord(system, count);

const syncExpectation = z.strictObject({
  exit: count.optional().describe('Exit code: 0, 1, 2, 4 or 5. Default: 0'),
  stoppedBy: code.optional().describe('Error code of what ended it early'),
  counts: z
    .strictObject({
      applied: count.optional(),
      unchanged: count.optional(),
      excluded: count.optional(),
      conflicts: count.optional(),
      failed: count.optional(),
    })
    .optional()
    .describe('How many milestones, expenses, invoices, time logs or timesheets ended in which way'),
  writes: count.optional().describe('Records written in Xero, exactly'),
  callsAtMost: bySystem.optional().describe('API calls, at most'),
  warnings: z.array(z.string()).optional().describe('Part of each warning that the preview has to give'),
});
export type BillingSyncExpectation = z.output<typeof syncExpectation>;

const parked = z.array(
  z.strictObject({
    of: z
      .string()
      .describe(
        'Name of the milestone, expense, invoice or log; of a timesheet its number, `ZPAY-<ann>-2026-10-05`',
      ),
    code,
  }),
);

const worldExpectation = z.strictObject({
  invoices: z
    .record(z.string(), recordValues)
    .optional()
    .describe(
      'Invoices and bills by number, all there are; `<design>` in it stands for the id. Only the fields named are compared',
    ),
  spent: z
    .record(z.string(), recordValues)
    .optional()
    .describe('Spend money by our number, all there is. Only the fields named are compared'),
  files: z
    .record(z.string(), z.array(z.string()))
    .optional()
    .describe('Names of the files on documents, by number: all there are'),
  notes: z
    .record(z.string(), z.array(z.string()))
    .optional()
    .describe('Notes in the history of documents, by number: all there are'),
  rebilled: z
    .record(z.string(), z.string())
    .optional()
    .describe('Documents with a line linked to a customer, by number: all there are'),
  projects: z
    .record(z.string(), z.array(z.string()))
    .optional()
    .describe('Projects in Xero, all there are, by name: the names of their tasks, in any order'),
  timeEntries: z
    .record(z.string(), recordValues)
    .optional()
    .describe(
      'By description, all there are: `project`, `task`, `user` (address), `date`, `minutes`, `status`, as far as named',
    ),
  timesheets: z
    .record(z.string(), recordValues)
    .optional()
    .describe(
      'By employee and first day, such as `Ann Lee 2026-10-05`, all there are: `to`, `status`, `hours: [2026-10-05 2.3333]`',
    ),
  contacts: z.array(z.string()).optional().describe('Names of all customers in Xero, in any order'),
  conflicts: parked.optional().describe('All of them. At the end: none unless said'),
  failures: parked.optional().describe('All of them. At the end: none unless said'),
});
export type BillingExpectation = z.output<typeof worldExpectation>;

const recipeName = z.string().optional().describe('Name of the recipe. Default: the first');

const steps = {
  sync: z
    .strictObject({
      recipe: recipeName,
      expect: syncExpectation.optional(),
      allow: z.array(z.enum(BRAKES)).optional().describe('Brakes that are let through'),
    })
    .optional()
    .describe('A run of the recipe'),
  'sync-twice': z
    .strictObject({})
    .optional()
    .describe('Two workers run the recipe at once: one of them gives way'),
  crash: z
    .strictObject({
      at: count.min(1).describe('Which operation, from 1'),
      of: z
        .enum(['any', 'read', 'write', 'store'])
        .default('any')
        .describe('Kind of operation. Default: any'),
      when: z.enum(['before', 'after']).default('after'),
      recipe: recipeName,
    })
    .optional()
    .describe('A run that is cut at one of its operations, with no clean-up'),
  enter: z
    .strictObject({ system, collection, as: handle, with: recordValues })
    .optional()
    .describe('A person enters a record'),
  edit: z
    .strictObject({ system, collection, of: handle, set: recordValues })
    .optional()
    .describe('A person edits a record'),
  remove: z.strictObject({ system, collection, of: handle }).optional().describe('A person deletes a record'),
  find: z
    .strictObject({ system, collection, as: handle, where: recordValues })
    .optional()
    .describe('Gives a name to the one record whose fields are these, such as one that a run has made'),
  act: z
    .looseObject({ system, action: z.string().min(1) })
    .optional()
    .describe('An action of the sandbox: `{ system: xero, action: authorise, invoice: ZP-<design> }`'),
  fault: FaultRule.optional().describe('From now on calls go wrong'),
  'clear-faults': z.strictObject({}).optional(),
  advance: duration.optional().describe('Time passes: `90s`, `10m`, `6h`'),
  'change-recipe': recordValues.optional().describe('Keys of the recipe that somebody replaces'),
  answer: z
    .strictObject({ of: z.string(), document: z.string(), answer: z.enum(BILLING_ANSWERS) })
    .optional()
    .describe('A person decides a difference'),
  expect: worldExpectation.optional().describe('What stands in Xero now'),
};

export const billingStep = z
  .strictObject(steps)
  .refine((written) => Object.values(written).filter((value) => value !== undefined).length === 1, {
    error: 'Write exactly one thing a step',
  });
export type BillingStep = z.output<typeof billingStep>;

const recipe = z.looseObject({ recipe: z.string(), name: z.string() });
const records = z.record(handle, recordValues);

/** Never a function, so that nothing takes a scenario for a promise. */
const END = 'then';

/** A scenario of a billing recipe, version 1. `<name>` in any text stands for the id of the record of that name. */
export const billingScenario = z
  .strictObject({
    scenario: z.literal('billing/v1'),
    title: z.string().min(1).describe('The rule it guards, as a sentence'),
    faults: z.array(count.min(1)).default([]).describe('Lines of the list of faults that it covers'),
    about: z.string().optional().describe('More for whoever reads it'),
    ...playedOn,
    recipe: recipe.describe('The recipe, its account map inside'),
    also: z.array(recipe).default([]).describe('Further recipes that steps may name'),
    given: z
      .strictObject({
        clock: z.iso.datetime().default('2026-11-02T08:00:00Z').describe('When it begins'),
        region: z
          .enum(['AU', 'NZ', 'UK', 'US'])
          .default('AU')
          .describe('Where the organisation in Xero is at home. Default: AU'),
        'zoho-projects': z.record(z.string(), records).default({}).describe('By collection, then by name'),
        'zoho-books': z.record(z.string(), records).default({}),
        xero: z.record(z.string(), records).default({}),
      })
      .prefault({}),
    steps: z.array(billingStep).min(1),
    [END]: worldExpectation
      .extend({
        settled: z.boolean().default(true).describe('Another run writes nothing. Default: true'),
      })
      .prefault({}),
  })
  .refine(isPlayedEverywhereOrSaysWhy, SAY_WHY);
export type BillingScenario = z.output<typeof billingScenario>;

/** Steps that need no details: `- sync` alone will do. */
export const BARE_BILLING_STEPS = ['sync', 'sync-twice', 'clear-faults'] as const;

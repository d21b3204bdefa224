import { FaultRule } from '@stackbridge/sandbox/faults.ts';
import { BRAKES } from '@stackbridge/shared-mappers/plan/brakes.ts';
import { duration } from '@stackbridge/shared-mappers/recipes/duration.ts';
import { z } from 'zod';
import { syncExpectation, worldExpectation } from './expectation.ts';
import { handle, handles } from './handle.ts';
import { CUT_KINDS } from './io-kind.ts';
import { recordValues } from './record-values.ts';

const inSalesforce = { salesforce: handles.describe('Who, by name') };
const inMailchimp = { mailchimp: handles.describe('Who, by name') };
const by = z.enum(['person', 'administrator']).describe('Who does it; decides whether the API may undo it');

const edit = z.union([
  z.strictObject({ ...inSalesforce, set: recordValues }),
  z.strictObject({ ...inMailchimp, set: recordValues }),
]);

const create = z.union([
  z.strictObject({
    salesforce: z.string().min(1).describe('Object: Contact or Lead'),
    as: handle,
    with: recordValues,
  }),
  z.strictObject({ mailchimp: z.string().min(1).describe('Audience'), as: handle, with: recordValues }),
]);

const operationPoint = {
  at: z.int().min(1).default(1).describe('Which operation of that kind, from 1'),
  of: z.enum(CUT_KINDS).default('any').describe('Kind of operation. Default: any'),
  when: z
    .enum(['before', 'after'])
    .default('after')
    .describe('Before it is carried out, or after it was carried out and before its answer arrives'),
};

const syncOptions = {
  recipe: z.string().optional().describe('Name of one of several recipes. Default: each in turn'),
  allow: z.array(z.enum(BRAKES)).default([]).describe('Brakes that may be passed'),
  full: z.boolean().default(false).describe('Read everything on both sides'),
};

/** People's steps that may happen in the middle of a sync. */
const peopleSteps = {
  edit: edit.optional().describe('A person edits records'),
  create: create.optional().describe('A person enters a record'),
  delete: z.strictObject(inSalesforce).optional().describe('A person deletes CRM records'),
  undelete: z.strictObject(inSalesforce).optional().describe('A person takes CRM records out of the bin'),
  merge: z
    .strictObject({ winner: handle, losers: z.array(handle).min(1).max(2) })
    .optional()
    .describe('A person merges CRM records'),
  convert: z
    .strictObject({
      lead: handle,
      contact: handle.optional().describe('Name of the contact it becomes'),
      into: handle.optional().describe('A contact that it is converted into'),
    })
    .refine(({ contact, into }) => (contact === undefined) !== (into === undefined), {
      error: 'Give either `contact`, a new name, or `into`, a contact that there is',
    })
    .optional()
    .describe('A person converts a lead'),
  subscribe: z
    .strictObject({ ...inMailchimp, by: by.default('person') })
    .optional()
    .describe('A member that is not subscribed comes back'),
  'sign-up': z
    .strictObject({ audience: z.string().min(1), as: handle, with: recordValues })
    .optional()
    .describe('Somebody joins an audience by the form'),
  unsubscribe: z.strictObject({ ...inMailchimp, by: by.default('person') }).optional(),
  archive: z.strictObject(inMailchimp).optional().describe('An administrator archives members'),
  clean: z.strictObject(inMailchimp).optional().describe('Mail to them bounced for good'),
  'change-email': z
    .strictObject({ mailchimp: handle, to: z.string().min(3) })
    .optional()
    .describe('The person changes the address in the profile form'),
  'delete-permanent': z.strictObject(inMailchimp).optional().describe('Forgotten for good'),
  administrator: z
    .looseObject({
      salesforce: z.string().optional(),
      mailchimp: z.string().optional(),
    })
    .optional()
    .describe(
      'An action of the sandbox: `{ salesforce: hide-field, object: Contact, field: Phone, hidden: true }`',
    ),
  fault: FaultRule.optional().describe('From now on calls go wrong'),
  'clear-faults': z.strictObject({}).optional(),
  'sign-in': z.strictObject({}).optional().describe('Somebody grants access again, to both systems'),
  advance: duration.optional().describe('Time passes: `90s`, `10m`, `6h`'),
};

/** What a person did some time ago, and what only now can be read: commits become visible late. */
const late = z.strictObject({
  by: duration.describe('How long ago it was stamped'),
  edit: edit.optional(),
  create: create.optional(),
  unsubscribe: peopleSteps.unsubscribe,
});

const syncMeanwhile = z.strictObject({
  ...syncOptions,
  expect: syncExpectation.optional(),
});

/** A step in the middle of a sync; another sync may start there, too. */
const meanwhileStep = z
  .strictObject({ ...peopleSteps, sync: syncMeanwhile.optional() })
  .refine(hasOneKeyAtMost, { error: 'Write exactly one thing a step' });

const sync = z.strictObject({
  ...syncOptions,
  dryRun: z.boolean().default(false).describe('Only plan; nothing may be written'),
  meanwhile: z
    .array(z.strictObject({ ...operationPoint, steps: z.array(meanwhileStep).min(1) }))
    .default([])
    .describe('What happens while it runs'),
  expect: syncExpectation.optional(),
});

/** One step of a scenario: exactly one key. */
export const step = z
  .strictObject({
    ...peopleSteps,
    late: late.optional().describe('An edit that was stamped some time ago and can be read only now'),
    sync: sync.optional().describe('A run of each recipe, or of one'),
    crash: z
      .strictObject({ ...syncOptions, ...operationPoint })
      .optional()
      .describe('A sync that is cut at one of its operations, with no clean-up'),
    'change-recipe': z
      .strictObject({ recipe: z.string().optional(), change: recordValues })
      .optional()
      .describe('Somebody edits the recipe; inner keys are replaced, lists whole, null takes a key out'),
    'save-state': z.strictObject({}).optional().describe('A backup of the sync state is taken'),
    'restore-state': z.strictObject({}).optional().describe('The backup is put back'),
    'lose-state': z.strictObject({}).optional().describe('The sync state is lost'),
    resolve: z
      .strictObject({
        of: handle,
        field: z.string().optional().describe('Name of the rule. Default: every field at issue'),
        keep: z.enum(['salesforce', 'mailchimp']).optional(),
        value: z.string().optional(),
      })
      .optional()
      .describe('A person decides a conflict'),
    undo: z
      .strictObject({ of: handle, field: z.string() })
      .optional()
      .describe('A person takes the value back that the last write to the field replaced'),
    retry: z.strictObject({ of: handle }).optional().describe('A person has a failure tried again'),
    expect: worldExpectation.optional().describe('What both systems hold now'),
  })
  .refine(hasOneKeyAtMost, { error: 'Write exactly one thing a step' });

/** Steps that need no details: `- sync` alone will do. */
export const BARE_STEPS = [
  'sync',
  'clear-faults',
  'sign-in',
  'save-state',
  'restore-state',
  'lose-state',
] as const;

export type Step = z.output<typeof step>;
export type MeanwhileStep = z.output<typeof meanwhileStep>;
export type PeopleStep = Omit<MeanwhileStep, 'sync'>;
export type SyncStep = z.output<typeof sync>;
export type CrashStep = NonNullable<Step['crash']>;

function hasOneKeyAtMost(written: object): boolean {
  return Object.values(written).filter((value) => value !== undefined).length <= 1;
}

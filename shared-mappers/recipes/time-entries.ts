import { z } from 'zod';
import { billingOptions, template, zohoPlace } from './billing-options.ts';

const name = z.string().min(1);

const CREATES = ['contacts', 'projects', 'tasks'] as const;

const timeEntries = z.strictObject({
  nonBillable: z
    .boolean()
    .default(false)
    .describe('Also hours that nobody is charged for, on tasks of their own. Default: false'),
  create: z
    .array(z.enum(CREATES))
    .default([])
    .refine((made) => !made.includes('contacts') || made.includes('projects'), {
      error: 'A contact is only created for a project: add projects, or leave contacts out',
    })
    .describe('What Xero does not have yet and may be created: contacts, projects, tasks. Default: nothing'),
  taskName: template
    .default('{task}')
    .describe("Name of the task in Xero, which has one rate: {task}, {person}. Default: '{task}'"),
  text: template
    .default('{notes}')
    .describe("What an entry says: {notes}, {task}, {person}, {date}, {project}. Default: '{notes}'"),
});

const payroll = z.strictObject({
  earningsRate: name
    .exactOptional()
    .describe('What people are paid as whose entry in the account map says nothing: name or id'),
  timesheets: z
    .enum(['v1', 'v2'])
    .exactOptional()
    .describe("In Australia: which of payroll's two kinds of timesheets. Default: v1"),
});

const recipe = z.strictObject({
  recipe: z.literal('time-entries/v1'),
  name: billingOptions.name,
  accounts: billingOptions.accounts,
  cutOver: billingOptions.cutOver,
  zoho: z.strictObject({ portal: zohoPlace.portal }).prefault({}).describe('Where the work is'),
  projects: z
    .array(name)
    .min(1)
    .exactOptional()
    .describe('Names, keys or ids of the projects whose time is taken. Default: all'),
  approval: z
    .enum(['required', 'not-needed'])
    .default('required')
    .describe('Whether hours wait for their approval. Default: required'),
  destinations: z
    .strictObject({
      'xero-projects': timeEntries
        .exactOptional()
        .describe('Time entries of Xero Projects, which are invoiced from there'),
      payroll: payroll.exactOptional().describe('Payroll timesheets: Australia, New Zealand, United Kingdom'),
    })
    .refine((places) => Object.values(places).some((place) => place !== undefined), {
      error: 'Name a destination: xero-projects, payroll, or both',
    })
    .describe('Where time goes'),
  brakes: z
    .strictObject({
      deletes: z
        .strictObject({
          share: z.number().min(0).max(1).default(0.05).describe('Of what there is of ours. Default: 0.05'),
          atLeast: z.int().min(0).default(5).describe('Never stops below this number. Default: 5'),
        })
        .prefault({})
        .describe('Logs that would leave time entries and timesheets: beyond this the run stops'),
    })
    .prefault({})
    .describe('How much may go in one run without anybody being asked'),
  patience: billingOptions.patience,
});

/** Approved time logs of Zoho Projects become time entries and timesheets in Xero, version 1. */
export const timeEntriesRecipe = recipe.transform(({ patience, ...rest }) => ({
  ...rest,
  patienceMs: patience,
}));

/** As read, every default filled in. */
export type TimeEntriesRecipe = z.output<typeof timeEntriesRecipe>;

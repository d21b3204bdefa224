import { z } from 'zod';
import { EVENT_KINDS } from '../model/activity.ts';
import { duration } from './duration.ts';

const field = z.string().min(1);
const label = z.string().min(1).max(255);
const kinds = z.array(z.enum(EVENT_KINDS)).min(1);
const userId = z
  .string()
  .regex(/^005[a-zA-Z0-9]{12}([A-Z0-5]{3})?$/, { error: 'Write the id of a user; it begins with 005' });
const points = z.int().min(-1000).max(1000);
const days = z.int().min(1).max(365);

const recordObject = z.strictObject({
  object: z
    .string()
    .regex(/^\w+__c$/, { error: 'Write the API name of a custom object, such as Mailchimp_Engagement__c' })
    .describe('API name of the custom object: one record an event'),
  externalId: field.describe(
    'Its unique external-id text field, at least 48 characters: holds the event key',
  ),
  events: kinds.exactOptional().describe('Which of the events become records. Default: all of `events`'),
  fields: z
    .strictObject({
      contact: field.exactOptional().describe('Look-up to the contact'),
      lead: field.exactOptional().describe('Look-up to the lead'),
      campaign: field.exactOptional().describe('Look-up to the campaign'),
      campaignName: field.exactOptional().describe('Text: title of the campaign'),
      type: field.exactOptional().describe('Text: send, open, click, bounce or unsubscribe'),
      at: field.exactOptional().describe('Date and time of the event'),
      url: field.exactOptional().describe('Link of a click'),
      detail: field.exactOptional().describe('Text: kind of bounce, reason of an unsubscribe'),
      machine: field.exactOptional().describe('Checkbox: opened by a mail program'),
    })
    .describe('Which of its fields take what'),
});

const taskDestination = z.strictObject({
  events: kinds.default(['click']).describe('Which of the events become tasks. Default: clicks'),
  subject: z
    .string()
    .min(1)
    .max(255)
    .default('{event}: {campaign}')
    .describe('Its subject; {event}, {campaign}, {subject} and {url} are filled in'),
});

const memberDestination = z
  .strictObject({
    send: label.exactOptional(),
    open: label.exactOptional(),
    click: label.exactOptional(),
    bounce: label.exactOptional(),
    unsubscribe: label.exactOptional(),
  })
  .describe('Status of the campaign member for each kind of event; a later kind overrules an earlier one');

const threshold = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'Write small letters, digits and single hyphens' })
    .max(60)
    .describe('Names the rule; a person meets each rule once'),
  score: z.int().min(1).describe('The engagement score that sets it off'),
  owner: userId.exactOptional().describe('Id of the user who becomes owner. Default: the owner stays'),
  task: z
    .strictObject({
      subject: z.string().min(1).max(255).describe('{score} and {rule} are filled in'),
      dueInDays: z.int().min(0).max(30).default(1).describe('Days until it is due. Default: 1'),
      priority: z.enum(['High', 'Normal', 'Low']).default('Normal').describe('Default: Normal'),
      owner: userId.exactOptional().describe('Id of the user it is for. Default: the user signed in as'),
    })
    .exactOptional()
    .describe('A task to follow it up'),
});

const recipe = z.strictObject({
  recipe: z.literal('campaign-activity/v1'),
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'Write small letters, digits and single hyphens' })
    .max(60)
    .describe('Names the recipe in runs, history and failures; small letters, digits, hyphens'),
  mailchimp: z
    .strictObject({
      audience: z.string().min(1).exactOptional().describe('Name or id. Default: campaigns to all audiences'),
    })
    .prefault({})
    .describe('Which campaigns'),
  follow: days.default(30).describe('Days after it was sent that a campaign’s report is read. Default: 30'),
  events: kinds
    .default(['open', 'click', 'bounce', 'unsubscribe'])
    .describe('What is carried over. Sends are left out unless named: there are as many as mails'),
  machineOpens: z
    .enum(['leave-out', 'mark', 'count'])
    .default('leave-out')
    .describe(
      'Opens by mail programs: left out; carried over and marked, but counted nowhere; or like all others. Default: leave-out',
    ),
  people: z
    .array(z.enum(['Contact', 'Lead']))
    .min(1)
    .max(2)
    .default(['Contact', 'Lead'])
    .describe(
      'Objects in which people are looked for by address, in this order. Default: Contact, then Lead',
    ),
  unknown: z
    .enum(['park', 'lead', 'skip'])
    .default('park')
    .describe(
      'Events of people who are not in Salesforce: wait for them, create leads, or leave out. Default: park',
    ),
  leads: z
    .strictObject({
      company: z.string().min(1).max(255).default('[not provided]').describe('Default: [not provided]'),
      source: z.string().min(1).exactOptional().describe('Lead source. Default: none'),
    })
    .prefault({})
    .describe('What new leads get beside the address'),
  campaigns: z
    .strictObject({
      key: field
        .exactOptional()
        .describe('External-id field of Campaign that holds Mailchimp’s id. Default: matched by name'),
      create: z.boolean().default(true).describe('Create the campaigns that are missing. Default: true'),
      type: z.string().min(1).default('Email').describe('Type of new campaigns. Default: Email'),
    })
    .prefault({})
    .describe('How campaigns are found in Salesforce'),
  to: z
    .strictObject({
      records: recordObject.exactOptional(),
      tasks: taskDestination.exactOptional(),
      campaignMembers: memberDestination.exactOptional(),
      rollUps: z
        .strictObject({
          lastOpen: field.exactOptional().describe('Date and time of the last open'),
          lastClick: field.exactOptional().describe('Date and time of the last click'),
          opens: field.exactOptional().describe('Number of opens in the last `days`'),
          clicks: field.exactOptional().describe('Number of clicks in the last `days`'),
          score: field.exactOptional().describe('Engagement score of the last `days`'),
        })
        .exactOptional()
        .describe('Fields of the contact and the lead'),
    })
    .refine((to) => Object.values(to).some((one) => one !== undefined), {
      error: 'Name at least one of records, tasks, campaignMembers, rollUps',
    })
    .describe('Where it goes: one or several'),
  taskKey: field
    .exactOptional()
    .describe(
      'External-id text field of tasks, at least 160 characters: holds the event key. Without it each batch of tasks is looked for first, one more call',
    ),
  score: z
    .strictObject({
      send: points.default(0),
      open: points.default(1),
      click: points.default(5),
      bounce: points.default(-5),
      unsubscribe: points.default(-20),
    })
    .prefault({})
    .describe('Points of each event. Defaults: open 1, click 5, bounce -5, unsubscribe -20'),
  days: days.default(90).describe('Days that counts and score look back. Default: 90'),
  rules: z
    .array(threshold)
    .default([])
    .describe('What happens, once, when a person’s score reaches a number'),
  brakes: z
    .strictObject({
      creates: z
        .int()
        .min(0)
        .default(200)
        .describe('Leads, follow-ups and changes of owner that one run may make. Default: 200'),
    })
    .prefault({})
    .describe('Where a run stops before its first write'),
  overlap: duration
    .prefault('10m')
    .describe('How far before the last run reports are read again. Default: 10m'),
  patience: duration
    .prefault('15m')
    .describe("Longest wait for a system's limit before the run ends, to go on later. Default: 15m"),
});

/** What people do with Mailchimp's campaigns goes to Salesforce, version 1. */
export const campaignActivity = recipe.transform(({ overlap, patience, ...rest }) => ({
  ...rest,
  overlapMs: overlap,
  patienceMs: patience,
}));

/** As read, every default filled in. */
export type CampaignActivityRecipe = z.output<typeof campaignActivity>;

/** Whether it counts what was delivered before, which only a store remembers. */
export function countsEarlier({ to, rules }: Pick<CampaignActivityRecipe, 'to' | 'rules'>): boolean {
  return to.rollUps !== undefined || rules.length > 0;
}

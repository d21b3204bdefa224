import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { chosenFrom } from '../dropdowns/dropdown.ts';
import { mailchimpAudiences } from '../dropdowns/mailchimp-audiences.ts';
import { LOOK_BACK_FIELD, lookBack } from '../fields/look-back.ts';
import { campaignEvents } from '../records/campaign-events.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const EVENTS = ['open', 'click', 'bounce', 'unsubscribe'] as const;
const EVENT_LABELS = {
  open: 'Opened',
  click: 'Clicked',
  bounce: 'Bounced',
  unsubscribe: 'Unsubscribed',
} as const satisfies Record<(typeof EVENTS)[number], string>;

const input = z.object({
  audience: z.string().min(1).optional(),
  events: z.array(z.enum(EVENTS)).default([]),
  followDays: z.coerce.number().int().min(1).max(365).default(30),
  lookBack,
});

export const mailchimpCampaignActivity = defineTrigger({
  key: 'mailchimp_campaign_activity',
  noun: 'Campaign Activity',
  display: {
    label: 'Campaign Activity in Mailchimp',
    description:
      'Triggers when somebody opens a Mailchimp campaign, clicks a link in it or unsubscribes from it, or when it bounces.',
  },
  operation: {
    type: 'polling',
    inputFields: [
      {
        key: 'audience',
        label: 'Audience',
        type: 'string',
        required: false,
        ...chosenFrom(mailchimpAudiences),
        helpText: 'Only campaigns to this audience. Leave it empty for all.',
      },
      {
        key: 'events',
        label: 'Events',
        type: 'string',
        list: true,
        required: false,
        choices: EVENT_LABELS,
        helpText: 'What people did. Leave it empty for all four.',
      },
      {
        key: 'followDays',
        label: 'Days to Follow a Campaign',
        type: 'integer',
        required: false,
        default: '30',
        helpText:
          'Campaigns are looked at for so many days after they were sent (1 to 365, usually 30). Each costs up to three calls a check: choose fewer days where you send many a week.',
      },
      LOOK_BACK_FIELD,
    ],
    perform: step(async (step) => {
      const { events, ...wanted } = readInput(input, step.input);
      return campaignEvents(step, { ...wanted, events: events.length === 0 ? EVENTS : events });
    }),
    sample: {
      id: 'cmp0000001-0123456789abcdef0123456789abcdef0123456789abcdef',
      event: 'click',
      email: 'ada@lovelace.test',
      at: '2026-11-02T08:00:00.000Z',
      campaignId: 'cmp0000001',
      campaign: 'November news',
      subject: 'What is new in November',
      audience: 'Newsletter',
      url: 'https://engines.test/november',
      detail: '',
      byMachine: false,
    },
    outputFields: [
      { key: 'id', label: 'Event ID' },
      { key: 'event', label: 'Event' },
      { key: 'email', label: 'Email Address' },
      { key: 'at', label: 'When', type: 'datetime' },
      { key: 'campaignId', label: 'Campaign ID' },
      { key: 'campaign', label: 'Campaign' },
      { key: 'subject', label: 'Subject Line' },
      { key: 'audience', label: 'Audience' },
      { key: 'url', label: 'Link' },
      { key: 'detail', label: 'Detail' },
      { key: 'byMachine', label: 'Is Opened by a Mail Program', type: 'boolean' },
      { key: 'activity', label: 'Activity for Sync Steps' },
    ],
  },
});

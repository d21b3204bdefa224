import { defineCreate } from 'zapier-platform-core';
import { z } from 'zod';
import { readActivity } from '../activity/activity-delivery.ts';
import { readActivityRecipe } from '../activity/activity-recipe.ts';
import { logActivity } from '../activity/log-activity.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ recipe: z.string().min(1), activity: z.string().min(1) });

export const salesforceCampaignActivity = defineCreate({
  key: 'salesforce_campaign_activity',
  noun: 'Logged Campaign Activity',
  display: {
    label: 'Log Campaign Activity in Salesforce',
    description:
      'Logs what somebody did with a Mailchimp campaign in Salesforce, as a task, a campaign member or a record of your own: never twice.',
  },
  operation: {
    inputFields: [
      {
        key: 'recipe',
        label: 'Recipe',
        type: 'text',
        required: true,
        helpText:
          'The text of your recipe for campaign activity: which events are logged, and as what. Without roll-ups and rules, which need what came before.',
      },
      {
        key: 'activity',
        label: 'Activity',
        type: 'text',
        required: true,
        helpText: 'Choose "Activity for Sync Steps" of the trigger Campaign Activity in Mailchimp.',
      },
    ],
    perform: step(async (step) => {
      const { recipe, activity } = readInput(input, step.input);
      const delivery = readActivity(activity);
      const logged = await logActivity(step, readActivityRecipe(recipe), delivery);
      const { key, email, kind } = delivery.event;
      return { id: `${delivery.campaign.id}-${key}`, ...logged, email, event: kind };
    }),
    // Two events of one person may meet in the same campaign member.
    lock: { key: 'salesforce_campaign_activity', scope: ['auth'], timeout: 60 },
    sample: {
      id: 'cmp0000001-0123456789abcdef0123456789abcdef0123456789abcdef',
      outcome: 'applied',
      because: '',
      written: 2,
      email: 'ada@lovelace.test',
      event: 'click',
    },
    outputFields: [
      { key: 'id', label: 'Event ID' },
      { key: 'outcome', label: 'Outcome' },
      { key: 'because', label: 'Reason' },
      { key: 'written', label: 'Records Written', type: 'integer' },
      { key: 'email', label: 'Email Address' },
      { key: 'event', label: 'Event' },
    ],
  },
});

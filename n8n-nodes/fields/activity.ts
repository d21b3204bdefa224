import type { INodeProperties } from 'n8n-workflow';

/** Operations that are about campaigns, not about the records of people. */
export const ACTIVITY_OPERATIONS = ['previewActivity', 'pushActivity'] as const;

/** What people did with campaigns, and where it goes. */
export const ACTIVITY_FIELDS: readonly INodeProperties[] = [
  {
    displayName: 'Activity Recipe',
    name: 'activityRecipe',
    type: 'string',
    typeOptions: { rows: 12 },
    default: '',
    required: true,
    placeholder: 'recipe: campaign-activity/v1',
    description:
      'A campaign-activity/v1 recipe as YAML or JSON, without <code>to.rollUps</code> and <code>rules</code>: n8n keeps no history to count',
  },
  {
    displayName: 'Since',
    name: 'since',
    type: 'dateTime',
    default: '={{ $now.minus({ hours: 26 }).toISO() }}',
    description:
      'What people did since this time, and a little further back. Look back further than the workflow runs: what is in Salesforce already is found again, not written twice.',
  },
];

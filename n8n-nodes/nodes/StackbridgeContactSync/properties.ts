import type { INodeProperties } from 'n8n-workflow';
import { ACTIVITY_FIELDS, ACTIVITY_OPERATIONS } from '../../fields/activity.ts';
import { MAILCHIMP_SIGN_IN } from '../../fields/mailchimp-sign-in.ts';
import { RECIPE_FIELDS } from '../../fields/recipe.ts';
import { ACTIVITY_OPTIONS, RUN_OPTIONS } from '../../fields/run-options.ts';

/** Which people a sync looks at. */
const WHOM: readonly INodeProperties[] = [
  {
    displayName: 'Look At',
    name: 'lookAt',
    type: 'options',
    options: [
      {
        name: 'Changes Since a Time',
        value: 'changes',
        description: 'Everything that has changed on either side since then',
      },
      { name: 'Everything', value: 'everything', description: 'Every record of both sides' },
      {
        name: 'People in the Input',
        value: 'items',
        description: 'The people that the input items name, all in one plan',
      },
    ],
    default: 'items',
    description: 'Which people are compared. Both records of each are read as they are now.',
  },
  {
    displayName: 'Since',
    name: 'since',
    type: 'dateTime',
    default: '={{ $now.minus({ hours: 1 }).toISO() }}',
    description:
      'What has changed on either side since this time. Each system is asked by its own clock, and a little further back.',
    displayOptions: { show: { lookAt: ['changes'] } },
  },
  {
    displayName: 'Salesforce ID',
    name: 'salesforceId',
    type: 'string',
    default: '={{ $json.salesforceId }}',
    description: 'Of the contact or lead that an input item is about. One of the three is enough.',
    displayOptions: { show: { lookAt: ['items'] } },
  },
  {
    displayName: 'Mailchimp Contact ID',
    name: 'memberId',
    type: 'string',
    default: '={{ $json.memberId }}',
    description: 'The contact_id of the member that an input item is about',
    displayOptions: { show: { lookAt: ['items'] } },
  },
  {
    displayName: 'Email',
    name: 'email',
    type: 'string',
    default: '={{ $json.email }}',
    placeholder: 'name@email.com',
    description: 'The address of the person, for items that have no ID. It is looked up on both sides.',
    displayOptions: { show: { lookAt: ['items'] } },
  },
];

export const PROPERTIES: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    options: [
      {
        name: 'Preview',
        value: 'preview',
        description: 'Make the same plan and write nothing',
        action: 'Preview a contact sync',
      },
      {
        name: 'Preview Campaign Activity',
        value: 'previewActivity',
        description: 'Read what people did with campaigns and write nothing',
        action: 'Preview campaign activity',
      },
      {
        name: 'Push Campaign Activity',
        value: 'pushActivity',
        description: 'Take what people did with Mailchimp campaigns into Salesforce',
        action: 'Push campaign activity',
      },
      {
        name: 'Sync',
        value: 'sync',
        description: 'Bring both systems to agree',
        action: 'Sync contacts',
      },
    ],
    default: 'sync',
  },
  MAILCHIMP_SIGN_IN,
  ...shownIn(ACTIVITY_OPERATIONS, [...ACTIVITY_FIELDS, ACTIVITY_OPTIONS]),
  ...shownIn(['preview', 'sync'], [...RECIPE_FIELDS, ...WHOM, RUN_OPTIONS]),
];

function shownIn(operations: readonly string[], properties: readonly INodeProperties[]): INodeProperties[] {
  return properties.map((property) => ({
    ...property,
    displayOptions: { show: { ...property.displayOptions?.show, operation: [...operations] } },
  }));
}

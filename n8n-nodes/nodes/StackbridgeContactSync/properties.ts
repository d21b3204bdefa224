import type { INodeProperties } from 'n8n-workflow';

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
        name: 'Sync',
        value: 'sync',
        description: 'Bring both systems to agree',
        action: 'Sync contacts',
      },
    ],
    default: 'sync',
  },
  {
    displayName: 'Mailchimp Authentication',
    name: 'mailchimpAuthentication',
    type: 'options',
    options: [
      { name: 'API Key', value: 'apiKey' },
      { name: 'OAuth2', value: 'oAuth2' },
    ],
    default: 'apiKey',
  },
  {
    displayName: 'Recipe',
    name: 'recipe',
    type: 'string',
    typeOptions: { rows: 12 },
    default: '',
    required: true,
    description: 'A contact-sync/v1 recipe as YAML or JSON',
  },
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
    description: 'Of the contact or lead that an input item is about',
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
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: [
      {
        displayName: 'Add a Summary Item',
        name: 'summary',
        type: 'boolean',
        default: false,
        description:
          'Whether to add a last item to Synced with counts, writes, calls and where the next run begins',
      },
      {
        displayName: 'Brakes to Pass',
        name: 'allow',
        type: 'multiOptions',
        options: [
          { name: 'Deletions', value: 'deletes', description: 'More deletions than the recipe allows' },
          {
            name: 'Overwrites',
            value: 'overwrites',
            description: 'More overwritten values than the recipe allows',
          },
        ],
        default: [],
        description:
          'A run that would change more than the recipe allows stops before its first write. Read the preview before you let it pass.',
      },
    ],
  },
];

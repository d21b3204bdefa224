import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

export const MAILCHIMP_SIGN_IN: INodeProperties = {
  displayName: 'Mailchimp Authentication',
  name: 'mailchimpAuthentication',
  type: 'options',
  options: [
    { name: 'API Key', value: 'apiKey', description: 'With a key of the account' },
    { name: 'OAuth2', value: 'oAuth2', description: 'With the consent of a user of the account' },
  ],
  default: 'apiKey',
  description: 'How n8n signs in to Mailchimp',
};

/** One for each way to sign in. */
export const MAILCHIMP_CREDENTIALS: NonNullable<INodeTypeDescription['credentials']> = [
  {
    name: 'stackbridgeMailchimpApi',
    required: true,
    displayOptions: { show: { mailchimpAuthentication: ['apiKey'] } },
  },
  {
    name: 'stackbridgeMailchimpOAuth2Api',
    required: true,
    displayOptions: { show: { mailchimpAuthentication: ['oAuth2'] } },
  },
];

/** Of nodes that reach both systems. As one list: n8n's linter reads no list that is put together in the node. */
export const PEOPLE_CREDENTIALS: NonNullable<INodeTypeDescription['credentials']> = [
  { name: 'stackbridgeSalesforceOAuth2Api', required: true },
  ...MAILCHIMP_CREDENTIALS,
];

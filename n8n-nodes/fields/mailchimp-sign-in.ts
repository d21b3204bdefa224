import type { INodeProperties } from 'n8n-workflow';

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

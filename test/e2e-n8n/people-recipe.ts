import { randomUUID } from 'node:crypto';
import type { ChainNode } from './n8n/chain.ts';
import type { PackCredentials } from './n8n/sandbox-credentials.ts';
import { AUDIENCE } from './people.ts';

/** Four fields, and the marks with which the next run knows what is new. */
const PEOPLE_RECIPE = {
  recipe: 'contact-sync/v1',
  name: 'people',
  // Unique: two executions that create the same person at once make one.
  salesforce: { object: 'Contact', externalId: 'Mailchimp_Contact_Id__c' },
  mailchimp: { audience: AUDIENCE },
  base: {
    salesforce: 'Stackbridge_Stamp__c',
    mailchimp: 'SBSTAMP',
    partner: { salesforce: 'Mailchimp_Contact_Id__c', mailchimp: 'SFID' },
  },
  create: { salesforce: true, mailchimp: true },
  newMembers: 'subscribed',
  fields: [
    { salesforce: 'FirstName', mailchimp: 'FNAME' },
    { salesforce: 'LastName', mailchimp: 'LNAME' },
    { salesforce: 'Phone', mailchimp: 'PHONE', type: 'phone', region: 'US' },
    { salesforce: 'Title', mailchimp: 'TITLE' },
  ],
  consent: { salesforce: 'HasOptedOutOfEmail' },
};

/** A Contact Sync node with that recipe. Webhooks of the built-in node put what they were sent under `body`. */
export function contactSyncNode(
  { stackbridgeSalesforceOAuth2Api, stackbridgeMailchimpOAuth2Api }: PackCredentials,
  parameters: Readonly<Record<string, unknown>>,
): ChainNode {
  if (stackbridgeSalesforceOAuth2Api === undefined || stackbridgeMailchimpOAuth2Api === undefined)
    throw new Error('The pack is connected to neither Salesforce nor Mailchimp');
  return {
    name: 'Contact Sync',
    type: 'n8n-nodes-stackbridge.stackbridgeContactSync',
    typeVersion: 1,
    parameters: {
      operation: 'sync',
      mailchimpAuthentication: 'oAuth2',
      recipeFrom: 'text',
      recipe: JSON.stringify(PEOPLE_RECIPE),
      salesforceId: '={{ $json.body.salesforceId }}',
      memberId: '={{ $json.body.memberId }}',
      email: '',
      options: {},
      ...parameters,
    },
    credentials: { stackbridgeSalesforceOAuth2Api, stackbridgeMailchimpOAuth2Api },
  };
}

/** A trigger of the pack; what polls, polls every minute. */
export function triggerNode(
  credentials: PackCredentials,
  type: string,
  parameters: ChainNode['parameters'] = {},
): ChainNode {
  return {
    name: 'Trigger',
    type: `n8n-nodes-stackbridge.${type}`,
    typeVersion: 1,
    parameters,
    webhookId: randomUUID(),
    credentials,
  };
}

/** Parameters of the trigger that has Mailchimp tell of the audience. */
export const MAILCHIMP_TELLS = {
  mailchimpAuthentication: 'oAuth2',
  audience: { __rl: true, mode: 'id', value: AUDIENCE },
};

/** A Contact Sync node looks at whom a trigger of the pack has named. */
export const WHOM_THE_TRIGGER_NAMES = {
  lookAt: 'items',
  salesforceId: '={{ $json.salesforceId }}',
  memberId: '={{ $json.memberId }}',
  email: '={{ $json.email }}',
};

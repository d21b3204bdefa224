import type { SimulatedSystems } from '../../bench/simulated-systems.ts';
import type { N8nClient } from '../n8n/client.ts';
import { connectAll } from '../n8n/sandbox-credentials.ts';
import { AUDIENCE, chainOf, type Side } from './side.ts';

/** The four fields that the built-in nodes are given, and the marks with which the next run knows what is new. */
const RECIPE = {
  recipe: 'contact-sync/v1',
  name: 'bench',
  salesforce: { object: 'Contact' },
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

/** One Contact Sync node, which is the same in both directions. */
export async function openPack(client: N8nClient, systems: SimulatedSystems): Promise<Side> {
  const { stackbridgeSalesforceOAuth2Api, stackbridgeMailchimpOAuth2Api } = await connectAll(client, systems);
  if (stackbridgeSalesforceOAuth2Api === undefined || stackbridgeMailchimpOAuth2Api === undefined)
    throw new Error('The pack was connected to neither Salesforce nor Mailchimp');
  return {
    name: 'this pack',
    workflow: (direction) =>
      chainOf(`this pack ${direction}`, [
        {
          name: 'Contact Sync',
          type: 'n8n-nodes-stackbridge.stackbridgeContactSync',
          typeVersion: 1,
          parameters: {
            operation: 'sync',
            mailchimpAuthentication: 'oAuth2',
            recipe: JSON.stringify(RECIPE),
            lookAt: 'everything',
            options: {},
          },
          credentials: { stackbridgeSalesforceOAuth2Api, stackbridgeMailchimpOAuth2Api },
        },
      ]),
  };
}

import { z } from 'zod';
import type { SimulatedSystems } from '../../bench/simulated-systems.ts';
import { chainOf, webhookNode } from '../n8n/chain.ts';
import type { N8nClient } from '../n8n/client.ts';
import { type CredentialName, createCredential, signInToVendor } from '../n8n/credentials.ts';
import type { WorkflowJson } from '../n8n/workflows.ts';
import { AUDIENCE } from '../people.ts';
import type { Direction, Side } from './side.ts';

const place = z.object({ clientId: z.string(), clientSecret: z.string(), loginUrl: z.string() });

/**
 * The built-in credentials pin the vendors' addresses; an administrator's overwrites are n8n's own means to give them
 * others, so that nodes, sign-in and tokens are the real ones.
 */
export function overwritesOf({ signIns }: SimulatedSystems): Readonly<Record<string, string>> {
  const { loginUrl: salesforce } = place.parse(signIns.salesforce);
  const { loginUrl: mailchimp } = place.parse(signIns.mailchimp);
  return {
    CREDENTIALS_OVERWRITE_DATA: JSON.stringify({
      salesforceOAuth2Api: {
        authUrl: `${salesforce}/services/oauth2/authorize`,
        accessTokenUrl: `${salesforce}/services/oauth2/token`,
      },
      mailchimpOAuth2Api: {
        authUrl: `${mailchimp}/oauth2/authorize`,
        accessTokenUrl: `${mailchimp}/oauth2/token`,
        metadataUrl: `${mailchimp}/oauth2/metadata`,
      },
    }),
  };
}

/** n8n's own Salesforce and Mailchimp nodes, as one workflow each way. */
export async function openBuiltIn(client: N8nClient, { signIns }: SimulatedSystems): Promise<Side> {
  const salesforce = place.parse(signIns.salesforce);
  const mailchimp = place.parse(signIns.mailchimp);
  const credentials = {
    salesforceOAuth2Api: await createCredential(client, {
      name: 'Built-in Salesforce',
      type: 'salesforceOAuth2Api',
      data: {
        environment: 'production',
        clientId: salesforce.clientId,
        clientSecret: salesforce.clientSecret,
      },
    }),
    mailchimpOAuth2Api: await createCredential(client, {
      name: 'Built-in Mailchimp',
      type: 'mailchimpOAuth2Api',
      data: {
        clientId: mailchimp.clientId,
        clientSecret: mailchimp.clientSecret,
      },
    }),
  };
  for (const credential of Object.values(credentials)) await signInToVendor(client, credential);
  return {
    name: 'built-in nodes',
    workflow: (direction, path) => builtInWorkflow(direction, path, credentials),
  };
}

type Credentials = Readonly<Record<'salesforceOAuth2Api' | 'mailchimpOAuth2Api', CredentialName>>;

function builtInWorkflow(direction: Direction, path: string, credentials: Credentials): WorkflowJson {
  const { salesforceOAuth2Api, mailchimpOAuth2Api } = credentials;
  const salesforce = {
    type: 'n8n-nodes-base.salesforce',
    typeVersion: 1,
    credentials: { salesforceOAuth2Api },
  };
  const mailchimp = { type: 'n8n-nodes-base.mailchimp', typeVersion: 1, credentials: { mailchimpOAuth2Api } };
  if (direction === 'to-mailchimp')
    return chainOf(`built-in ${direction}`, [
      webhookNode(path),
      {
        ...salesforce,
        name: 'All contacts',
        parameters: {
          authentication: 'oAuth2',
          resource: 'contact',
          operation: 'getAll',
          returnAll: true,
          options: { fields: 'Id,Email,FirstName,LastName,Phone,Title' },
        },
      },
      {
        ...mailchimp,
        name: 'Create member',
        parameters: {
          authentication: 'oAuth2',
          resource: 'member',
          operation: 'create',
          list: AUDIENCE,
          email: '={{ $json.Email }}',
          status: 'subscribed',
          options: {},
          jsonParameters: false,
          locationFieldsUi: {},
          groupsUi: {},
          mergeFieldsUi: {
            mergeFieldsValues: [
              { name: 'FNAME', value: '={{ $json.FirstName }}' },
              { name: 'LNAME', value: '={{ $json.LastName }}' },
              { name: 'PHONE', value: '={{ $json.Phone }}' },
              { name: 'TITLE', value: '={{ $json.Title }}' },
            ],
          },
        },
      },
    ]);
  return chainOf(`built-in ${direction}`, [
    webhookNode(path),
    {
      ...mailchimp,
      name: 'All members',
      parameters: {
        authentication: 'oAuth2',
        resource: 'member',
        operation: 'getAll',
        list: AUDIENCE,
        returnAll: true,
        options: {},
      },
    },
    {
      ...salesforce,
      name: 'Create contact',
      parameters: {
        authentication: 'oAuth2',
        resource: 'contact',
        operation: 'create',
        lastname: '={{ $json.merge_fields.LNAME }}',
        additionalFields: {
          email: '={{ $json.email_address }}',
          firstName: '={{ $json.merge_fields.FNAME }}',
          phone: '={{ $json.merge_fields.PHONE }}',
          title: '={{ $json.merge_fields.TITLE }}',
        },
      },
    },
  ]);
}

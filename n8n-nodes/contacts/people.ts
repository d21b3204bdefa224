import { clientTo } from '@stackbridge/shared-mappers/connectors/client-to.ts';
import type { SystemClient } from '@stackbridge/shared-mappers/http/system-client.ts';
import type { PeopleClients } from '@stackbridge/shared-mappers/recipes/people-connectors.ts';
import { type MailchimpSignIn, mailchimpConnection } from '../connection/mailchimp.ts';
import { salesforceConnection } from '../connection/salesforce.ts';
import type { NodeContext } from '../ports/node-context.ts';
import type { NodePorts } from '../ports/node-ports.ts';

/** Ports, and what the core's client takes besides. */
type ClientPorts = NodePorts & { readonly patienceMs?: number };

export async function salesforceClient(context: NodeContext, ports: ClientPorts): Promise<SystemClient> {
  return clientTo({ ...ports, system: 'salesforce', connection: await salesforceConnection(context) });
}

export async function mailchimpClient(
  context: NodeContext,
  ports: ClientPorts,
  signIn: MailchimpSignIn,
): Promise<SystemClient> {
  const connection = await mailchimpConnection(context, signIn, ports.http);
  return clientTo({ ...ports, system: 'mailchimp', connection });
}

/** Clients of the accounts whose credentials were chosen for a node. */
export async function peopleClients(
  context: NodeContext,
  ports: ClientPorts,
  signIn: MailchimpSignIn,
): Promise<PeopleClients> {
  return {
    salesforce: await salesforceClient(context, ports),
    mailchimp: await mailchimpClient(context, ports, signIn),
  };
}

import { clientTo } from '@stackbridge/shared-mappers/connectors/client-to.ts';
import type { PeopleClients } from '@stackbridge/shared-mappers/recipes/people-connectors.ts';
import { type MailchimpSignIn, mailchimpConnection } from '../connection/mailchimp.ts';
import { salesforceConnection } from '../connection/salesforce.ts';
import type { NodeContext } from '../ports/node-context.ts';
import type { NodePorts } from '../ports/node-ports.ts';

/** Clients of the accounts whose credentials were chosen for a node. @param patienceMs as the core's client takes it */
export async function peopleClients(
  context: NodeContext,
  ports: NodePorts,
  signIn: MailchimpSignIn,
  patienceMs: number,
): Promise<PeopleClients> {
  const settings = { ...ports, patienceMs };
  const salesforce = await salesforceConnection(context);
  const mailchimp = await mailchimpConnection(context, signIn, ports.http);
  return {
    salesforce: clientTo({ ...settings, system: 'salesforce', connection: salesforce }),
    mailchimp: clientTo({ ...settings, system: 'mailchimp', connection: mailchimp }),
  };
}

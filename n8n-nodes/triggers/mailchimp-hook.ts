import {
  isSignedByMailchimp,
  type MailchimpEvent,
  MEMBER_EVENTS,
  readMailchimpDelivery,
} from '@stackbridge/shared-mappers/connectors/mailchimp/webhook-delivery.ts';
import type { WebhookWish } from '@stackbridge/shared-mappers/connectors/mailchimp/webhooks.ts';
import { deriveSecret, isSecret } from '@stackbridge/shared-mappers/http/hmac.ts';
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { mailchimpConnection } from '../connection/mailchimp.ts';
import { NodeFault } from '../errors/node-fault.ts';
import { readTriggerParameters } from '../parameters.ts';
import { createHttp } from '../ports/http.ts';
import { audienceId, mailchimpSignIn } from './audience.ts';
import { headerOf, rawBody } from './raw-request.ts';

type Context = IHookFunctions | IWebhookFunctions;

export const hookParameters = z.object({
  mailchimpAuthentication: mailchimpSignIn,
  audience: audienceId,
  events: z.array(z.enum([...MEMBER_EVENTS, 'campaign'])).min(1, 'Choose at least one event'),
  sources: z.array(z.enum(['user', 'admin', 'api'])).min(1, 'Choose at least one source'),
});

const SECRET = 'secret';

/**
 * The secret in the address that Mailchimp calls. It follows from the credential and the place of the node, so that
 * nothing has to be kept; another key of the account makes another address, which n8n then registers.
 */
async function secretOf(context: Context): Promise<string> {
  const { mailchimpAuthentication } = readTriggerParameters(context, hookParameters);
  const connection = await mailchimpConnection(context, mailchimpAuthentication, createHttp(context));
  const { authorization = '' } = (await connection.access()).headers;
  return deriveSecret(authorization, `mailchimp-webhook:${context.getWorkflow().id}:${context.getNode().id}`);
}

/** What Mailchimp is to tell, and where. */
export async function wishOf(context: IHookFunctions): Promise<WebhookWish> {
  const { events, sources } = readTriggerParameters(context, hookParameters);
  const url = context.getNodeWebhookUrl('default');
  if (url === undefined)
    throw new NodeFault('The workflow has no webhook address', 'Save the workflow and activate it again.');
  return { url: `${url}?${SECRET}=${await secretOf(context)}`, events, sources };
}

const query = z.object({ [SECRET]: z.string().default('') });
/** What was kept when the webhook was made. It may be lost: the secret in the address is checked all the same. */
const keptSigning = z.object({ signingSecret: z.string().optional() });

/**
 * What a delivery points at; undefined for one that does not come from Mailchimp. It must know the secret of the
 * address, and its signature must be right where the webhook is known to sign.
 */
export async function trustedEvent(
  context: IWebhookFunctions,
  now: number,
): Promise<MailchimpEvent | undefined> {
  const given = query.safeParse(context.getQueryData()).data?.[SECRET] ?? '';
  if (!isSecret(given, await secretOf(context))) return undefined;
  const { signingSecret } = keptSigning.parse(context.getWorkflowStaticData('node'));
  const body = rawBody(context);
  const signature = headerOf(context, 'x-mailchimp-signature');
  if (signingSecret !== undefined && !isSignedByMailchimp(body, signature, signingSecret, now))
    return undefined;
  return readMailchimpDelivery(body);
}

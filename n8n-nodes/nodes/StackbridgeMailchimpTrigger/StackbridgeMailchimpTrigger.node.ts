import {
  createWebhook,
  findWebhook,
  listWebhooks,
  removeWebhook,
} from '@stackbridge/shared-mappers/connectors/mailchimp/webhooks.ts';
import {
  type IHookFunctions,
  type INodeType,
  type INodeTypeDescription,
  type IWebhookFunctions,
  type IWebhookResponseData,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { mailchimpClient } from '../../contacts/people.ts';
import { nodeError } from '../../errors/node-error.ts';
import { MAILCHIMP_CREDENTIALS, MAILCHIMP_SIGN_IN } from '../../fields/mailchimp-sign-in.ts';
import { searchAudiences } from '../../lists/people-lists.ts';
import { readTriggerParameters } from '../../parameters.ts';
import { startNode } from '../../ports/node-ports.ts';
import { AUDIENCE } from '../../triggers/audience.ts';
import { hookParameters, trustedEvent, wishOf } from '../../triggers/mailchimp-hook.ts';

async function withAudience<Result>(
  context: IHookFunctions,
  run: (client: Awaited<ReturnType<typeof mailchimpClient>>, audience: string) => Promise<Result>,
): Promise<Result> {
  try {
    const { mailchimpAuthentication, audience } = readTriggerParameters(context, hookParameters);
    return await run(await mailchimpClient(context, startNode(context), mailchimpAuthentication), audience);
  } catch (error) {
    throw nodeError(error, context.getNode());
  }
}

export class StackbridgeMailchimpTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Stackbridge Mailchimp Trigger',
    name: 'stackbridgeMailchimpTrigger',
    icon: { light: 'file:../../icons/mailchimp.svg', dark: 'file:../../icons/mailchimp.dark.svg' },
    group: ['trigger'],
    version: [1],
    subtitle: '={{ $parameter["events"].join(", ") }}',
    description: 'Starts the workflow when Mailchimp tells that members of an audience join, change or leave',
    defaults: { name: 'Stackbridge Mailchimp Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: MAILCHIMP_CREDENTIALS,
    webhooks: [
      // Mailchimp asks an address with a GET before it saves it.
      { name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'webhook' },
      { name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
    ],
    properties: [
      {
        displayName:
          'Mailchimp does not reliably tell of imports in batches, and does not say whether it tells of archived members: let Stackbridge Mailchimp Poll Trigger run beside this where nothing may be missed.',
        name: 'notice',
        type: 'notice',
        default: '',
      },
      MAILCHIMP_SIGN_IN,
      AUDIENCE,
      {
        displayName: 'Events',
        name: 'events',
        type: 'multiOptions',
        options: [
          { name: 'Address Bounced', value: 'cleaned', description: 'Mail to a member came back for good' },
          { name: 'Address Changed', value: 'upemail', description: 'A member has another address' },
          { name: 'Campaign Sent', value: 'campaign', description: 'A campaign has gone out' },
          { name: 'Profile Changed', value: 'profile', description: 'Fields or groups of a member' },
          { name: 'Subscribed', value: 'subscribe', description: 'Somebody has joined, or come back' },
          { name: 'Unsubscribed', value: 'unsubscribe', description: 'Somebody does not want mail' },
        ],
        default: ['subscribe', 'unsubscribe', 'profile', 'upemail', 'cleaned'],
        description: 'What starts the workflow',
      },
      {
        displayName: 'Done By',
        name: 'sources',
        type: 'multiOptions',
        options: [
          {
            name: 'Apps',
            value: 'api',
            description: 'Through the API: this pack too, and many sign-up forms',
          },
          { name: 'The Person', value: 'user', description: 'By a form, or by a link in a mail' },
          { name: 'Users of the Account', value: 'admin', description: "In Mailchimp's own screens" },
        ],
        default: ['user', 'admin', 'api'],
        description: 'Whose doing starts the workflow',
      },
    ],
  };

  methods = { listSearch: { searchAudiences } };

  webhookMethods = {
    default: {
      checkExists(this: IHookFunctions): Promise<boolean> {
        return withAudience(
          this,
          async (client, audience) => (await findWebhook(client, audience, await wishOf(this))) !== undefined,
        );
      },
      create(this: IHookFunctions): Promise<boolean> {
        return withAudience(this, async (client, audience) => {
          const { secret } = await createWebhook(client, audience, await wishOf(this));
          Object.assign(this.getWorkflowStaticData('node'), { signingSecret: secret });
          return true;
        });
      },
      delete(this: IHookFunctions): Promise<boolean> {
        return withAudience(this, async (client, audience) => {
          // By the address, since what was kept of it may be lost.
          const address = (await wishOf(this)).url;
          const ours = (await listWebhooks(client, audience)).filter(({ url }) => url === address);
          for (const { id } of ours) await removeWebhook(client, audience, id);
          delete this.getWorkflowStaticData('node').signingSecret;
          return true;
        });
      },
    },
  };

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    const answer = this.getResponseObject();
    try {
      if (this.getWebhookName() === 'setup') {
        answer.status(200).end();
        return { noWebhookResponse: true };
      }
      const event = await trustedEvent(this, Date.now());
      if (event === undefined) {
        answer.status(403).end();
        return { noWebhookResponse: true };
      }
      answer.status(200).end();
      const { firedAt, ...told } = event;
      const at = firedAt === undefined ? '' : new Date(firedAt).toISOString();
      const json = { event: told.kind === 'member' ? told.type : 'campaign', ...told, firedAt: at };
      return { noWebhookResponse: true, workflowData: [[{ json }]] };
    } catch (error) {
      throw nodeError(error, this.getNode());
    }
  }
}

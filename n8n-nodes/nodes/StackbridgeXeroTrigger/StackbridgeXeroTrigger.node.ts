import {
  isSignedByXero,
  readXeroDelivery,
} from '@stackbridge/shared-mappers/connectors/xero/webhook-delivery.ts';
import {
  type INodeType,
  type INodeTypeDescription,
  type IWebhookFunctions,
  type IWebhookResponseData,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { z } from 'zod';
import { readCredential } from '../../connection/stored-credential.ts';
import { XERO_CREDENTIAL } from '../../connection/xero.ts';
import { nodeError } from '../../errors/node-error.ts';
import { fromList } from '../../fields/from-list.ts';
import { searchOrganisations } from '../../lists/organisations-list.ts';
import { located } from '../../located.ts';
import { readTriggerParameters } from '../../parameters.ts';
import { headerOf, rawBody } from '../../triggers/raw-request.ts';

const parameters = z.object({
  categories: z.array(z.string()).min(1, 'Choose at least one kind of record'),
  tenantId: located.default(''),
});

const stored = z.object({
  webhookSecret: z.string({ error: 'is empty' }).trim().min(1, 'is empty'),
});

export class StackbridgeXeroTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Stackbridge Xero Trigger',
    name: 'stackbridgeXeroTrigger',
    icon: { light: 'file:../../icons/xero.svg', dark: 'file:../../icons/xero.dark.svg' },
    group: ['trigger'],
    version: [1],
    subtitle: '={{ $parameter["categories"].join(", ") }}',
    description: 'Starts the workflow when Xero tells that invoices or contacts are created or changed',
    defaults: { name: 'Stackbridge Xero Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: XERO_CREDENTIAL, required: true }],
    webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
    properties: [
      {
        displayName:
          "Enter this node's production address under Webhooks of your app at developer.xero.com, and the webhook key that you get there in the credential. Activate the workflow, then choose Send Intent to Receive there.",
        name: 'notice',
        type: 'notice',
        default: '',
      },
      {
        displayName: 'Records',
        name: 'categories',
        type: 'multiOptions',
        options: [
          { name: 'Contacts', value: 'CONTACT', description: 'Customers and suppliers' },
          { name: 'Credit Notes', value: 'CREDITNOTE', description: 'To customers and from suppliers' },
          { name: 'Invoices and Bills', value: 'INVOICE', description: 'Xero tells of both alike' },
        ],
        default: ['INVOICE'],
        description: 'What starts the workflow. Choose the same events at developer.xero.com.',
      },
      {
        displayName: 'Organisation',
        name: 'tenantId',
        type: 'resourceLocator',
        default: { mode: 'list', value: '' },
        modes: fromList({
          search: 'searchOrganisations',
          placeholder: 'Choose an organisation',
          written: 'By ID',
          example: '45e4708e-d862-4111-ab3a-dd8cd03913e1',
        }),
        description: 'Only what happens in this organisation. Leave it empty for all that the app reaches.',
      },
    ],
  };

  methods = { listSearch: { searchOrganisations } };

  // The address is entered by hand at developer.xero.com: Xero has no call for it.
  webhookMethods = {
    default: {
      async checkExists(): Promise<boolean> {
        return true;
      },
      async create(): Promise<boolean> {
        return true;
      },
      async delete(): Promise<boolean> {
        return true;
      },
    },
  };

  /**
   * Xero takes nothing but a 200 with an empty body within five seconds, and tries an address with wrong signatures,
   * which want a 401.
   */
  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    const answer = this.getResponseObject();
    try {
      const { categories, tenantId } = readTriggerParameters(this, parameters);
      const { webhookSecret } = await readCredential(this, XERO_CREDENTIAL, stored, 'xero');
      const body = rawBody(this);
      if (!isSignedByXero(body, headerOf(this, 'x-xero-signature'), webhookSecret)) {
        answer.status(401).end();
        return { noWebhookResponse: true };
      }
      answer.status(200).end();
      const events = readXeroDelivery(body) ?? [];
      const wanted = events.filter(
        (event) => categories.includes(event.category) && (tenantId === '' || event.tenantId === tenantId),
      );
      if (wanted.length === 0) return { noWebhookResponse: true };
      const items = wanted.map(({ at, ...event }) => ({
        json: { ...event, at: at === undefined ? '' : new Date(at).toISOString() },
      }));
      return { noWebhookResponse: true, workflowData: [items] };
    } catch (error) {
      throw nodeError(error, this.getNode());
    }
  }
}

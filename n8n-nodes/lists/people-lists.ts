import { listAudiences } from '@stackbridge/shared-mappers/connectors/mailchimp/audience.ts';
import { createMailchimpConnector } from '@stackbridge/shared-mappers/connectors/mailchimp/connector.ts';
import { createSalesforceConnector } from '@stackbridge/shared-mappers/connectors/salesforce/connector.ts';
import type { FieldSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';
import type {
  ILoadOptionsFunctions,
  INodeListSearchResult,
  INodePropertyOptions,
  ResourceMapperFields,
} from 'n8n-workflow';
import { z } from 'zod';
import { mailchimpClient, salesforceClient } from '../contacts/people.ts';
import { startNode } from '../ports/node-ports.ts';
import { found } from './found.ts';
import { listed } from './listed.ts';

const editing = z.object({
  mailchimpAuthentication: z.enum(['apiKey', 'oAuth2']).default('apiKey'),
  personObject: z.enum(['Contact', 'Lead']).default('Contact'),
  audience: z
    .union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)])
    .default(''),
});

export function searchAudiences(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  return listed(this, async () => {
    return found(await listAudiences(await mailchimp(this)), filter);
  });
}

/** Fields of the audience, each with the fields of Salesforce that it may be kept in step with. */
export function mapFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
  return listed(this, async () => {
    const [targets, sources] = await Promise.all([mergeFields(this), salesforceFields(this)]);
    const options = sources.filter(({ kind }) => kind !== 'id').map(optionOf);
    return {
      fields: targets.map(({ name, label }) => ({
        id: name,
        displayName: `${label} (${name})`,
        defaultMatch: false,
        canBeUsedToMatch: false,
        required: false,
        display: true,
        removed: !USUAL.includes(name),
        type: 'options' as const,
        options,
        defaultValue: null,
      })),
    };
  });
}

/** Every audience begins with these. */
const USUAL: readonly string[] = ['FNAME', 'LNAME'];

export function getMergeFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  return listed(this, async () => (await mergeFields(this)).map(optionOf));
}

export function getCheckboxes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  return listed(this, async () => {
    const found = (await salesforceFields(this)).filter(({ kind }) => kind === 'boolean');
    return [{ name: 'None: Opt-Outs Are Not Carried', value: '' }, ...found.map(optionOf)];
  });
}

/** Fields of the records that a trigger tells of. */
export function getPersonFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  return listed(this, async () => (await salesforceFields(this)).map(optionOf));
}

function optionOf({ name, label }: FieldSchema): INodePropertyOptions {
  return { name: `${label} (${name})`, value: name };
}

/** What a recipe may write of a member: status and address are kept in step by themselves. */
async function mergeFields(context: ILoadOptionsFunctions): Promise<FieldSchema[]> {
  const { audience } = editing.parse(context.getCurrentNodeParameters() ?? {});
  if (audience === '') return [];
  const { fields } = await createMailchimpConnector({
    client: await mailchimp(context),
    audience,
  }).describe();
  return byLabel([...fields.values()].filter(({ name, updatable }) => updatable && name !== 'email_address'));
}

async function salesforceFields(context: ILoadOptionsFunctions): Promise<FieldSchema[]> {
  const { personObject: object } = editing.parse(context.getCurrentNodeParameters() ?? {});
  const client = await salesforceClient(context, startNode(context));
  return byLabel([...(await createSalesforceConnector({ client, object }).describe()).fields.values()]);
}

function mailchimp(context: ILoadOptionsFunctions) {
  const { mailchimpAuthentication } = editing.parse(context.getCurrentNodeParameters() ?? {});
  return mailchimpClient(context, startNode(context), mailchimpAuthentication);
}

function byLabel(fields: readonly FieldSchema[]): FieldSchema[] {
  return fields.toSorted((one, other) => one.label.localeCompare(other.label));
}

import { createSalesforceConnector } from '@stackbridge/shared-mappers/connectors/salesforce/connector.ts';
import { readChangedRecords } from '@stackbridge/shared-mappers/sync/poll/changed-records.ts';
import {
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  type IPollFunctions,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { z } from 'zod';
import { salesforceClient } from '../../contacts/people.ts';
import { getPersonFields } from '../../lists/people-lists.ts';
import { readTriggerParameters } from '../../parameters.ts';
import { LOOK_BACK, lookBackHours } from '../../triggers/look-back.ts';
import { personChange } from '../../triggers/person-change.ts';
import { pollNew } from '../../triggers/poll-new.ts';

const EVENTS = ['live', 'deleted', 'merged', 'converted'] as const;

const parameters = z.object({
  personObject: z.enum(['Contact', 'Lead']),
  events: z.array(z.enum(EVENTS)).min(1, 'Choose at least one event'),
  filter: z.string().trim(),
  fields: z
    .union([z.array(z.string()), z.string().transform((text) => text.split(/[\s,]+/))])
    .transform((names) => names.filter((name) => name !== '')),
  lookBackHours,
});

export class StackbridgeSalesforceTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Stackbridge Salesforce Trigger',
    name: 'stackbridgeSalesforceTrigger',
    icon: { light: 'file:../../icons/salesforce.svg', dark: 'file:../../icons/salesforce.dark.svg' },
    group: ['trigger'],
    version: [1],
    subtitle: '={{ $parameter["personObject"] }}',
    description: 'Starts the workflow when people change, are deleted, merged or converted in Salesforce',
    defaults: { name: 'Stackbridge Salesforce Trigger' },
    polling: true,
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'stackbridgeSalesforceOAuth2Api', required: true }],
    properties: [
      {
        displayName: 'Object',
        name: 'personObject',
        type: 'options',
        options: [
          { name: 'Contact', value: 'Contact', description: 'People of your accounts' },
          { name: 'Lead', value: 'Lead', description: 'People who are not yet contacts' },
        ],
        default: 'Contact',
        description: 'Whether the people in question are contacts or leads',
      },
      {
        displayName: 'Events',
        name: 'events',
        type: 'multiOptions',
        options: [
          { name: 'Changed', value: 'live', description: 'Created, or changed in any field' },
          { name: 'Converted', value: 'converted', description: 'A lead has become a contact' },
          { name: 'Deleted', value: 'deleted', description: 'Moved to the recycle bin' },
          { name: 'Merged', value: 'merged', description: 'Lives on in another record' },
        ],
        default: ['live', 'deleted', 'merged', 'converted'],
        description: 'What starts the workflow. A sync needs all of them.',
      },
      {
        displayName: 'Only Records That',
        name: 'filter',
        type: 'string',
        default: '',
        placeholder: "MailingCountry = 'France'",
        description: "A condition in Salesforce's query language. Leave it empty for all records.",
      },
      {
        displayName: 'Field Names or IDs',
        name: 'fields',
        type: 'multiOptions',
        typeOptions: { loadOptionsMethod: 'getPersonFields', loadOptionsDependsOn: ['personObject'] },
        default: ['FirstName', 'LastName', 'Email'],
        description:
          'The fields to show. A sync reads the records itself and needs none of them. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
      },
      LOOK_BACK,
    ],
  };

  methods = { loadOptions: { getPersonFields } };

  async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
    const { personObject, events, filter, fields, lookBackHours } = readTriggerParameters(this, parameters);
    return pollNew(this, lookBackHours, async (since, ports, isSample) => {
      const connector = createSalesforceConnector({
        client: await salesforceClient(this, ports),
        object: personObject,
        ...(filter === '' ? {} : { filter }),
      });
      const columns = [...new Set([...fields, 'Email'])];
      const read = await readChangedRecords(connector, since, columns, (found) => isSample && found > 0);
      const wanted = read.records.filter(({ state }) => events.some((event) => event === state));
      return { changes: wanted.map(personChange), serverTime: read.serverTime };
    });
  }
}

import {
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  type IPollFunctions,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { z } from 'zod';
import { ZOHO_CREDENTIAL } from '../../connection/zoho.ts';
import { fromList } from '../../fields/from-list.ts';
import { searchBooksOrganisations, searchPortals, searchProjects } from '../../lists/work-lists.ts';
import { located } from '../../located.ts';
import { readTriggerParameters } from '../../parameters.ts';
import { LOOK_BACK, lookBackHours } from '../../triggers/look-back.ts';
import { pollNew } from '../../triggers/poll-new.ts';
import { readWorkChanges, WORK_EVENTS } from '../../triggers/work-changes.ts';

const place = located.default('');
const parameters = z.object({
  event: z.enum(WORK_EVENTS),
  portal: place,
  projectId: place,
  organisation: place,
  lookBackHours,
});

const IN_PROJECTS = { show: { event: ['milestone-completed', 'time-approved'] } };
const IN_BOOKS = { show: { event: ['expense-recorded', 'invoice-created'] } };

export class StackbridgeZohoTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Stackbridge Zoho Trigger',
    name: 'stackbridgeZohoTrigger',
    icon: { light: 'file:../../icons/zoho.svg', dark: 'file:../../icons/zoho.dark.svg' },
    group: ['trigger'],
    version: [1],
    subtitle: '={{ $parameter["event"] }}',
    description:
      'Starts the workflow when work is done in Zoho Projects, or expenses and invoices are recorded in Zoho Books',
    defaults: { name: 'Stackbridge Zoho Trigger' },
    polling: true,
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: ZOHO_CREDENTIAL, required: true }],
    properties: [
      {
        displayName: 'Event',
        name: 'event',
        type: 'options',
        options: [
          {
            name: 'Expense Recorded',
            value: 'expense-recorded',
            description: 'An expense of Zoho Books is new, or has changed',
          },
          {
            name: 'Invoice Created',
            value: 'invoice-created',
            description: 'An invoice of Zoho Books is new, or has changed',
          },
          {
            name: 'Milestone Completed',
            value: 'milestone-completed',
            description: 'A milestone was closed, or has changed since it was',
          },
          {
            name: 'Time Approved',
            value: 'time-approved',
            description: 'Time of the last 120 days was approved, or has changed since it was',
          },
        ],
        default: 'milestone-completed',
        description: 'What starts the workflow',
      },
      {
        displayName: 'Portal',
        name: 'portal',
        type: 'resourceLocator',
        default: { mode: 'list', value: '' },
        modes: fromList({
          search: 'searchPortals',
          placeholder: 'Choose a portal',
          written: 'By Name or ID',
          example: 'acme',
        }),
        description: 'Your portal in Zoho Projects. Leave it empty where you have one.',
        displayOptions: IN_PROJECTS,
      },
      {
        displayName: 'Project',
        name: 'projectId',
        type: 'resourceLocator',
        default: { mode: 'list', value: '' },
        modes: fromList({
          search: 'searchProjects',
          placeholder: 'Choose a project',
          written: 'By ID',
          example: '1234567000000012345',
        }),
        description:
          'Only this project. Leave it empty for all; that asks for each of them at every poll, so name one where there are more than about twenty.',
        displayOptions: IN_PROJECTS,
      },
      {
        displayName: 'Organisation',
        name: 'organisation',
        type: 'resourceLocator',
        default: { mode: 'list', value: '' },
        modes: fromList({
          search: 'searchBooksOrganisations',
          placeholder: 'Choose an organisation',
          written: 'By Name or ID',
          example: 'Acme Ltd',
        }),
        description: 'Your organisation in Zoho Books. Leave it empty where you have one.',
        displayOptions: IN_BOOKS,
      },
      LOOK_BACK,
    ],
  };

  methods = { listSearch: { searchBooksOrganisations, searchPortals, searchProjects } };

  async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
    const { event, lookBackHours, ...place } = readTriggerParameters(this, parameters);
    return pollNew(this, lookBackHours, async (since, ports) => ({
      changes: await readWorkChanges(this, event, place, since, ports),
    }));
  }
}

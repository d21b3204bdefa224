import {
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { pushActivity } from '../../activity/push-activity.ts';
import { syncContacts } from '../../contacts/sync-contacts.ts';
import { guarded } from '../../errors/guarded.ts';
import { ACTIVITY_OPERATIONS } from '../../fields/activity.ts';
import { PEOPLE_CREDENTIALS } from '../../fields/mailchimp-sign-in.ts';
import { getCheckboxes, getMergeFields, mapFields, searchAudiences } from '../../lists/people-lists.ts';
import { PROPERTIES } from './properties.ts';

const isActivity = (context: IExecuteFunctions): boolean => {
  const operation = context.getNodeParameter('operation', 0, '');
  return ACTIVITY_OPERATIONS.some((one) => one === operation);
};

export class StackbridgeContactSync implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Stackbridge Contact Sync',
    name: 'stackbridgeContactSync',
    icon: {
      light: 'file:../../icons/stackbridge.svg',
      dark: 'file:../../icons/stackbridge.dark.svg',
    },
    group: ['transform'],
    version: [1],
    subtitle: '={{ $parameter["operation"] }}',
    description:
      'Keeps Salesforce contacts or leads and the members of a Mailchimp audience in step, and tells Salesforce what they did with campaigns',
    defaults: { name: 'Stackbridge Contact Sync' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
    outputNames: ['Synced', 'Conflicts', 'Failed'],
    credentials: PEOPLE_CREDENTIALS,
    properties: PROPERTIES,
  };

  methods = {
    listSearch: { searchAudiences },
    loadOptions: { getCheckboxes, getMergeFields },
    resourceMapping: { mapFields },
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return guarded(this, () => (isActivity(this) ? pushActivity(this) : syncContacts(this)), 3, 2);
  }
}

import {
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { resolveConflicts } from '../../contacts/resolve-conflicts.ts';
import { guarded } from '../../errors/guarded.ts';
import { PEOPLE_CREDENTIALS } from '../../fields/mailchimp-sign-in.ts';
import { getCheckboxes, getMergeFields, mapFields, searchAudiences } from '../../lists/people-lists.ts';
import { PROPERTIES } from './properties.ts';

export class StackbridgeResolveConflict implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Stackbridge Resolve Conflict',
    name: 'stackbridgeResolveConflict',
    icon: {
      light: 'file:../../icons/stackbridge.svg',
      dark: 'file:../../icons/stackbridge.dark.svg',
    },
    group: ['transform'],
    version: [1],
    subtitle: '={{ "keep " + $parameter["keep"] }}',
    description: 'Carries out what a person has decided about a conflict of a contact sync',
    defaults: { name: 'Stackbridge Resolve Conflict' },
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
    return guarded(this, () => resolveConflicts(this), 3, 2);
  }
}

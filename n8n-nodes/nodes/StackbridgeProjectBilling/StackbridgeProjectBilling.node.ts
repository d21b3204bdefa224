import {
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { billProjects } from '../../billing/bill-projects.ts';
import { guarded } from '../../errors/guarded.ts';
import { searchOrganisations } from '../../lists/organisations-list.ts';
import { PROPERTIES } from './properties.ts';

export class StackbridgeProjectBilling implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Stackbridge Project Billing',
    name: 'stackbridgeProjectBilling',
    icon: {
      light: 'file:../../icons/stackbridge.svg',
      dark: 'file:../../icons/stackbridge.dark.svg',
    },
    group: ['transform'],
    version: [1],
    subtitle: '={{ $parameter["operation"] }}',
    description: 'Bills milestones, time, expenses and invoices of Zoho in Xero, each exactly once',
    defaults: { name: 'Stackbridge Project Billing' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
    outputNames: ['Billed', 'Conflicts', 'Failed'],
    credentials: [
      { name: 'stackbridgeXeroOAuth2Api', required: true },
      { name: 'stackbridgeZohoOAuth2Api', required: true },
    ],
    properties: PROPERTIES,
  };

  methods = { listSearch: { searchOrganisations } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return guarded(this, () => billProjects(this), 3, 2);
  }
}

import {
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { guarded } from '../../errors/guarded.ts';
import { mergeItems } from '../../merging/merge-items.ts';
import { PROPERTIES } from './properties.ts';

export class StackbridgeMergeRecords implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Stackbridge Merge Records',
    name: 'stackbridgeMergeRecords',
    icon: {
      light: 'file:../../icons/stackbridge.svg',
      dark: 'file:../../icons/stackbridge.dark.svg',
    },
    group: ['transform'],
    version: [1],
    subtitle: '={{ $parameter["recipeFrom"] === "text" ? "by recipe" : "by rules" }}',
    description:
      'Merges two records of the same thing, field by field, against what both last agreed on; reads and writes nothing by itself',
    defaults: { name: 'Stackbridge Merge Records' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
    outputNames: ['Merged', 'Conflicts', 'Failed'],
    properties: PROPERTIES,
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return guarded(this, async () => mergeItems(this), 3, 2);
  }
}

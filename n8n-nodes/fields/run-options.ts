import type { INodeProperties } from 'n8n-workflow';

const SUMMARY: INodeProperties = {
  displayName: 'Add a Summary Item',
  name: 'summary',
  type: 'boolean',
  default: false,
  description:
    'Whether to add a last item to Synced with counts, writes, calls and where the next run begins',
};

const BRAKES: INodeProperties = {
  displayName: 'Brakes to Pass',
  name: 'allow',
  type: 'multiOptions',
  options: [
    { name: 'Deletions', value: 'deletes', description: 'More deletions than the recipe allows' },
    {
      name: 'Overwrites',
      value: 'overwrites',
      description: 'More overwritten values than the recipe allows',
    },
  ],
  default: [],
  description:
    'A run that would change more than the recipe allows stops before its first write. Read the preview before you let it pass.',
};

export const RUN_OPTIONS: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: [SUMMARY, BRAKES],
};

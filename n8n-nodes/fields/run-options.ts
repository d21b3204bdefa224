import type { INodeProperties } from 'n8n-workflow';

const SUMMARY: INodeProperties = {
  displayName: 'Add a Summary Item',
  name: 'summary',
  type: 'boolean',
  default: false,
  description:
    'Whether to add a last item to the first output with counts, writes, calls and where the next run begins',
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

const SHRINK: INodeProperties = {
  ...BRAKES,
  options: [
    {
      name: 'Shrunken Listings',
      value: 'shrink',
      description: 'Much of what was billed is not listed any more',
    },
  ],
  description:
    'A run that misses much of what it has billed stops before its first write. Look whether the listing is whole before you let it pass.',
};

const CREATIONS: INodeProperties = {
  ...BRAKES,
  options: [{ name: 'Creations', value: 'creates', description: 'More new leads than the recipe allows' }],
};

function optionsWith(...options: INodeProperties[]): INodeProperties {
  return {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    description: 'What the run may do besides, and what it tells',
    options,
  };
}

export const RUN_OPTIONS = optionsWith(SUMMARY, BRAKES);
export const BILLING_OPTIONS = optionsWith(SUMMARY, SHRINK);
export const ACTIVITY_OPTIONS = optionsWith(SUMMARY, CREATIONS);

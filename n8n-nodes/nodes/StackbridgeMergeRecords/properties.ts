import type { INodeProperties } from 'n8n-workflow';
import { MERGE_RULES } from '../../fields/merge-rules.ts';

export const PROPERTIES: INodeProperties[] = [
  {
    displayName: 'Left Record',
    name: 'left',
    type: 'json',
    default: '={{ $json.left }}',
    required: true,
    description: 'The record of one system, as it is now',
  },
  {
    displayName: 'Right Record',
    name: 'right',
    type: 'json',
    default: '={{ $json.right }}',
    required: true,
    description: 'The record of the other system, as it is now',
  },
  {
    displayName: 'Last Agreed',
    name: 'agreed',
    type: 'json',
    default: '={{ $json.agreed }}',
    description:
      'What this node gave out as <code>agreed</code> when it last merged these two, once both were written: keep it where you like. Without it every difference is a first contact, and a value beats an empty one.',
  },
  {
    displayName: 'Recipe',
    name: 'recipeFrom',
    type: 'options',
    options: [
      { name: 'Filled In Below', value: 'fields', description: 'Name the fields and who wins' },
      {
        name: 'Written as YAML or JSON',
        value: 'text',
        description: 'Paste a merge-records/v1 recipe, or take it from an expression',
      },
    ],
    default: 'fields',
    description: 'Where it stands which fields are the same, and who wins',
  },
  {
    displayName: 'Recipe Text',
    name: 'recipe',
    type: 'string',
    typeOptions: { rows: 12 },
    default: '',
    required: true,
    placeholder: 'recipe: merge-records/v1',
    description:
      'A merge-records/v1 recipe as YAML or JSON. It can say more than the fields here: values computed from several fields, words to translate, countries of phone numbers.',
    displayOptions: { show: { recipeFrom: ['text'] } },
  },
  MERGE_RULES,
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    description: 'What the newest is told by',
    options: [
      {
        displayName: 'Left Changed At',
        name: 'leftModifiedAt',
        type: 'dateTime',
        default: '',
        description: 'When the left record was last changed. Only rules by which the newest wins ask for it.',
      },
      {
        displayName: 'Right Changed At',
        name: 'rightModifiedAt',
        type: 'dateTime',
        default: '',
        description:
          'When the right record was last changed. Only rules by which the newest wins ask for it.',
      },
    ],
  },
];

import type { INodeProperties } from 'n8n-workflow';
import { MAILCHIMP_SIGN_IN } from '../../fields/mailchimp-sign-in.ts';
import { RECIPE_FIELDS } from '../../fields/recipe.ts';
import { RUN_OPTIONS } from '../../fields/run-options.ts';

export const PROPERTIES: INodeProperties[] = [
  { displayName: 'Operation', name: 'operation', type: 'hidden', default: 'resolve' },
  MAILCHIMP_SIGN_IN,
  {
    displayName: 'Use the same recipe as the sync that has found the conflict.',
    name: 'recipeNotice',
    type: 'notice',
    default: '',
  },
  ...RECIPE_FIELDS,
  {
    displayName: 'Salesforce ID',
    name: 'salesforceId',
    type: 'string',
    default: '={{ $json.salesforceId }}',
    required: true,
    description: 'As the output Conflicts has it',
  },
  {
    displayName: 'Mailchimp Contact ID',
    name: 'memberId',
    type: 'string',
    default: '={{ $json.memberId }}',
    required: true,
    description: 'As the output Conflicts has it',
  },
  {
    displayName: 'Field',
    name: 'field',
    type: 'string',
    default: '={{ $json.field }}',
    required: true,
    placeholder: 'FirstName ↔ FNAME',
    description:
      'The field in conflict, as an issue of the output Conflicts names it. Split the issues out first where a person has several.',
  },
  {
    displayName: 'Keep',
    name: 'keep',
    type: 'options',
    options: [
      { name: 'Another Value', value: 'value', description: 'One that neither side has' },
      { name: 'The Value in Mailchimp', value: 'mailchimp', description: 'It goes to Salesforce' },
      { name: 'The Value in Salesforce', value: 'salesforce', description: 'It goes to Mailchimp' },
    ],
    default: 'salesforce',
    description:
      'Which value both sides shall have. Take it from the answer of an approval by an expression.',
  },
  {
    displayName: 'Value',
    name: 'value',
    type: 'string',
    default: '',
    description: 'What both sides shall have',
    displayOptions: { show: { keep: ['value'] } },
  },
  RUN_OPTIONS,
];

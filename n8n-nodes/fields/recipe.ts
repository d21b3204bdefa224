import type { INodeProperties } from 'n8n-workflow';
import { FIELD_MAP, FIELD_RULES } from './field-rules.ts';
import { fromList } from './from-list.ts';
import { MORE_RULES } from './more-rules.ts';
import { REMEMBER_ON } from './remember-on.ts';

/** What a contact sync does: filled in here against both systems' live fields, or written as a whole recipe. */
export const RECIPE_FIELDS: readonly INodeProperties[] = [
  {
    displayName: 'Recipe',
    name: 'recipeFrom',
    type: 'options',
    options: [
      {
        name: 'Filled In Below',
        value: 'fields',
        description: 'Choose audience, fields and rules from the live lists of both systems',
      },
      {
        name: 'Written as YAML or JSON',
        value: 'text',
        description: 'Paste a contact-sync/v1 recipe, or take it from an expression',
      },
    ],
    default: 'fields',
    description: 'Where it stands which fields are kept in step, and who wins',
  },
  {
    displayName: 'Recipe Text',
    name: 'recipe',
    type: 'string',
    typeOptions: { rows: 12 },
    default: '',
    required: true,
    placeholder: 'recipe: contact-sync/v1',
    description:
      'A contact-sync/v1 recipe as YAML or JSON. Name the stamp fields under <code>base</code>: n8n keeps no state of a sync.',
    displayOptions: { show: { recipeFrom: ['text'] } },
  },
  {
    displayName: 'People Are',
    name: 'personObject',
    type: 'options',
    options: [
      { name: 'Contacts', value: 'Contact', description: 'Salesforce contacts' },
      { name: 'Leads', value: 'Lead', description: 'Salesforce leads' },
    ],
    default: 'Contact',
    description: 'Which records of Salesforce are kept in step with the audience',
    displayOptions: { show: { recipeFrom: ['fields'] } },
  },
  {
    displayName: 'Audience',
    name: 'audience',
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    required: true,
    description: 'The audience of Mailchimp whose members are kept in step',
    modes: fromList({
      search: 'searchAudiences',
      placeholder: 'Choose an audience',
      written: 'By Name or ID',
      example: 'Newsletter',
    }),
    displayOptions: { show: { recipeFrom: ['fields'] } },
  },
  {
    displayName: 'Direction',
    name: 'direction',
    type: 'options',
    options: [
      { name: 'Both Ways', value: 'both', description: 'An edit on either side reaches the other' },
      {
        name: 'To Mailchimp',
        value: 'to-mailchimp',
        description: 'Salesforce is right: an edit in Mailchimp is put back',
      },
      {
        name: 'To Salesforce',
        value: 'to-salesforce',
        description: 'Mailchimp is right: an edit in Salesforce is put back',
      },
    ],
    default: 'both',
    description:
      'Which way values go. Rules for single fields can say otherwise. Opt-outs always go both ways.',
    displayOptions: { show: { recipeFrom: ['fields'] } },
  },
  FIELD_MAP,
  FIELD_RULES,
  {
    displayName: 'Create Missing People In',
    name: 'create',
    type: 'multiOptions',
    options: [
      { name: 'Mailchimp', value: 'mailchimp', description: 'A member for each record without one' },
      { name: 'Salesforce', value: 'salesforce', description: 'A record for each member without one' },
    ],
    default: [],
    description: 'Where people are created that only the other side has',
    hint: 'New members may set off welcome mails: pause the automations of the audience before the first sync',
    displayOptions: { show: { recipeFrom: ['fields'] } },
  },
  {
    displayName: 'Opt-Out Field Name or ID',
    name: 'consentField',
    type: 'options',
    typeOptions: { loadOptionsMethod: 'getCheckboxes', loadOptionsDependsOn: ['personObject'] },
    default: 'HasOptedOutOfEmail',
    description:
      'The checkbox of Salesforce that says a person wants no mail. An opt-out on either side wins over every rule. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
    displayOptions: { show: { recipeFrom: ['fields'] } },
  },
  ...REMEMBER_ON,
  MORE_RULES,
];

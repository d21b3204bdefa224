import type { INodeProperties } from 'n8n-workflow';
import { fromList } from '../../fields/from-list.ts';
import { BILLING_OPTIONS } from '../../fields/run-options.ts';

const RUNS = ['copyInvoice', 'invoiceMilestone', 'preview', 'syncTimeEntries', 'transferExpenses'];

export const PROPERTIES: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    options: [
      {
        name: 'Answer a Difference',
        value: 'answer',
        description: 'Carry out what a person has decided about an item of Conflicts',
        action: 'Answer a difference',
      },
      {
        name: 'Check Account Map',
        value: 'checkAccountMap',
        description: 'Compare the whole account map with the live chart of accounts; nothing is written',
        action: 'Check the account map',
      },
      {
        name: 'Copy Zoho Invoice',
        value: 'copyInvoice',
        description: 'Make the invoices of Zoho Books in Xero (zoho-invoice/v1)',
        action: 'Copy zoho invoices',
      },
      {
        name: 'Invoice Milestone',
        value: 'invoiceMilestone',
        description: 'Invoice completed milestones with their time and expenses (milestone-invoice/v1)',
        action: 'Invoice milestones',
      },
      {
        name: 'Preview',
        value: 'preview',
        description: 'Plan any of the recipes and write nothing',
        action: 'Preview a billing run',
      },
      {
        name: 'Sync Time Entries',
        value: 'syncTimeEntries',
        description: 'Enter approved time of Zoho Projects in Xero Projects (time-entries/v1)',
        action: 'Sync time entries',
      },
      {
        name: 'Transfer Expenses',
        value: 'transferExpenses',
        description: 'Book expenses of Zoho Books as bills or spend money (expenses/v1)',
        action: 'Transfer expenses',
      },
    ],
    default: 'invoiceMilestone',
  },
  {
    displayName:
      'What was billed is remembered on each document in Xero, in a small file, and on each time entry, at the end of its description. Let only one execution at a time write for an organisation: n8n keeps none waiting, so bill it from one workflow, at intervals longer than a run.',
    name: 'onceNotice',
    type: 'notice',
    default: '',
    displayOptions: {
      show: {
        operation: ['answer', 'copyInvoice', 'invoiceMilestone', 'syncTimeEntries', 'transferExpenses'],
      },
    },
  },
  {
    displayName: 'Xero Organisation',
    name: 'organisation',
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    description: 'Where documents are made. It may stay empty where the credential reaches one only.',
    modes: fromList({
      search: 'searchOrganisations',
      placeholder: 'Choose an organisation',
      written: 'By Name or ID',
      example: 'Acme Ltd',
    }),
  },
  {
    displayName: 'Recipe',
    name: 'recipe',
    type: 'string',
    typeOptions: { rows: 14 },
    default: '',
    required: true,
    placeholder: 'recipe: milestone-invoice/v1',
    description:
      'A billing recipe as YAML or JSON, its account map written out under <code>accounts</code>. Portal, projects and the organisation of Zoho Books stand in it.',
  },
  {
    displayName: 'Look At',
    name: 'lookAt',
    type: 'options',
    options: [
      { name: 'Everything', value: 'everything', description: 'All that the recipe bills' },
      {
        name: 'What the Input Names',
        value: 'items',
        description: 'Milestones, time logs, expenses or invoices by their ID, all in one plan',
      },
    ],
    default: 'everything',
    description: 'What is billed where it is due',
    displayOptions: { show: { operation: RUNS } },
  },
  {
    displayName: 'ID',
    name: 'subjectId',
    type: 'string',
    default: '={{ $json.id }}',
    description: 'Of the milestone or time log in Zoho Projects, or of the expense or invoice in Zoho Books',
    displayOptions: { show: { operation: RUNS, lookAt: ['items'] } },
  },
  {
    displayName: 'ID',
    name: 'subjectId',
    type: 'string',
    default: '={{ $json.subject }}',
    required: true,
    description: 'As an item of Conflicts names its subject',
    displayOptions: { show: { operation: ['answer'] } },
  },
  {
    displayName: 'Document Number',
    name: 'documentNumber',
    type: 'string',
    default: '={{ $json.documentNumber }}',
    required: true,
    description: 'The document, or time entry, that the issue is about',
    displayOptions: { show: { operation: ['answer'] } },
  },
  {
    displayName: 'Answer',
    name: 'answer',
    type: 'options',
    options: [
      {
        name: 'Bill It on the Next Document',
        value: 'next-invoice',
        description: 'The difference goes onto a further document',
      },
      {
        name: 'Free Its Lines',
        value: 'free',
        description: 'The document was voided: its lines may be billed again',
      },
      {
        name: 'It Is Settled',
        value: 'settled',
        description: 'It was seen to in Xero by hand: count it as billed',
      },
    ],
    default: 'next-invoice',
    description: 'What is to become of the difference',
    displayOptions: { show: { operation: ['answer'] } },
  },
  BILLING_OPTIONS,
];

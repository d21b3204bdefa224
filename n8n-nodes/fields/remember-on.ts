import type { INodeProperties } from 'n8n-workflow';

/** Where it is kept what both sides last agreed on. */
export const REMEMBER_ON: readonly INodeProperties[] = [
  {
    displayName: 'Remember On',
    name: 'base',
    type: 'options',
    options: [
      {
        name: 'The Records (Recommended)',
        value: 'records',
        description: 'A stamp on both records says what they last agreed on, and who belongs to whom',
      },
      {
        name: 'Nothing',
        value: 'nothing',
        description: 'Every difference looks like a first contact: see the hint',
      },
    ],
    default: 'records',
    description: 'Where it is kept what both sides last agreed on. n8n itself keeps no state of a sync.',
    displayOptions: { show: { recipeFrom: ['fields'] } },
  },
  {
    displayName:
      'Without stamps nobody can tell which side changed: a value beats an empty one, then the rule decides, and edits of both sides are no conflict. A changed address is a new person, and deletions are not seen.',
    name: 'baseNotice',
    type: 'notice',
    default: '',
    displayOptions: { show: { recipeFrom: ['fields'], base: ['nothing'] } },
  },
  {
    displayName: 'Stamp Fields',
    name: 'stamps',
    type: 'collection',
    placeholder: 'Use other names',
    default: {},
    description:
      'In Salesforce an admin adds two text fields: Stackbridge_Stamp__c with 255 characters and Mailchimp_Contact_Id__c with 50. In Mailchimp the first sync adds its two by itself, hidden from forms.',
    options: [
      {
        displayName: 'Mailchimp Partner Field',
        name: 'partnerMergeField',
        type: 'string',
        default: 'SFID',
        description: 'Tag of the text merge field that holds the ID of the Salesforce record',
      },
      {
        displayName: 'Mailchimp Stamp Field',
        name: 'stampMergeField',
        type: 'string',
        default: 'SBSTAMP',
        description: 'Tag of the text merge field that holds the stamp',
      },
      {
        displayName: 'Salesforce Partner Field',
        name: 'partnerField',
        type: 'string',
        default: 'Mailchimp_Contact_Id__c',
        description: 'API name of the text field that holds the contact_id of the member',
      },
      {
        displayName: 'Salesforce Stamp Field',
        name: 'stampField',
        type: 'string',
        default: 'Stackbridge_Stamp__c',
        description: 'API name of the text field that holds the stamp, of at least 255 characters',
      },
    ],
    displayOptions: { show: { recipeFrom: ['fields'], base: ['records'] } },
  },
];

import type { INodeProperties } from 'n8n-workflow';

/** What a recipe may say besides: who is synced, and what becomes of people who are deleted or come back. */
export const MORE_RULES: INodeProperties = {
  displayName: 'More Rules',
  name: 'moreRules',
  type: 'collection',
  placeholder: 'Add rule',
  default: {},
  description: 'Who is synced, and what becomes of people who are deleted or come back',
  options: [
    {
      displayName: 'External ID Field',
      name: 'externalId',
      type: 'string',
      default: '',
      placeholder: 'Mailchimp_External_Id__c',
      description:
        "A unique external-ID text field of Salesforce for the member's contact_id: a creation whose answer was lost cannot double",
    },
    {
      displayName: 'Filter',
      name: 'filter',
      type: 'string',
      default: '',
      placeholder: "MailingCountry = 'France'",
      description: 'SOQL condition of the Salesforce records to sync. Empty means all.',
    },
    {
      displayName: 'New Members Are',
      name: 'newMembers',
      type: 'options',
      options: [
        { name: 'Pending', value: 'pending', description: 'Mailchimp asks them first by mail' },
        { name: 'Subscribed', value: 'subscribed', description: 'They get campaigns from now on' },
        { name: 'Transactional', value: 'transactional', description: 'They get no campaigns' },
      ],
      default: 'subscribed',
      description: 'Status of members created for people who have not opted out',
    },
    {
      displayName: 'When Deleted in Mailchimp',
      name: 'deletedInMailchimp',
      type: 'options',
      options: [
        { name: 'Keep the Record', value: 'keep', description: 'It stays as it is' },
        { name: 'Opt the Record Out', value: 'opt-out', description: 'Its opt-out field is ticked' },
      ],
      default: 'keep',
      description: 'What becomes of the record of an archived or deleted member',
    },
    {
      displayName: 'When Deleted in Salesforce',
      name: 'deletedInSalesforce',
      type: 'options',
      options: [
        {
          name: 'Archive the Member',
          value: 'archive',
          description: 'Out of the audience, and can come back',
        },
        { name: 'Keep the Member', value: 'keep', description: 'It stays as it is, and gets campaigns' },
        {
          name: 'Unsubscribe the Member',
          value: 'unsubscribe',
          description: 'It stays, and gets no campaigns',
        },
      ],
      default: 'archive',
      description: 'What becomes of the member of a deleted record',
    },
    {
      displayName: 'When Subscribed Again',
      name: 'resubscribe',
      type: 'options',
      options: [
        { name: 'Ask a Person', value: 'review', description: 'It goes to Conflicts' },
        { name: 'Honour It', value: 'honour', description: 'The opt-out in Salesforce is taken back' },
        { name: 'Keep Them Out', value: 'keep-out', description: 'The member is unsubscribed again' },
      ],
      default: 'review',
      description: 'The person has subscribed again in Mailchimp while Salesforce says out',
    },
    {
      displayName: 'Whose Fields Count Where Several Have One Address',
      name: 'owner',
      type: 'options',
      options: [
        { name: 'Ask a Person', value: 'review', description: 'They go to Conflicts' },
        { name: 'The Newest Record', value: 'newest', description: 'The one that was created last' },
        { name: 'The Oldest Record', value: 'oldest', description: 'The one that was created first' },
      ],
      default: 'review',
      description: 'Several Salesforce records with one address share a member; one of them owns it',
    },
  ],
  displayOptions: { show: { recipeFrom: ['fields'] } },
};

import type { INodeProperties } from 'n8n-workflow';

/** Which fields are kept in step: for each one of the audience, one of Salesforce. */
export const FIELD_MAP: INodeProperties = {
  displayName: 'Fields',
  name: 'fieldMap',
  type: 'resourceMapper',
  noDataExpression: true,
  default: { mappingMode: 'defineBelow', value: null },
  description:
    'For each field of the audience the field of Salesforce that it is kept in step with. The email address always is.',
  typeOptions: {
    loadOptionsDependsOn: ['audience.value', 'personObject'],
    resourceMapper: {
      resourceMapperMethod: 'mapFields',
      mode: 'add',
      fieldWords: { singular: 'field', plural: 'fields' },
      addAllFields: false,
      supportAutoMap: false,
      noFieldsError: 'Choose an audience first',
    },
  },
  displayOptions: { show: { recipeFrom: ['fields'] } },
};

/** Where one field is treated otherwise than the rest. */
export const FIELD_RULES: INodeProperties = {
  displayName: 'Rules for Single Fields',
  name: 'rules',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  placeholder: 'Add Rule',
  default: {},
  description: 'Where one field is to be treated otherwise than the rest',
  options: [
    {
      displayName: 'Rule',
      name: 'rule',
      values: [
        {
          displayName: 'Direction',
          name: 'direction',
          type: 'options',
          options: [
            { name: 'Both Ways', value: 'both', description: 'An edit on either side reaches the other' },
            { name: 'To Mailchimp', value: 'to-mailchimp', description: 'Salesforce is right' },
            { name: 'To Salesforce', value: 'to-salesforce', description: 'Mailchimp is right' },
          ],
          default: 'both',
          description: 'Which way values of this field go',
        },
        {
          displayName: 'Field Name or ID',
          name: 'field',
          type: 'options',
          typeOptions: { loadOptionsMethod: 'getMergeFields', loadOptionsDependsOn: ['audience.value'] },
          default: '',
          description:
            'A field of the audience that is mapped above. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
        },
        {
          displayName: 'Keep What Is Not Empty',
          name: 'keepNonEmpty',
          type: 'boolean',
          default: false,
          description: 'Whether a field that was emptied on one side leaves the other as it is',
        },
        {
          displayName: 'When Both Changed',
          name: 'policy',
          type: 'options',
          options: [
            {
              name: 'Ask a Person',
              value: 'review',
              description: 'Neither side is written: it goes to Conflicts',
            },
            { name: 'Mailchimp Wins', value: 'mailchimp', description: 'Its value goes to Salesforce' },
            {
              name: 'Merge Sets',
              value: 'union',
              description: 'For fields of several values: what either side added or took away',
            },
            {
              name: 'Newest Wins',
              value: 'newest',
              description: 'Changes within two minutes of each other go to Conflicts',
            },
            { name: 'Salesforce Wins', value: 'salesforce', description: 'Its value goes to Mailchimp' },
            {
              name: 'The Value Wins That Is Not Empty',
              value: 'non-empty',
              description: 'Where neither is empty, the newest',
            },
          ],
          default: 'newest',
          description: 'Who wins where both sides have changed to different values',
        },
      ],
    },
  ],
  displayOptions: { show: { recipeFrom: ['fields'] } },
};

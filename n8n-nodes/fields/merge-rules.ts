import type { INodeProperties } from 'n8n-workflow';

/** Which fields of two records are the same, and who wins. */
export const MERGE_RULES: INodeProperties = {
  displayName: 'Fields',
  name: 'rules',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  placeholder: 'Add Field',
  default: {},
  description: 'Which fields of both records are the same, and who wins where both have changed',
  options: [
    {
      displayName: 'Field',
      name: 'rule',
      values: [
        {
          displayName: 'Direction',
          name: 'direction',
          type: 'options',
          options: [
            { name: 'Both Ways', value: 'both', description: 'A change of either side reaches the other' },
            { name: 'To the Left', value: 'to-left', description: 'The right is right' },
            { name: 'To the Right', value: 'to-right', description: 'The left is right' },
          ],
          default: 'both',
          description: 'Which way values of this field go',
        },
        {
          displayName: 'Keep What Is Not Empty',
          name: 'keepNonEmpty',
          type: 'boolean',
          default: false,
          description: 'Whether a field that was emptied on one side leaves the other as it is',
        },
        {
          displayName: 'Left Field',
          name: 'left',
          type: 'string',
          default: '',
          placeholder: 'name',
          description: 'Name of the field in the left record; address.city for one inside another',
        },
        {
          displayName: 'Right Field',
          name: 'right',
          type: 'string',
          default: '',
          placeholder: 'full_name',
          description: 'Name of the field in the right record; address.city for one inside another',
        },
        {
          displayName: 'Type',
          name: 'type',
          type: 'options',
          options: [
            { name: 'Date', value: 'date', description: 'A day, without a time' },
            { name: 'Date and Time', value: 'datetime', description: 'A moment, whatever its time zone' },
            { name: 'Email', value: 'email', description: 'Capitals make no difference' },
            { name: 'Number', value: 'number', description: '1.50 is the same as 1.5' },
            { name: 'One of a List', value: 'picklist', description: 'A word that was chosen' },
            { name: 'Phone', value: 'phone', description: 'However it is punctuated' },
            { name: 'Set', value: 'set', description: 'A list, or words with semicolons, in whatever order' },
            { name: 'Text', value: 'text', description: 'Blanks around it make no difference' },
            { name: 'URL', value: 'url', description: 'The address of a page' },
            { name: 'Yes or No', value: 'boolean', description: 'A checkbox' },
          ],
          default: 'text',
          description: 'What the values mean, and so when two spellings of one are the same',
        },
        {
          displayName: 'When Both Changed',
          name: 'policy',
          type: 'options',
          options: [
            {
              name: 'Ask a Person',
              value: 'review',
              description: 'Neither side gets the other: it goes to Conflicts',
            },
            { name: 'Left Wins', value: 'left', description: 'The right gets the value of the left' },
            {
              name: 'Merge Sets',
              value: 'union',
              description: 'For sets: what either side added or took away',
            },
            {
              name: 'Newest Wins',
              value: 'newest',
              description: 'Changes within two minutes of each other go to Conflicts',
            },
            { name: 'Right Wins', value: 'right', description: 'The left gets the value of the right' },
            {
              name: 'The Value Wins That Is Not Empty',
              value: 'non-empty',
              description: 'Where neither is empty, the newest',
            },
          ],
          default: 'review',
          description: 'Who wins where both sides have changed to different values',
        },
      ],
    },
  ],
  displayOptions: { show: { recipeFrom: ['fields'] } },
};

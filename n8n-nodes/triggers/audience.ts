import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

export const mailchimpSignIn = z.enum(['apiKey', 'oAuth2']).default('apiKey');

/** As the editor's list of audiences gives it. */
export const audienceId = z
  .union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)])
  .pipe(z.string().min(1, 'Choose an audience'));

export const AUDIENCE: INodeProperties = {
  displayName: 'Audience',
  name: 'audience',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      placeholder: 'Choose an audience',
      typeOptions: { searchListMethod: 'searchAudiences', searchable: true },
    },
    { displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. a6b5da1054' },
  ],
  description: 'The Mailchimp audience that the people are in',
};

import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { fromList } from '../fields/from-list.ts';

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
  modes: fromList({
    search: 'searchAudiences',
    placeholder: 'Choose an audience',
    written: 'By ID',
    example: 'e.g. a6b5da1054',
  }),
  description: 'The Mailchimp audience that the people are in',
};

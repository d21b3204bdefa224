import type { PlainInputField } from 'zapier-platform-core';
import { z } from 'zod';
import { chosenFrom } from '../dropdowns/dropdown.ts';
import { mailchimpAudiences } from '../dropdowns/mailchimp-audiences.ts';

export const audienceId = z.string().min(1);

export const AUDIENCE_FIELD: PlainInputField = {
  key: 'audience',
  label: 'Audience',
  type: 'string',
  required: true,
  altersDynamicFields: true,
  ...chosenFrom(mailchimpAudiences),
  helpText: 'The Mailchimp audience that the people are in.',
};

import type { PlainInputField } from 'zapier-platform-core';
import { z } from 'zod';

/** What people are in an organisation. */
export const personObject = z.enum(['Contact', 'Lead']).default('Contact');

export const PERSON_OBJECT_FIELD = {
  key: 'object',
  label: 'Kind of Record',
  type: 'string',
  required: true,
  default: 'Contact',
  choices: { Contact: 'Contact', Lead: 'Lead' },
  altersDynamicFields: true,
  helpText: 'Whether you keep the people in question as contacts or as leads in Salesforce.',
} as const satisfies PlainInputField;

import type { PlainInputField } from 'zapier-platform-core';
import { z } from 'zod';

export const filter = z.string().min(1).optional();

export const FILTER_FIELD = {
  key: 'filter',
  label: 'Only Records That',
  type: 'string',
  required: false,
  helpText:
    "A condition in Salesforce's query language, such as `MailingCountry = 'France'`. Leave it empty for all records.",
} as const satisfies PlainInputField;

import type { PlainInputField } from 'zapier-platform-core';
import { z } from 'zod';

export const booksOrganisation = z.string().min(1).optional();

export const BOOKS_ORGANISATION_FIELD = {
  key: 'booksOrganisation',
  label: 'Organisation in Zoho Books',
  type: 'string',
  required: false,
  helpText: 'The name of your organisation in Zoho Books. Leave it empty where you have one.',
} as const satisfies PlainInputField;

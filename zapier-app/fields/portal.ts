import type { PlainInputField } from 'zapier-platform-core';
import { z } from 'zod';

export const portal = z.string().min(1).optional();

export const PORTAL_FIELD = {
  key: 'portal',
  label: 'Portal',
  type: 'string',
  required: false,
  altersDynamicFields: true,
  helpText:
    'The name of your portal in Zoho Projects, as it stands in its web address. Leave it empty where you have one.',
} as const satisfies PlainInputField;

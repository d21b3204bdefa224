import type { PlainInputField } from 'zapier-platform-core';
import { z } from 'zod';

export const again = z.union([z.boolean(), z.stringbool()]).default(true);

export const AGAIN_FIELD = {
  key: 'again',
  label: 'Again When It Changes',
  type: 'boolean',
  required: false,
  default: 'true',
  helpText:
    'What is edited later comes in again, so that a billing step can bring its draft in Xero up to date. Say no for each to come in once.',
} as const satisfies PlainInputField;

import type { PlainInputField } from 'zapier-platform-core';
import { z } from 'zod';

export const again = z.union([z.boolean(), z.stringbool()]).default(false);

export const AGAIN_FIELD = {
  key: 'again',
  label: 'Again When It Changes',
  type: 'boolean',
  required: false,
  default: 'false',
  helpText:
    'Say yes for what is edited later to come in again, so that a billing step can bring its draft in Xero up to date. Each change counts as a task.',
} as const satisfies PlainInputField;

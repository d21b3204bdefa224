import type { PlainInputField } from 'zapier-platform-core';
import { yesNo } from './yes-no.ts';

export const again = yesNo(false);

export const AGAIN_FIELD = {
  key: 'again',
  label: 'Again When It Changes',
  type: 'boolean',
  required: false,
  default: 'false',
  helpText:
    'Say yes for what is edited later to come in again, so that a billing step can bring its draft in Xero up to date. Each change counts as a task.',
} as const satisfies PlainInputField;

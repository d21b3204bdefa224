import type { PlainInputField } from 'zapier-platform-core';
import { z } from 'zod';
import { chosenFrom } from '../dropdowns/dropdown.ts';
import { zohoProjectChoices } from '../dropdowns/zoho-projects.ts';

export const projectId = z.string().min(1).optional();

export const PROJECT_FIELD: PlainInputField = {
  key: 'project',
  label: 'Project',
  type: 'string',
  required: false,
  ...chosenFrom(zohoProjectChoices),
  helpText:
    'Only this project. Leave it empty for all; that reads each of them at every check, so choose one where there are more than about twenty.',
};

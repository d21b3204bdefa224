import type { PlainInputField } from 'zapier-platform-core';
import { z } from 'zod';
import { chosenFrom } from '../dropdowns/dropdown.ts';
import { salesforceFields } from '../dropdowns/salesforce-fields.ts';

export const moreFields = z.array(z.string().min(1)).default([]);

export const MORE_FIELDS_FIELD: PlainInputField = {
  key: 'moreFields',
  label: 'More Fields',
  type: 'string',
  list: true,
  required: false,
  altersDynamicFields: true,
  ...chosenFrom(salesforceFields),
  helpText:
    'Fields to show besides the usual ones (name, email, phone, address, opt-out), such as custom fields.',
};

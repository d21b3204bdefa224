import type { PlainInputField } from 'zapier-platform-core';
import { z } from 'zod';
import { chosenFrom } from '../dropdowns/dropdown.ts';
import { xeroOrganisationChoices } from '../dropdowns/xero-organisations.ts';

export const organisation = z.string().min(1).optional();

export const ORGANISATION_FIELD: PlainInputField = {
  key: 'organisation',
  label: 'Organisation',
  type: 'string',
  required: false,
  ...chosenFrom(xeroOrganisationChoices),
  helpText: 'The organisation in Xero. Leave it empty where the account reaches only one.',
};

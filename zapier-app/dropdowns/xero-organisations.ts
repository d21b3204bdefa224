import { organisationsOf } from '../connection/xero.ts';
import { defineDropdown } from './dropdown.ts';

export const xeroOrganisationChoices = defineDropdown(
  'xero_organisations',
  'Xero Organisation',
  async (step) => (await organisationsOf(step)).map(({ tenantId, name }) => ({ id: tenantId, label: name })),
);

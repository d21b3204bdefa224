import { clientTo } from '@stackbridge/shared-mappers/connectors/client-to.ts';
import type { Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import {
  type BillingClients,
  type BillingConnectors,
  billingConnectors,
  type ZohoPlace,
} from '@stackbridge/shared-mappers/recipes/billing-connectors.ts';
import type { ClientSettings } from './recipe-connectors.ts';

/** All sides of a recipe, through clients of their own. */
export function billingConnectorsOf(
  recipe: { readonly zoho: ZohoPlace },
  connectionTo: (system: keyof BillingClients) => Connection,
  settings: ClientSettings,
): BillingConnectors {
  const clientOf = (system: keyof BillingClients) =>
    clientTo({ ...settings, system, connection: connectionTo(system) });
  return billingConnectors(recipe, {
    'zoho-projects': clientOf('zoho-projects'),
    'zoho-books': clientOf('zoho-books'),
    xero: clientOf('xero'),
  });
}

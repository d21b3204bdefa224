import { clientTo } from '@stackbridge/shared-mappers/connectors/client-to.ts';
import type { BillingClients } from '@stackbridge/shared-mappers/recipes/billing-connectors.ts';
import { xeroConnection } from '../connection/xero.ts';
import { zohoConnection } from '../connection/zoho.ts';
import type { NodeContext } from '../ports/node-context.ts';
import type { NodePorts } from '../ports/node-ports.ts';

/** Clients of the accounts whose credentials were chosen for a node. @param tenantId Xero's organisation */
export async function billingClients(
  context: NodeContext,
  ports: NodePorts & { readonly patienceMs: number },
  tenantId: string,
): Promise<BillingClients> {
  const [projects, books, xero] = await Promise.all([
    zohoConnection(context, 'zoho-projects'),
    zohoConnection(context, 'zoho-books'),
    xeroConnection(context, tenantId),
  ]);
  return {
    'zoho-projects': clientTo({ ...ports, system: 'zoho-projects', connection: projects }),
    'zoho-books': clientTo({ ...ports, system: 'zoho-books', connection: books }),
    xero: clientTo({ ...ports, system: 'xero', connection: xero }),
  };
}

import { createZohoBooksConnector } from '@stackbridge/shared-mappers/connectors/zoho-books/connector.ts';
import { createZohoProjectsConnector } from '@stackbridge/shared-mappers/connectors/zoho-projects/connector.ts';
import type { BooksSource, ProjectSource } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import type { Step } from '../step.ts';
import { clientOf } from './client.ts';

/**
 * @param portal its name or id; absent: the only one, or the account's default
 * @param fixedAmountField API name of the custom field of milestones that holds an agreed amount
 */
export function zohoProjects(
  { bundle, ports }: Step,
  portal: string | undefined,
  fixedAmountField?: string,
): ProjectSource {
  const client = clientOf({ system: 'zoho-projects' }, bundle.authData, ports);
  return createZohoProjectsConnector({
    client,
    ...(portal === undefined ? {} : { portal }),
    ...(fixedAmountField === undefined ? {} : { fixedAmountField }),
  });
}

/** @param organisation its name or id; absent: the only one, or the user's default */
export function zohoBooks({ bundle, ports }: Step, organisation: string | undefined): BooksSource {
  const client = clientOf({ system: 'zoho-books' }, bundle.authData, ports);
  return createZohoBooksConnector({ client, ...(organisation === undefined ? {} : { organisation }) });
}

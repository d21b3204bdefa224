import { createZohoBooksConnector } from '@stackbridge/shared-mappers/connectors/zoho-books/connector.ts';
import { createZohoProjectsConnector } from '@stackbridge/shared-mappers/connectors/zoho-projects/connector.ts';
import type { BooksSource, ProjectSource } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import type { Step } from '../step.ts';
import { clientOf } from './client.ts';

export interface ProjectsReading {
  /** API name of the custom field of milestones that holds an agreed amount. Default: none is read. */
  readonly fixedAmountField?: string | undefined;
  /** Where people open the portal, for links to projects. Default: they have none. */
  readonly webUrl?: string | undefined;
}

/** @param portal its name or id; absent: the only one, or the account's default */
export function zohoProjects(
  { bundle, ports }: Step,
  portal: string | undefined,
  { fixedAmountField, webUrl }: ProjectsReading = {},
): ProjectSource {
  const client = clientOf({ system: 'zoho-projects' }, bundle.authData, ports);
  return createZohoProjectsConnector({
    client,
    ...(portal === undefined ? {} : { portal }),
    ...(fixedAmountField === undefined ? {} : { fixedAmountField }),
    ...(webUrl === undefined ? {} : { webUrl }),
  });
}

/** @param organisation its name or id; absent: the only one, or the user's default */
export function zohoBooks({ bundle, ports }: Step, organisation: string | undefined): BooksSource {
  const client = clientOf({ system: 'zoho-books' }, bundle.authData, ports);
  return createZohoBooksConnector({ client, ...(organisation === undefined ? {} : { organisation }) });
}

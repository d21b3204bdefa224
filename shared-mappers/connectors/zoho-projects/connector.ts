import type { SystemClient } from '../../http/system-client.ts';
import type { ProjectSource } from '../../ports/billing-source.ts';
import { findPortal, type Portal } from './portal.ts';
import { createReader } from './read.ts';

export interface ZohoProjectsConnectorOptions {
  /** Of system `zoho-projects`, with `zohoProjectsLimits` and `interpretZohoProjects`. */
  readonly client: SystemClient;
  /** Name of the portal, or its id; default the only one, or the account's default. */
  readonly portal?: string;
  /** API name of the milestones' custom field that holds an agreed amount: `cf_fixed_amount`. Default none. */
  readonly fixedAmountField?: string;
  /** Where people open the portal: `https://projects.zoho.eu`. Default: projects carry no link. */
  readonly webUrl?: string;
}

/** The projects of one portal. */
export function createZohoProjectsConnector(options: ZohoProjectsConnectorOptions): ProjectSource {
  const { client, portal: nameOrId, fixedAmountField, webUrl } = options;
  let known: Promise<Portal> | undefined;

  function portal(): Promise<Portal> {
    if (known !== undefined) return known;
    const found = findPortal(client, nameOrId);
    known = found;
    // What failed once may work the next time.
    found.catch(() => {
      known = undefined;
    });
    return found;
  }

  return { system: 'zoho-projects', ...createReader({ client, portal, fixedAmountField, webUrl }) };
}

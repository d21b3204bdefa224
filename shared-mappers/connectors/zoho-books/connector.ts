import type { SystemClient } from '../../http/system-client.ts';
import type { BooksSource } from '../../ports/billing-source.ts';
import { findOrganisation } from './organisation.ts';
import { createReader } from './read.ts';

export interface ZohoBooksConnectorOptions {
  /** Of system `zoho-books`, with `zohoBooksLimits` and `interpretZohoBooks`. */
  readonly client: SystemClient;
  /** Name of the organisation, or its id; default the only one, or the user's default. */
  readonly organisation?: string;
}

/** The books of one organisation. */
export function createZohoBooksConnector(options: ZohoBooksConnectorOptions): BooksSource {
  const { client, organisation: nameOrId } = options;
  let known: Promise<string> | undefined;

  function organisation(): Promise<string> {
    if (known !== undefined) return known;
    const found = findOrganisation(client, nameOrId);
    known = found;
    // What failed once may work the next time.
    found.catch(() => {
      known = undefined;
    });
    return found;
  }

  return { system: 'zoho-books', ...createReader(client, organisation) };
}

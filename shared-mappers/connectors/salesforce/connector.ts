import type { SystemClient } from '../../http/system-client.ts';
import type { ObjectSchema } from '../../model/field-schema.ts';
import type { Connector } from '../../ports/connector.ts';
import { writeBulk } from './bulk.ts';
import { DEFAULT_BULK_THRESHOLD, salesforceCapabilities } from './capabilities.ts';
import { describeSalesforce } from './describe.ts';
import type { PersonObject } from './identity.ts';
import { createReader } from './read.ts';
import { createWriter } from './write.ts';

export interface SalesforceConnectorOptions {
  /** Made with `salesforceLimits` and `interpretSalesforce`; shared by all connectors of the org. */
  readonly client: SystemClient;
  readonly object: PersonObject;
  /** SOQL condition that listings keep to, for example `MailingCountry != 'Nowhere'`. Default: every record. */
  readonly filter?: string;
  /**
   * Checkboxes that say "no mail": who has left the filter and ticks one is told of in listings of changes, as
   * `filtered`. They are among the columns that are read. Default: none.
   */
  readonly optOuts?: readonly string[];
  /**
   * A unique external-id field of the object: creates become upserts by the source record's id, so that a repeated
   * create finds the record again. Without it an unanswered create is looked up by its address.
   */
  readonly externalId?: string;
  /** Writes from which Bulk 2.0 is used; default 10,000. */
  readonly bulkThreshold?: number;
  /** Saves records that a duplicate rule of the kind "alert" would hold up; default false. */
  readonly allowDuplicates?: boolean;
}

/** Contacts or leads of one org. */
export function createSalesforceConnector(options: SalesforceConnectorOptions): Connector {
  const { client, object, filter, optOuts, externalId, allowDuplicates } = options;
  const described = new Map<PersonObject, Promise<ObjectSchema>>();

  function describeOnce(of: PersonObject): Promise<ObjectSchema> {
    const schema = described.get(of) ?? describeSalesforce(client, of);
    described.set(of, schema);
    schema.catch(() => described.delete(of));
    return schema;
  }

  const reader = createReader({ client, object, filter, optOuts, describe: describeOnce });
  const settings = { client, object, externalId, allowDuplicates };
  const { write } = createWriter({ ...settings, readByKey: reader.readByKey });

  return {
    system: 'salesforce',
    object,
    capabilities: salesforceCapabilities(externalId !== undefined),
    bulkThreshold: options.bulkThreshold ?? DEFAULT_BULK_THRESHOLD,
    describe: () => describeSalesforce(client, object),
    ...reader,
    write,
    writeBulk: (requests) => writeBulk(requests, { ...settings, write }),
  };
}

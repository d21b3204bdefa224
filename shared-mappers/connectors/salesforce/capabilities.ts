import type { Capabilities } from '../../ports/connector.ts';

/** @param externalId whether creates are upserts by a unique external-id field */
export function salesforceCapabilities(externalId: boolean): Capabilities {
  return {
    // "sObject Collections": up to 200 records in one request.
    writeBatch: 200,
    // Ids in an IN list: 200 of them keep the URI, which is limited to about 16 KB, near 6 KB.
    lookupBatch: 200,
    // More writers at once mostly meet each other's row locks.
    writeConcurrency: 4,
    createIsIdempotent: externalId,
    changesTellDeletes: true,
  };
}

/** Records from which two jobs of Bulk 2.0 with their waiting are cheaper than 50 collections. */
export const DEFAULT_BULK_THRESHOLD = 10_000;

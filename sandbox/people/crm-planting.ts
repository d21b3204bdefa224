import type { Org } from '../salesforce/org.ts';
import type { CrmValues } from './contact-values.ts';

/**
 * Puts a record into Salesforce as if it had been there for long: unchecked, and with a stamp of its own.
 * @param stampMs when it was created and last changed, whole seconds, milliseconds since 1970
 * @returns its id
 */
export function plantRecord(org: Org, object: string, values: CrmValues, stampMs: number): string {
  values.OwnerId = org.adminUserId;
  return org.store(object).insert(values, stampMs, org.adminUserId).Id;
}

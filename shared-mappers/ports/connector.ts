import type { StackbridgeError } from '../errors/stackbridge-error.ts';
import type { ObjectSchema } from '../model/field-schema.ts';
import type { Instant } from '../model/instant.ts';
import type { JsonObject } from '../model/json.ts';
import type { SourceRecord } from '../model/record.ts';
import type { SystemName } from '../model/side.ts';

/** What one system can and cannot do; the loop asks these instead of the system's name. */
export interface Capabilities {
  /** Most records one write call takes: Mailchimp 500, Salesforce collections 200. */
  readonly writeBatch: number;
  /** Most ids or keys one look-up call takes; 1 where the system reads records one by one. */
  readonly lookupBatch: number;
  /** Write calls that may be under way at once. */
  readonly writeConcurrency: number;
  /** A repeated create is recognised by the system (unique external id, unique address) and cannot double. */
  readonly createIsIdempotent: boolean;
  /** A listing of changes also tells which records were deleted. */
  readonly changesTellDeletes: boolean;
}

/** One page of a listing. */
export interface Page {
  readonly records: readonly SourceRecord[];
  /** Records in the whole listing, where the system says so: fewer read in the end is an incomplete listing. */
  readonly expected?: number;
  /** Of those, the live ones, where archived ones are listed as well. Default: all */
  readonly live?: number;
  /** The server's time from before this listing began; only on the first page. */
  readonly serverTime?: Instant;
}

/** One write as the loop hands it over. `payload` is in the vendor's own shape, made by a compiled field map. */
export type WriteRequest =
  | {
      readonly action: 'create';
      readonly email?: string;
      readonly payload: JsonObject;
      readonly sourceId: string;
    }
  | { readonly action: 'update'; readonly id: string; readonly email?: string; readonly payload: JsonObject }
  /** The match address moves; the payload holds the new one and may hold other fields. */
  | { readonly action: 'rename'; readonly id: string; readonly payload: JsonObject }
  /** The person does not want mail; the payload may hold other fields. */
  | { readonly action: 'opt-out'; readonly id: string; readonly email?: string; readonly payload: JsonObject }
  /** Ask the person again (Mailchimp `pending`: double opt-in mail). */
  | {
      readonly action: 'ask-again';
      readonly id: string;
      readonly email?: string;
      readonly payload: JsonObject;
    }
  | { readonly action: 'archive'; readonly id: string }
  /** Bring an archived member back with the consent given in the payload. */
  | {
      readonly action: 'restore';
      readonly id: string;
      readonly email?: string;
      readonly payload: JsonObject;
    };

export type WriteAction = WriteRequest['action'];

/** What became of one write. Results stand in the order of the requests, one each. */
export type WriteResult =
  | {
      readonly outcome: 'written';
      readonly id: string;
      readonly created: boolean;
      readonly record?: SourceRecord;
    }
  /** The system refused this record, or the whole call failed for good. */
  | { readonly outcome: 'refused'; readonly error: StackbridgeError }
  /** No answer came and reading back did not settle it: the next run does. */
  | { readonly outcome: 'uncertain'; readonly error: StackbridgeError };

/**
 * One object of one account (Contact, Lead, an audience), read and written. The same interface for every system.
 *
 * Calls are limited, retried where a repeat does no harm, renewed once on an expired token, and counted; what
 * remains is thrown as `StackbridgeError`. `write` throws only for what concerns the connection as a whole
 * (`Reconnect`, `QUOTA_USED_UP`, `RATE_LIMITED` past patience, `STOPPED`): everything about a record is in its result.
 */
export interface Connector {
  readonly system: SystemName;
  readonly object: string;
  readonly capabilities: Capabilities;
  /** Reads the schema live. */
  describe(): Promise<ObjectSchema>;
  /** Every record of the recipe's filter. A later page may hold a record again with newer values. */
  readAll(columns: readonly string[]): AsyncIterable<Page>;
  /** Every record changed, deleted, merged, converted or archived at or after `since` (the caller subtracts the overlap). */
  readChanges(since: Instant, columns: readonly string[]): AsyncIterable<Page>;
  /** The records as they are now, in any order; ids the system does not know come back with state `gone`. */
  readByIds(ids: readonly string[], columns: readonly string[]): Promise<SourceRecord[]>;
  /** Live (and, for Mailchimp, archived) records whose field holds one of the values, compared as the system compares. */
  readByKey(field: string, values: readonly string[], columns: readonly string[]): Promise<SourceRecord[]>;
  /** As `readByKey`, and whoever had the value when they were deleted, merged or converted. Absent where none are kept. */
  readAnyByKey?(
    field: string,
    values: readonly string[],
    columns: readonly string[],
  ): Promise<SourceRecord[]>;
  /** Whoever was merged into one of these, one step back. Absent where the system merges nobody. */
  readMergedInto?(ids: readonly string[], columns: readonly string[]): Promise<SourceRecord[]>;
  /** Sends up to `capabilities.writeBatch` requests that share an action. */
  write(requests: readonly WriteRequest[]): Promise<WriteResult[]>;
  /** Past the system's own threshold: many creates or updates in one bulk job. Absent where there is none. */
  writeBulk?(requests: AsyncIterable<WriteRequest[]>): AsyncIterable<WriteResult[]>;
  /** Records from which `writeBulk` is cheaper than `write`. */
  readonly bulkThreshold?: number;
}

import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';

/** An answer ready to be sent. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** A string goes out as it is, anything else as JSON, undefined as an empty body. */
  body?: unknown;
}

/** A record as the admin API shows and takes it: the vendor's field names. */
export type AdminRecord = Record<string, unknown>;

export interface AdminListing {
  total: number;
  records: AdminRecord[];
}

/** Which part of a collection to show. `ids` wins over the page. */
export interface AdminPage {
  limit: number;
  offset: number;
  ids?: readonly string[];
}

/**
 * What a person with the vendor's own screens can do to the records of one collection (a Salesforce object, a
 * Mailchimp audience). Rules that bind only the API do not apply.
 */
export interface Desk {
  list(collection: string, page: AdminPage): AdminListing;
  /** @returns the new record's id */
  create(collection: string, values: AdminRecord): string;
  edit(collection: string, id: string, values: AdminRecord): void;
  remove(collection: string, id: string): void;
}

/** A vendor-specific admin action, served as `POST /admin/<system>/<name>`. */
export interface AdminAction {
  /** Checks the input, carries the action out; throws ZodError on bad input. Undefined is answered as `{}`. */
  run(input: unknown): unknown;
}

/** Binds a typed function to the schema of its input. */
export function adminAction<T>(input: z.ZodType<T>, run: (input: T) => unknown): AdminAction {
  return { run: (raw) => run(input.parse(raw)) };
}

/**
 * One simulated vendor: the state behind its API, and the routes that serve it. Mounted under `/<name>`.
 * A route may name its operation with `{ config: { operation: 'query' } }`, for call counts and fault rules;
 * otherwise it is counted as `<METHOD> <route template>`.
 */
export interface Simulator {
  readonly name: string;
  /**
   * Where its paths begin, served at the root as well: some clients keep only the origin of a base address.
   * Default: nowhere but under `/<name>`.
   */
  readonly rootPath?: string;
  /** Adds the vendor's routes to an encapsulated scope already prefixed with `/<name>`. */
  register(scope: FastifyInstance): void;
  /** The vendor's own error for a status, as faults answer it. */
  failure(status: number): Answer;
  /** The vendor's own "too many calls". */
  throttled(options: { retryAfterS?: number | undefined; bare?: boolean | undefined }): Answer;
  /** Ends all access tokens; refreshing still works. Without effect where tokens do not expire. */
  expireTokens(): void;
  /** Withdraws the grant: neither calls nor refreshes work until reset. */
  revoke(): void;
  readonly desk: Desk;
  readonly actions: Readonly<Record<string, AdminAction>>;
  /** Back to the empty state it was created in. */
  reset(): void;
  /** The whole state as JSON data, and back. */
  snapshot(): unknown;
  restore(snapshot: unknown): void;
}

/** Set on a request whose answer a fault distorts; listings and sockets look at it. */
export type RequestFault = { kind: 'truncate'; rows: number } | { kind: 'empty' } | { kind: 'drop-after' };

declare module 'fastify' {
  interface FastifyRequest {
    /** The distortion this call suffers; null for nearly every call. */
    fault: RequestFault | null;
  }
  interface FastifyContextConfig {
    /** Short name of the operation, for call counts and fault rules. */
    operation?: string;
  }
}

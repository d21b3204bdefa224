import type { ObjectSchema } from '../model/field-schema.ts';
import type { Instant } from '../model/instant.ts';
import type { JsonObject } from '../model/json.ts';
import type { WriteResult } from './connector.ts';

export type CrmPersonObject = 'Contact' | 'Lead';

/** A contact or lead as activity needs it. */
export interface CrmPerson {
  readonly id: string;
  readonly object: CrmPersonObject;
  readonly email: string;
  readonly createdAt: Instant;
  /** The columns asked for. */
  readonly values: JsonObject;
}

export interface CrmCampaign {
  readonly id: string;
  /** The value of the field it was asked for by. */
  readonly key: string;
  /** Labels that its members can have. */
  readonly statuses: readonly string[];
}

export interface CrmMember {
  readonly id: string;
  readonly campaignId: string;
  readonly personId: string;
  readonly status: string;
}

/** A completed task that this run may have made before: what it says ends in the key. */
export interface CrmTask {
  readonly id: string;
  readonly personId: string;
  readonly description: string;
}

/** One record to write. With a key, by the external-id field of the same call. */
export interface CrmWrite {
  /** Of a record that is there; absent: it is created, or upserted by `key`. */
  readonly id?: string;
  readonly key?: string;
  readonly payload: JsonObject;
}

/** Where activity goes. */
export interface ActivityTarget {
  readonly system: 'salesforce';
  /** Most records of one write call. */
  readonly writeBatch: number;
  /** Write calls that may be under way at once. */
  readonly writeConcurrency: number;
  describe(object: string): Promise<ObjectSchema>;
  /** Everybody who has one of the addresses, in any case. Converted leads are left out. */
  peopleByEmail(
    object: CrmPersonObject,
    emails: readonly string[],
    columns: readonly string[],
  ): Promise<CrmPerson[]>;
  peopleById(
    object: CrmPersonObject,
    ids: readonly string[],
    columns: readonly string[],
  ): Promise<CrmPerson[]>;
  /** Addresses of people created or changed at or after the moment. */
  changedPeople(object: CrmPersonObject, since: Instant): AsyncIterable<readonly string[]>;
  /** @param field an external-id field, or `Name` */
  campaigns(field: string, keys: readonly string[]): Promise<CrmCampaign[]>;
  members(campaignIds: readonly string[], personIds: readonly string[]): Promise<CrmMember[]>;
  /** Tasks of these people that are due on or after the day (ISO date). */
  tasks(personIds: readonly string[], fromDay: string): Promise<CrmTask[]>;
  /**
   * Writes up to `writeBatch` records of one object; results in the same order. What stays without an answer is
   * `uncertain`. @param externalId the field that `key` goes into
   */
  write(object: string, writes: readonly CrmWrite[], externalId?: string): Promise<WriteResult[]>;
}

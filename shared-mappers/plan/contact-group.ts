import type { FieldMap } from '../mapping/compiled-rule.ts';
import type { Instant } from '../model/instant.ts';
import type { Link } from '../model/link.ts';
import type { SourceRecord } from '../model/record.ts';
import type { Decision } from '../ports/store.ts';
import type { BaseHome } from './base-home.ts';
import type { ContactOptions } from './contact-options.ts';

/** What a run knows beyond the records it read. A run that reads only changes knows none of it until it asks. */
export interface Known {
  /** The CRM has been asked for this address, inside the recipe's filter and outside. */
  readonly leftVerified: boolean;
  /** Mailchimp has been asked for this address. */
  readonly rightVerified: boolean;
  /** Every CRM record of the recipe that has this address is among `lefts`. */
  readonly sharersKnown: boolean;
  /** So many others have the address that they are not told one by one. Default: they are. */
  readonly crowd?: number;
}

/** Everything known about one person when a plan is made: records read in this run, and the sync state. */
export interface ContactGroup extends Known {
  /** CRM records read: the owner, followers, newcomers with the same address; in any state. */
  readonly lefts: readonly SourceRecord[];
  /** Members read; more than one only while an address changes hands. */
  readonly rights: readonly SourceRecord[];
  readonly links: readonly Link[];
  readonly decisions: readonly Decision[];
  /** Ids that were asked for in vain: a step that reaches one side cannot read them. Default: none. */
  readonly unseen?: readonly string[];
  /** A record of this person is no more, and what it said about mail holds for whoever takes its place. */
  readonly inheritsConsent?: true;
}

/** What does not change from one subject to the next. */
export interface PlanContext {
  readonly scope: string;
  readonly recipe: string;
  /** The left object of the recipe: links of other objects in the same scope are not this recipe's to write. */
  readonly leftObject: string;
  readonly map: FieldMap;
  readonly options: ContactOptions;
  /** Where bases are kept, and how their entries are made. */
  readonly home: BaseHome;
  /** Keyed hash of a normalised address. */
  readonly keyHashOf: (email: string) => string;
  readonly now: Instant;
}

/** Planning needs records that were not read: the loop reads them and plans again. */
export interface Needs {
  readonly leftIds: readonly string[];
  readonly rightIds: readonly string[];
  /** Address to look up on the left: before a record is created there, or one of several is taken for the only one. */
  readonly leftByEmail?: string;
  /** Address to look up on the right, before a person counts as not being there. */
  readonly rightByEmail?: string;
}

export const NOTHING_NEEDED: Needs = { leftIds: [], rightIds: [] };

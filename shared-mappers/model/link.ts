import type { Instant } from './instant.ts';
import type { Side } from './side.ts';

/**
 * `owner`: the record whose fields are merged with the member's. `follower`: another record with the same
 * address, kept in step for consent and activity only.
 */
export type LinkRole = 'owner' | 'follower';

/** Why a link no longer carries writes. A tombstone is kept so that what was deleted is not created again. */
export interface Tombstone {
  readonly side: Side;
  readonly why: 'deleted' | 'archived' | 'forgotten';
  readonly at: Instant;
}

/** Ties one left record to one right record within a scope (for contacts: one Mailchimp audience). */
export interface Link {
  readonly scope: string;
  readonly leftId: string;
  readonly leftObject: string;
  readonly rightId: string;
  readonly role: LinkRole;
  /** Keyed hash of the match key (normalised email) both sides last agreed on; never the address itself. */
  readonly keyHash: string;
  /** Encoded base, see model/base.ts. Empty in hosts that keep the base in stamps. */
  readonly base: string;
  readonly tombstone?: Tombstone;
}

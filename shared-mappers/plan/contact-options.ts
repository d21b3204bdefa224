import type { ConsentOptions } from '../merge/consent.ts';
import type { JsonObject } from '../model/json.ts';

/** A brake lets through `share` of what is linked (0 to 1), and in any case `atLeast` records. */
export interface BrakeLimit {
  readonly share: number;
  readonly atLeast: number;
}

/** Which of several CRM records with one address is the owner. */
export type OwnerRule =
  | { readonly by: 'oldest' | 'newest' | 'review' }
  | { readonly by: 'field'; readonly matches: (values: JsonObject) => boolean };

/** How a contact recipe wants decisions made; the recipe reader makes these from the recipe. */
export interface ContactOptions {
  readonly owner: OwnerRule;
  readonly create: { readonly left: boolean; readonly right: boolean };
  /** Status a new member gets when its CRM record has not opted out. */
  readonly newMembers: 'subscribed' | 'pending' | 'transactional';
  readonly consent: ConsentOptions;
  readonly deletes: {
    /** The CRM record was deleted: what becomes of the member. */
    readonly inLeft: 'archive' | 'unsubscribe' | 'keep';
    /** The member was archived or deleted: what becomes of the CRM record. */
    readonly inRight: 'keep' | 'opt-out';
    /** The member was archived and the CRM record is edited afterwards. */
    readonly archivedThenEdited: 'leave' | 'restore';
  };
  readonly brakes: { readonly deletes: BrakeLimit; readonly overwrites: BrakeLimit };
  /** Left field that holds the member's id, where the recipe has one. */
  readonly externalId?: string;
}

import type { CompiledRule } from '../mapping/compiled-rule.ts';
import type { Instant } from '../model/instant.ts';
import type { Side } from '../model/side.ts';

/**
 * What to do about one field of one pair.
 * `same`: nothing to do, the base is right. `agreed`: both hold the same and the base is to say so.
 * `write`: `value` goes to every side in `to`, and becomes the base. `leave`: they differ and the rule wants it so.
 */
export type FieldDecision =
  | { readonly kind: 'same' }
  | { readonly kind: 'agreed'; readonly value: string }
  | {
      readonly kind: 'write';
      readonly value: string;
      readonly to: readonly Side[];
      readonly reason: WriteReason;
    }
  | { readonly kind: 'leave' }
  /** Deciding needs the side that was not read. */
  | { readonly kind: 'unread'; readonly side: Side }
  | { readonly kind: 'conflict'; readonly code: 'BOTH_CHANGED' | 'CLOCKS_TOO_CLOSE' };

export type WriteReason =
  | 'changed'
  | 'first-contact'
  | 'enforced'
  | 'policy:left'
  | 'policy:right'
  | 'policy:newest'
  | 'policy:non-empty'
  | 'policy:union';

export interface MergeInput {
  /** Entry of the base; undefined at first contact or after the rule was changed. */
  readonly base: string | undefined;
  /** Canonical value; undefined where the side was not read, which means it is at its base. */
  readonly left: string | undefined;
  readonly right: string | undefined;
  readonly leftModifiedAt: Instant;
  readonly rightModifiedAt: Instant;
}

/** Makes the base entry of a value: a fingerprint, or for sets one fingerprint an element. */
export type EntryOf = (rule: CompiledRule, value: string) => string;

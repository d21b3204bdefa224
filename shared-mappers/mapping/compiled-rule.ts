import type { JsonObject, MutableJsonObject } from '../model/json.ts';
import type { Side } from '../model/side.ts';
import type { ValueType } from '../model/value-type.ts';
import type { Unwritable } from './unwritable.ts';

/** How two different new values are settled. `left` and `right`: that system of record wins. */
export type Policy = 'left' | 'right' | 'newest' | 'non-empty' | 'union' | 'review';

/**
 * A field rule after compilation against both described schemas: straight synchronous code, no look-ups by name.
 *
 * A **canonical value** is a string, `''` for empty, in the one form that both sides' spellings of the same value
 * share *as the narrower side would store it* (trimmed, cut, lower-cased, reformatted): two values are the same
 * exactly when their canonical strings are. Sets are their sorted elements joined by U+001F.
 */
export interface CompiledRule {
  /** Position in `FieldMap.rules`. */
  readonly index: number;
  /** As shown to people: `FirstName ↔ FNAME`, or the rule's `name`. Unique within a recipe. */
  readonly name: string;
  /** 4 characters derived from the definition; the key of this rule's entry in a base. */
  readonly key: string;
  readonly type: ValueType;
  /** `to-right`: the left is the source. */
  readonly direction: 'both' | 'to-right' | 'to-left';
  /** What happens when the target of a one-way rule was edited. */
  readonly drift: 'enforce' | 'leave';
  readonly policy: Policy;
  /** An emptied source does not empty the target. */
  readonly keepNonEmpty: boolean;
  /** Clock difference in milliseconds within which `newest` has no winner. */
  readonly toleranceMs: number;
  /** True for the rule that carries the match address: a change renames the member. */
  readonly isEmail: boolean;
  /** The canonical value. `likely`, the other side's, changes nothing but the speed: most fields hold the same. */
  readonly read: Readonly<Record<Side, (values: JsonObject, likely?: string) => string>>;
  /**
   * Puts the canonical value into a payload for that side. Returns why (naming the field, never the value) where the
   * side cannot hold it, and then has written nothing.
   */
  readonly write: Readonly<
    Record<Side, (canonical: string, payload: MutableJsonObject) => Unwritable | undefined>
  >;
  /** Field names touched on each side, for messages and for `writable` checks. */
  readonly fields: Readonly<Record<Side, readonly string[]>>;
}

/** Consent: how each side tells that a person does not want mail. */
export interface ConsentMap {
  /** `out`: must not be mailed. `unset`: the side says nothing (null checkbox). */
  readonly read: Readonly<Record<Side, (values: JsonObject) => ConsentState>>;
  /** Writes an opt-out (or, where the recipe honours it, its withdrawal) into a left payload. */
  readonly writeLeft: (out: boolean, payload: MutableJsonObject) => void;
  readonly fields: Readonly<Record<Side, readonly string[]>>;
  /** Says on the left what the mailing tool decided for good; absent where the recipe has no field for it. */
  readonly showOutcome?: (outcome: ConsentOutcome, payload: MutableJsonObject) => void;
}

/** The mailing tool's last word on an address. */
export type ConsentOutcome = 'cleaned' | 'compliance' | 'forgotten';

/**
 * `in`, `out`: as said by the person. `pending`: asked, not confirmed. `cleaned`: bounced for good.
 * `none`: never asked for marketing (Mailchimp `transactional`).
 */
export type ConsentState = 'in' | 'out' | 'pending' | 'cleaned' | 'none' | 'unset';

export interface FieldMap {
  readonly rules: readonly CompiledRule[];
  readonly consent: ConsentMap | undefined;
  /** Vendor columns to select on each side: every field read by a rule, by consent and by matching. */
  readonly columns: Readonly<Record<Side, readonly string[]>>;
}

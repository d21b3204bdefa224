import type { JsonObject, MutableJsonObject } from '../model/json.ts';
import type { Side } from '../model/side.ts';

/** A text of our own on a record. */
export interface Mark {
  /** As the recipe names it. */
  readonly field: string;
  /** `''` where there is none. */
  readonly read: (values: JsonObject) => string;
  readonly write: (text: string, payload: MutableJsonObject) => void;
}

/** What records carry for hosts that keep no state. */
export interface RecordMarks {
  /** The last agreed state, see model/stamp.ts. */
  readonly stamp: Readonly<Record<Side, Mark>>;
  /** The id of the record on the other side; absent where the recipe names no fields for it. */
  readonly partner?: Readonly<Record<Side, Mark>>;
}

/** Rule index of the stamp's line in an operation. */
export const STAMP_RULE = -2;
/** Rule index of the line that says who the record on the other side is. */
export const PARTNER_RULE = -3;

/** A line of an operation that no person has entered and none is told of. */
export function isMark({ rule }: { readonly rule: number }): boolean {
  return rule === STAMP_RULE || rule === PARTNER_RULE;
}

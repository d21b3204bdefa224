import type { FieldSchema } from '../../model/field-schema.ts';
import type { JsonObject, JsonValue, MutableJsonObject } from '../../model/json.ts';
import type { Side } from '../../model/side.ts';
import type { Unwritable } from '../unwritable.ts';

/** Two fields whose values are to compare. What the narrower one cannot store, neither side's canonical value has. */
export interface FieldPair {
  readonly left: FieldSchema;
  readonly right: FieldSchema;
  /** `cut`: a value too long for either side is cut on both. `refuse`: it is whole, and the narrower side refuses it. */
  readonly tooLong: 'cut' | 'refuse';
  /** Country of phone numbers written without one, ISO 3166 (`US`). */
  readonly region: string | undefined;
}

/**
 * Reads and writes one field's wire value. Law: what `encode` gives, stored by the system and decoded again, is the
 * same canonical value. `decode` takes any JSON without throwing: what has another shape than the type is kept as text,
 * and refused by the side that cannot hold it.
 */
export interface FieldCodec {
  readonly decode: (raw: JsonValue | undefined) => string;
  readonly encode: (canonical: string) => JsonValue | Unwritable;
}

export type PairCodec = Readonly<Record<Side, FieldCodec>>;

/** Reads and writes one side of a rule in a whole record: a field may stand in several places (addresses). */
export interface SideAccess {
  /** @param likely the other side's canonical value: what is the same as it is recognised without being decoded. */
  readonly read: (values: JsonObject, likely?: string) => string;
  readonly write: (canonical: string, payload: MutableJsonObject) => Unwritable | undefined;
}

/** What a vendor's answer holds, before anything is known about it. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}
/** A payload under construction. */
export interface MutableJsonObject {
  [key: string]: JsonValue | undefined;
}

import type { JsonObject, JsonValue, MutableJsonObject } from '../model/json.ts';

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPayload(value: JsonValue | undefined): value is MutableJsonObject {
  return isJsonObject(value);
}

/** A function that reads the value at a path, undefined where there is none. Specialised by depth: it runs per field and record. */
export function readerAt(path: readonly string[]): (values: JsonObject) => JsonValue | undefined {
  const [first, second, third] = path;
  if (first === undefined) return () => undefined;
  if (second === undefined) return (values) => values[first];
  if (third === undefined) {
    return (values) => {
      const outer = values[first];
      return isJsonObject(outer) ? outer[second] : undefined;
    };
  }
  return (values) => {
    let at: JsonValue | undefined = values;
    for (const key of path) at = isJsonObject(at) ? at[key] : undefined;
    return at;
  };
}

/** A function that puts a value at a path into a payload, making the objects on the way. */
export function writerAt(path: readonly string[]): (payload: MutableJsonObject, value: JsonValue) => void {
  const last = path.at(-1);
  if (last === undefined) return () => {};
  const outer = path.slice(0, -1);
  if (outer.length === 0) {
    return (payload, value) => {
      payload[last] = value;
    };
  }
  return (payload, value) => {
    let at = payload;
    for (const key of outer) {
      const found = at[key];
      if (isPayload(found)) {
        at = found;
      } else {
        const made: MutableJsonObject = {};
        at[key] = made;
        at = made;
      }
    }
    at[last] = value;
  };
}

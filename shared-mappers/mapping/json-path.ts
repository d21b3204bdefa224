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

/** A function that puts a value at a path into a payload, making the objects on the way. Specialised by depth, as `readerAt` is. */
export function writerAt(path: readonly string[]): (payload: MutableJsonObject, value: JsonValue) => void {
  const [first, second, third] = path;
  const last = path.at(-1);
  if (first === undefined || last === undefined) return () => {};
  if (second === undefined) {
    return (payload, value) => {
      payload[first] = value;
    };
  }
  if (third === undefined) {
    return (payload, value) => {
      const found = payload[first];
      const outer: MutableJsonObject = isPayload(found) ? found : {};
      outer[second] = value;
      if (outer !== found) payload[first] = outer;
    };
  }
  const outer = path.slice(0, -1);
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

/** As `writerAt`, but an object joins the one that stands at its place already: Mailchimp's categories of interests share theirs. */
export function joinerAt(path: readonly string[]): (payload: MutableJsonObject, value: JsonValue) => void {
  const read = readerAt(path);
  const put = writerAt(path);
  return (payload, value) => {
    const there = read(payload);
    put(payload, isJsonObject(there) && isJsonObject(value) ? { ...there, ...value } : value);
  };
}

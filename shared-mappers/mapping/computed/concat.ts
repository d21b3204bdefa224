import type { JsonObject, JsonValue } from '../../model/json.ts';
import { textOf } from '../codecs/tidy-text.ts';

/** The texts of several fields, empty ones left out, joined. Nothing tells where to take it apart again. */
export function concat(
  readers: readonly ((values: JsonObject) => JsonValue | undefined)[],
  separator: string,
): (values: JsonObject) => string {
  return (values) => {
    let joined = '';
    for (const read of readers) {
      const text = textOf(read(values));
      if (text !== '') joined += joined === '' ? text : separator + text;
    }
    return joined;
  };
}

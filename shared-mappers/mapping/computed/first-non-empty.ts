import type { JsonObject, JsonValue } from '../../model/json.ts';
import { textOf } from '../codecs/tidy-text.ts';

/** The value of the first field that has one. Which of them it came from is not known afterwards. */
export function firstNonEmpty(
  readers: readonly ((values: JsonObject) => JsonValue | undefined)[],
): (values: JsonObject) => JsonValue | undefined {
  return (values) => {
    for (const read of readers) {
      const raw = read(values);
      if (textOf(raw) !== '') return raw;
    }
    return undefined;
  };
}

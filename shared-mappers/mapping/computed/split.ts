import type { JsonObject, JsonValue } from '../../model/json.ts';
import { textOf } from '../codecs/tidy-text.ts';

/** One piece of a text. `part` counts from 1; `last` is the last piece, `rest` everything after the first. */
export function split(
  read: (values: JsonObject) => JsonValue | undefined,
  separator: string,
  part: number | 'last' | 'rest',
): (values: JsonObject) => string {
  return (values) => {
    const pieces = textOf(read(values))
      .split(separator)
      .map((piece) => piece.trim())
      .filter((piece) => piece !== '');
    if (part === 'rest') return pieces.slice(1).join(separator);
    return (part === 'last' ? pieces.at(-1) : pieces[part - 1]) ?? '';
  };
}

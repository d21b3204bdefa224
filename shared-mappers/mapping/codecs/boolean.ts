import type { FieldSchema } from '../../model/field-schema.ts';
import type { JsonValue } from '../../model/json.ts';
import { Unwritable } from '../unwritable.ts';
import type { FieldCodec, FieldPair, PairCodec } from './codec.ts';
import { encodeText } from './text.ts';
import { textOf } from './tidy-text.ts';

const WORDS: ReadonlyMap<string, string> = new Map([
  ...['true', 'yes', 'y', 'on', '1'].map((word) => [word, 'true'] as const),
  ...['false', 'no', 'n', 'off', '0'].map((word) => [word, 'false'] as const),
]);

/** `true` and `false`, whatever a field calls them: a checkbox, 1 and 0, Yes and No in a dropdown, words in a text. */
export function booleanCodec(pair: FieldPair): PairCodec {
  return {
    left: { decode: decodeBoolean, encode: encodeBoolean(pair.left) },
    right: { decode: decodeBoolean, encode: encodeBoolean(pair.right) },
  };
}

export function decodeBoolean(raw: JsonValue | undefined): string {
  if (raw === true) return 'true';
  if (raw === false) return 'false';
  const text = textOf(raw);
  return text === '' ? '' : (WORDS.get(text) ?? WORDS.get(text.toLowerCase()) ?? text);
}

/** The choice of a dropdown that says true or false, in its own spelling. */
export function choiceThatSays(choices: readonly string[], canonical: 'true' | 'false'): string | undefined {
  return choices.find((choice) => decodeBoolean(choice) === canonical);
}

function encodeBoolean(field: FieldSchema): FieldCodec['encode'] {
  const noBoolean = new Unwritable('VALUE_INVALID', `${field.name} takes only true or false`);
  const wire = (canonical: 'true' | 'false'): JsonValue | Unwritable => {
    if (field.kind === 'boolean') return canonical === 'true';
    if (field.kind === 'number') return canonical === 'true' ? 1 : 0;
    if (field.choices === undefined) return canonical;
    return choiceThatSays(field.choices, canonical) ?? (field.restricted ? noBoolean : canonical);
  };
  const yes = wire('true');
  const no = wire('false');
  // A checkbox has no empty state.
  const nothing = field.kind === 'boolean' ? false : field.empty;
  const otherwise = field.kind === 'text' ? encodeText(field) : () => noBoolean;
  return (canonical) =>
    canonical === 'true'
      ? yes
      : canonical === 'false'
        ? no
        : canonical === ''
          ? nothing
          : otherwise(canonical);
}

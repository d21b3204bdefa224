import type { FieldSchema } from '../../model/field-schema.ts';
import { Unwritable } from '../unwritable.ts';
import { type Choices, sharedChoices } from './choices.ts';
import type { FieldCodec, FieldPair, PairCodec } from './codec.ts';
import { encodeText } from './text.ts';
import { textOf } from './tidy-text.ts';

/** One of a field's choices. Recognised in any case, written exactly as the field has it; open fields take any text. */
export function picklistCodec(pair: FieldPair): PairCodec {
  const choices = sharedChoices(pair.left, pair.right);
  const decode: FieldCodec['decode'] = (raw) => {
    const text = textOf(raw);
    return text === '' ? '' : choices.canonical(text);
  };
  return {
    left: { decode, encode: encodeChoice(pair.left, choices) },
    right: { decode, encode: encodeChoice(pair.right, choices) },
  };
}

function encodeChoice(field: FieldSchema, choices: Choices): FieldCodec['encode'] {
  const spellings = choices.spellings(field);
  const otherwise = field.restricted ? () => unknownChoice(field) : encodeText(field);
  return (canonical) => (canonical === '' ? field.empty : (spellings.get(canonical) ?? otherwise(canonical)));
}

export function unknownChoice(field: FieldSchema): Unwritable {
  return new Unwritable('CHOICE_UNKNOWN', `${field.name} has no such choice`);
}

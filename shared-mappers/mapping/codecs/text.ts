import type { FieldSchema } from '../../model/field-schema.ts';
import { Unwritable } from '../unwritable.ts';
import { type Capacity, capacityOf, cutToFit, fits, lengthThatSurelyFits } from './capacity.ts';
import type { FieldCodec, FieldPair, PairCodec } from './codec.ts';
import { textOf } from './tidy-text.ts';

/** Plain text, and any scalar read as text. */
export function textCodec(pair: FieldPair): PairCodec {
  const both = capacityOf(pair.left, pair.right);
  const decode: FieldCodec['decode'] = pair.tooLong === 'cut' && isLimited(both) ? cutting(both) : textOf;
  return {
    left: { decode, encode: encodeText(pair.left) },
    right: { decode, encode: encodeText(pair.right) },
  };
}

function cutting(capacity: Capacity): FieldCodec['decode'] {
  const surely = lengthThatSurelyFits(capacity);
  return (raw) => {
    const text = textOf(raw);
    return text.length <= surely ? text : cutToFit(text, capacity);
  };
}

/** Writes canonical text as it is, where it fits; the field's own spelling of nothing where it is empty. */
export function encodeText(field: FieldSchema): FieldCodec['encode'] {
  const own = capacityOf(field);
  const tooLong = tooLongFor(field);
  if (!isLimited(own)) return (canonical) => (canonical === '' ? field.empty : canonical);
  const { empty } = field;
  const surely = lengthThatSurelyFits(own);
  return (canonical) => {
    if (canonical === '') return empty;
    return canonical.length <= surely || fits(canonical, own) ? canonical : tooLong;
  };
}

export function tooLongFor(field: FieldSchema): Unwritable {
  const unit = field.lengthUnit === 'bytes' ? 'bytes' : 'characters';
  return new Unwritable('VALUE_TOO_LONG', `${field.name} holds at most ${field.maxLength ?? 0} ${unit}`);
}

function isLimited(capacity: Capacity): boolean {
  return capacity.characters !== Number.POSITIVE_INFINITY || capacity.bytes !== Number.POSITIVE_INFINITY;
}

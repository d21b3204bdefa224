import type { FieldSchema } from '../../model/field-schema.ts';
import type { JsonValue } from '../../model/json.ts';
import { Unwritable } from '../unwritable.ts';
import { capacityOf, fits } from './capacity.ts';
import type { FieldCodec, FieldPair, PairCodec } from './codec.ts';
import { encodeText, tooLongFor } from './text.ts';
import { textOf } from './tidy-text.ts';

/** Addresses, trimmed and lower-case: both systems compare them without regard to case. An address is never cut. */
export function emailCodec(pair: FieldPair): PairCodec {
  return {
    left: { decode: normalizeEmail, encode: encodeEmail(pair.left) },
    right: { decode: normalizeEmail, encode: encodeEmail(pair.right) },
  };
}

/** The form in which two addresses compare; `''` for what is no text. */
export function normalizeEmail(raw: JsonValue | undefined): string {
  if (typeof raw !== 'string') return textOf(raw);
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    if (code <= 0x20 || code >= 0x7f || (code >= 0x41 && code <= 0x5a)) {
      return textOf(textOf(raw).toLowerCase());
    }
  }
  return raw;
}

function encodeEmail(field: FieldSchema): FieldCodec['encode'] {
  if (field.kind !== 'email') return encodeText(field);
  const own = capacityOf(field);
  const tooLong = tooLongFor(field);
  const noAddress = new Unwritable('EMAIL_INVALID', `${field.name} takes only an email address`);
  return (canonical) => {
    if (canonical === '') return field.empty;
    if (!looksLikeAddress(canonical)) return noAddress;
    return fits(canonical, own) ? canonical : tooLong;
  };
}

/** One `@` with something around it and no blanks: the systems judge the rest. */
function looksLikeAddress(text: string): boolean {
  let at = -1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 0x20) return false;
    if (code !== 0x40) continue;
    if (at >= 0) return false;
    at = i;
  }
  return at > 0 && at < text.length - 1;
}

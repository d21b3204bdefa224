import type { FieldSchema } from '../../model/field-schema.ts';
import type { JsonValue } from '../../model/json.ts';
import { Unwritable } from '../unwritable.ts';
import { capacityOf, fits } from './capacity.ts';
import type { FieldCodec, FieldPair, PairCodec } from './codec.ts';
import { encodeText, tooLongFor } from './text.ts';
import { textOf } from './tidy-text.ts';

const SCHEME_AND_HOST = /^(?:https?:\/\/)?[^/?#\s]+/i;

/** Web addresses: scheme and host lower-case, since they mean the same in any case; path and query as they are. Never cut. */
export function urlCodec(pair: FieldPair): PairCodec {
  return {
    left: { decode: decodeUrl, encode: encodeUrl(pair.left) },
    right: { decode: decodeUrl, encode: encodeUrl(pair.right) },
  };
}

function decodeUrl(raw: JsonValue | undefined): string {
  const text = textOf(raw);
  let at = 0;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // A single slash ends the host; the two of `://` follow the colon.
    if (code === 0x2f && text.charCodeAt(at + 1) !== 0x2f && text.charCodeAt(at - 1) !== 0x2f) break;
    if ((code >= 0x41 && code <= 0x5a) || code >= 0x7f || code === 0x3f || code === 0x23) {
      return textOf(text.replace(SCHEME_AND_HOST, (host) => host.toLowerCase()));
    }
  }
  return text;
}

function encodeUrl(field: FieldSchema): FieldCodec['encode'] {
  if (field.kind !== 'url') return encodeText(field);
  const own = capacityOf(field);
  const tooLong = tooLongFor(field);
  const noUrl = new Unwritable('VALUE_INVALID', `${field.name} takes only a web address`);
  return (canonical) => {
    if (canonical === '') return field.empty;
    if (!looksLikeUrl(canonical)) return noUrl;
    return fits(canonical, own) ? canonical : tooLong;
  };
}

/** No blanks, and a dot or a scheme: the systems judge the rest. */
function looksLikeUrl(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) <= 0x20) return false;
  return text.includes('.') || text.includes('://');
}

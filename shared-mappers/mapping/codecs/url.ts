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

/** The first slash from here on ends the host: those of `https://` stand before. */
const AFTER_SCHEME = 8;

function decodeUrl(raw: JsonValue | undefined): string {
  if (typeof raw !== 'string') return textOf(raw);
  let isPath = false;
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    if (code <= 0x20 || code >= 0x7f) return decodeUnusual(raw);
    if (isPath) continue;
    if (code >= 0x41 && code <= 0x5a) return decodeUnusual(raw);
    isPath = code === 0x2f && i >= AFTER_SCHEME;
  }
  return raw;
}

function decodeUnusual(raw: string): string {
  return textOf(textOf(raw).replace(SCHEME_AND_HOST, (host) => host.toLowerCase()));
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
  let hasDot = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 0x20) return false;
    if (code === 0x2e) hasDot = true;
  }
  return hasDot || text.includes('://');
}

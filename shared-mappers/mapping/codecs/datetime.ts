import type { FieldSchema } from '../../model/field-schema.ts';
import { parseInstant, toIsoSeconds } from '../../model/instant.ts';
import type { JsonValue } from '../../model/json.ts';
import { Unwritable } from '../unwritable.ts';
import { startsWithDate, twoDigits } from './calendar.ts';
import type { FieldCodec, FieldPair, PairCodec } from './codec.ts';
import { encodeText } from './text.ts';
import { textOf } from './tidy-text.ts';

/** Moments as `YYYY-MM-DDTHH:MM:SSZ`: UTC, whole seconds, which is all that both systems give on the wire. */
export function datetimeCodec(pair: FieldPair): PairCodec {
  return {
    left: { decode: decodeDatetime, encode: encodeDatetime(pair.left) },
    right: { decode: decodeDatetime, encode: encodeDatetime(pair.right) },
  };
}

function decodeDatetime(raw: JsonValue | undefined): string {
  const text = textOf(raw);
  return canonicalMoment(text) ?? text;
}

/** Undefined for what is no moment between the years 1 and 9999. A bare date is its midnight in UTC. */
export function canonicalMoment(text: string): string | undefined {
  if (text.length < 10 || !startsWithDate(text)) return undefined;
  if (text.length === 10) return `${text}T00:00:00Z`;
  if (isWholeSecondInUtc(text)) return `${text.slice(0, 19)}Z`;
  const at = parseInstant(text);
  if (at === undefined || at < FIRST || at > LAST) return undefined;
  return toIsoSeconds(at);
}

const FIRST = -62135596800000; // 0001-01-01T00:00:00Z
const LAST = 253402300799999; // 9999-12-31T23:59:59.999Z

/** `…THH:MM:SS` followed by `Z`, `.000Z`, `.000+0000` (Salesforce) or `+00:00` (Mailchimp). */
function isWholeSecondInUtc(text: string): boolean {
  if (text.charCodeAt(10) !== 0x54 || text.charCodeAt(13) !== 0x3a || text.charCodeAt(16) !== 0x3a)
    return false;
  const hours = twoDigits(text, 11);
  const minutes = twoDigits(text, 14);
  const seconds = twoDigits(text, 17);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) return false;
  switch (text.length) {
    case 20:
      return text.endsWith('Z');
    case 24:
      return text.endsWith('.000Z');
    case 25:
      return text.endsWith('+00:00');
    case 28:
      return text.endsWith('.000+0000');
    default:
      return false;
  }
}

function encodeDatetime(field: FieldSchema): FieldCodec['encode'] {
  if (field.kind === 'text') return encodeText(field);
  const noMoment = new Unwritable('VALUE_INVALID', `${field.name} takes only a date and time`);
  return (canonical) => {
    if (canonical === '') return field.empty;
    if (canonical.length !== 20 || canonicalMoment(canonical) !== canonical) return noMoment;
    return field.kind === 'datetime' ? `${canonical.slice(0, 19)}.000+0000` : canonical;
  };
}

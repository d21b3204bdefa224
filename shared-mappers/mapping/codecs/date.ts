import type { FieldSchema } from '../../model/field-schema.ts';
import type { JsonValue } from '../../model/json.ts';
import { Unwritable } from '../unwritable.ts';
import { isDay, startsWithDate, twoDigits } from './calendar.ts';
import type { FieldCodec, FieldPair, PairCodec } from './codec.ts';
import { canonicalMoment } from './datetime.ts';
import { encodeText } from './text.ts';
import { textOf } from './tidy-text.ts';

/** Days as `YYYY-MM-DD`, of a moment the day it has in UTC; `MM/DD` where either side is a birthday and keeps no year. */
export function dateCodec(pair: FieldPair): PairCodec {
  const isBirthday = pair.left.kind === 'birthday' || pair.right.kind === 'birthday';
  const decode = isBirthday ? decodeBirthday : decodeDate;
  return {
    left: { decode, encode: encodeDate(pair.left, isBirthday) },
    right: { decode, encode: encodeDate(pair.right, isBirthday) },
  };
}

function decodeDate(raw: JsonValue | undefined): string {
  if (typeof raw !== 'string') return textOf(raw);
  if (raw.length === 10 && startsWithDate(raw)) return raw;
  const text = textOf(raw);
  if (text.length < 10 || !startsWithDate(text)) return text;
  if (text.length === 10) return text;
  return canonicalMoment(text)?.slice(0, 10) ?? text;
}

function decodeBirthday(raw: JsonValue | undefined): string {
  if (typeof raw === 'string' && raw.length === 10 && startsWithDate(raw)) return monthAndDay(raw);
  const date = decodeDate(raw);
  return date.length === 10 && startsWithDate(date) ? monthAndDay(date) : date;
}

function monthAndDay(date: string): string {
  return `${date.slice(5, 7)}/${date.slice(8)}`;
}

function isBirthday(text: string): boolean {
  return (
    text.length === 5 && text.charCodeAt(2) === 0x2f && isDay(2000, twoDigits(text, 0), twoDigits(text, 3))
  );
}

function encodeDate(field: FieldSchema, asBirthday: boolean): FieldCodec['encode'] {
  const noDate = new Unwritable(
    'VALUE_INVALID',
    `${field.name} takes only a ${asBirthday ? 'month and day (MM/DD)' : 'date (YYYY-MM-DD)'}`,
  );
  if (field.kind === 'text') return encodeText(field);
  return (canonical) => {
    if (canonical === '') return field.empty;
    if (asBirthday) return field.kind === 'birthday' && isBirthday(canonical) ? canonical : noDate;
    if (canonical.length !== 10 || !startsWithDate(canonical)) return noDate;
    return field.kind === 'datetime' ? `${canonical}T00:00:00.000+0000` : canonical;
  };
}

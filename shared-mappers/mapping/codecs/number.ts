import { Decimal } from 'decimal.js';
import type { FieldSchema } from '../../model/field-schema.ts';
import type { JsonValue } from '../../model/json.ts';
import { Unwritable } from '../unwritable.ts';
import type { FieldCodec, FieldPair, PairCodec } from './codec.ts';
import { encodeText } from './text.ts';
import { textOf } from './tidy-text.ts';

/** JSON numbers are doubles: 15 significant digits are all that survive the way there and back. */
const DIGITS = 15;
const LARGEST_PLAIN = 10 ** DIGITS;

/** From 1e21 on JavaScript writes numbers with an exponent; so does the canonical form, rather than in hundreds of digits. */
const MOST_EXPONENT = 21;

const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP });
const NUMERAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

/** Decimal numbers written plainly (`1234.5`), narrowed to the smaller scale of the two fields, half up. */
export function numberCodec(pair: FieldPair): PairCodec {
  const scale = Math.min(
    pair.left.scale ?? Number.POSITIVE_INFINITY,
    pair.right.scale ?? Number.POSITIVE_INFINITY,
  );
  const decode = (raw: JsonValue | undefined): string => {
    if (typeof raw === 'number') {
      if (Number.isInteger(raw) && raw < LARGEST_PLAIN && raw > -LARGEST_PLAIN) return `${raw}`;
      return narrow(`${raw}`, scale);
    }
    if (typeof raw === 'string') return isPlainInteger(raw) ? raw : narrow(textOf(raw), scale);
    return raw === true ? '1' : raw === false ? '0' : '';
  };
  return {
    left: { decode, encode: encodeNumber(pair.left) },
    right: { decode, encode: encodeNumber(pair.right) },
  };
}

function encodeNumber(field: FieldSchema): FieldCodec['encode'] {
  if (field.kind !== 'number') return encodeText(field);
  const noNumber = new Unwritable('VALUE_INVALID', `${field.name} takes only a number`);
  return (canonical) => {
    if (canonical === '') return field.empty;
    if (isPlainInteger(canonical)) return Number(canonical);
    const number = NUMERAL.test(canonical) ? Number(canonical) : Number.NaN;
    return Number.isFinite(number) ? number : noNumber;
  };
}

/** Digits without a leading zero, at most 15: canonical already. */
function isPlainInteger(text: string): boolean {
  const first = text.charCodeAt(0);
  if (text.length === 0 || text.length > DIGITS || first < 0x31 || first > 0x39) return text === '0';
  for (let i = 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}

/** What is no number stays as it is: it is not lost on its own side, and the other side refuses it. */
function narrow(text: string, scale: number): string {
  if (!NUMERAL.test(text)) return text;
  const exact = new Exact(text);
  if (exact.e <= -MOST_EXPONENT) return '0';
  const scaled = scale < exact.decimalPlaces() ? exact.toDecimalPlaces(scale) : exact;
  const short = scaled.precision() > DIGITS ? scaled.toSignificantDigits(DIGITS) : scaled;
  if (short.isZero()) return '0';
  return short.e >= MOST_EXPONENT ? short.toString() : short.toFixed();
}

import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { FieldSchema } from '../../model/field-schema.ts';
import type { JsonValue } from '../../model/json.ts';
import { Unwritable } from '../unwritable.ts';
import { capacityOf, fits } from './capacity.ts';
import type { FieldCodec, FieldPair, PairCodec } from './codec.ts';
import { encodeText, tooLongFor } from './text.ts';
import { textOf } from './tidy-text.ts';

/**
 * Phone numbers as E.164 (`+14155550100`), with ` ext. 12` where there is an extension; what is no number stays as
 * text. A Mailchimp phone field of the US format holds neither other countries nor extensions.
 */
export function phoneCodec(pair: FieldPair): PairCodec {
  const isUs = pair.left.phoneFormat === 'us' || pair.right.phoneFormat === 'us';
  const region = pair.region ?? (isUs ? 'US' : undefined);
  const decode = decodePhone(region, !isUs);
  return {
    left: { decode, encode: encodePhone(pair.left) },
    right: { decode, encode: encodePhone(pair.right) },
  };
}

function decodePhone(region: string | undefined, keepsExtension: boolean): FieldCodec['decode'] {
  const country = region !== undefined && isSupportedCountry(region) ? region : undefined;
  const isNorthAmerican = country === 'US' || country === 'CA';
  return (raw: JsonValue | undefined): string => {
    if (typeof raw === 'string') {
      const quick = northAmerican(raw, isNorthAmerican) ?? plainInternational(raw);
      if (quick !== undefined) return quick;
    }
    const text = textOf(raw);
    if (text === '') return '';
    const dialled = withPlus(text);
    const number = parsePhoneNumberFromString(dialled, country);
    if (!number?.isPossible() || !isStable(number.number)) return withoutPunctuation(dialled) ?? text;
    return number.ext !== undefined && keepsExtension ? `${number.number} ext. ${number.ext}` : number.number;
  };
}

/**
 * Whether a number reads as itself again. Of a few impossible numbers the library strips a trunk digit each time, and
 * it takes any ten digits for a North American number.
 */
function isStable(e164: string): boolean {
  if (e164.startsWith('+1')) return northAmerican(e164, false) === e164;
  return plainInternational(e164) !== undefined || parsePhoneNumberFromString(e164)?.number === e164;
}

/** `0044 20 …` is dialled from most countries for `+44 20 …`; no national number starts with two zeros. */
function withPlus(text: string): string {
  return text.startsWith('00') && !text.startsWith('000') ? `+${text.slice(2)}` : text;
}

const SHORTEST = 8;
const LONGEST = 15;

/** `+` and the digits of what looks like an international number but is none: two spellings of it are still equal. */
function withoutPunctuation(text: string): string | undefined {
  const digits = text.startsWith('+') ? digitsOf(text, 1) : undefined;
  return digits !== undefined && digits.length >= SHORTEST ? `+${digits}` : undefined;
}

const E164_NORTH_AMERICAN = 12;

/** `+1` (or no country code, where the rule's region is North American) and ten digits of a possible number. */
function northAmerican(text: string, withoutCode: boolean): string | undefined {
  const hasCode = text.charCodeAt(0) === 0x2b && text.charCodeAt(1) === 0x31;
  if (!hasCode && !withoutCode) return undefined;
  if (hasCode && text.length === E164_NORTH_AMERICAN && areDigits(text, 2, E164_NORTH_AMERICAN)) {
    return isNorthAmericanAt(text, 2) ? text : undefined;
  }
  const digits = digitsOf(text, hasCode ? 2 : 0);
  return digits?.length === 10 && isNorthAmericanAt(digits, 0) ? `+1${digits}` : undefined;
}

/** Neither area nor exchange begins with 0 or 1. */
function isNorthAmericanAt(text: string, start: number): boolean {
  return text.charCodeAt(start) >= 0x32 && text.charCodeAt(start + 3) >= 0x32;
}

/** The digits of a number, without a leading 1; undefined where there is anything but digits and punctuation. */
function digitsOf(text: string, start: number): string | undefined {
  // `(415) 555-0100`: the spelling of most records.
  if (
    text.length === 14 &&
    text.startsWith('(') &&
    text.startsWith(') ', 4) &&
    text.startsWith('-', 9) &&
    areDigits(text, 1, 4) &&
    areDigits(text, 6, 9) &&
    areDigits(text, 10, 14)
  ) {
    return text.slice(1, 4) + text.slice(6, 9) + text.slice(10);
  }
  let digits = '';
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x30 && code <= 0x39) digits += text.charAt(i);
    else if (!isPunctuation(code)) return undefined;
  }
  return start === 0 && digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
}

function areDigits(text: string, from: number, to: number): boolean {
  if (text.length < to) return false;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}

/** Blank, parentheses, hyphen, full stop. */
function isPunctuation(code: number): boolean {
  return code === 0x20 || code === 0x28 || code === 0x29 || code === 0x2d || code === 0x2e;
}

/** Country codes of two digits (ITU E.164, annex); 1 and 7 have one, all others three. */
const TWO_DIGIT_CODES: ReadonlySet<string> = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
);

/**
 * `+` and nothing but digits, already as E.164 has it. A 0 after the country code may be a trunk prefix, which only
 * the number plans of the library can tell.
 */
function plainInternational(text: string): string | undefined {
  if (text.charCodeAt(0) !== 0x2b || text.length <= SHORTEST || text.length > LONGEST + 1) return undefined;
  for (let i = 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return undefined;
  }
  const first = text.charCodeAt(1);
  if (first < 0x32) return undefined;
  const national = first === 0x37 ? 2 : TWO_DIGIT_CODES.has(text.slice(1, 3)) ? 3 : 4;
  return text.charCodeAt(national) === 0x30 ? undefined : text;
}

function encodePhone(field: FieldSchema): FieldCodec['encode'] {
  if (field.phoneFormat !== 'us') return encodeText(field);
  const notUs = new Unwritable('VALUE_INVALID', `${field.name} takes only US phone numbers`);
  const own = capacityOf(field);
  const tooLong = tooLongFor(field);
  return (canonical) => {
    if (canonical === '') return field.empty;
    if (!canonical.startsWith('+1') || northAmerican(canonical, false) !== canonical) return notUs;
    if (canonical.length !== E164_NORTH_AMERICAN) return notUs;
    const us = `(${canonical.slice(2, 5)}) ${canonical.slice(5, 8)}-${canonical.slice(8)}`;
    return fits(us, own) ? us : tooLong;
  };
}

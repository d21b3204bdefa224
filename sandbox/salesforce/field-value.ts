import { fieldError, SalesforceError } from './errors.ts';
import { toId18 } from './record-id.ts';
import type { Value } from './row.ts';
import type { Field } from './schema/field.ts';
import { fromWireDate, fromWireDatetime, toWholeSeconds } from './wire-time.ts';

/** One @, no blanks, a dot in the domain: about what Salesforce lets through. */
const EMAIL = /^[^\s@,;:<>()[\]\\"]+@[^\s@,;:<>()[\]\\"_]+\.[^\s@,;:<>()[\]\\".]{1,63}$/;

/**
 * Takes a JSON value for a field as the parser of the API does.
 * @throws SalesforceError JSON_PARSER_ERROR, which refuses the whole call
 */
export function parseValue(field: Field, raw: unknown): Value {
  if (raw === null || raw === undefined) return null;
  switch (field.type) {
    case 'boolean':
      if (typeof raw === 'boolean') return raw;
      if (raw === 'true' || raw === 'false') return raw === 'true';
      throw undeserializable('boolean', raw);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return parseNumber(field, raw);
    case 'date': {
      const date = typeof raw === 'string' ? (raw === '' ? null : fromWireDate(raw)) : undefined;
      if (date === undefined) throw undeserializable('date', raw);
      return date;
    }
    case 'datetime': {
      const ms = typeof raw === 'string' ? (raw === '' ? null : fromWireDatetime(raw)) : undefined;
      if (ms === undefined) throw undeserializable('datetime', raw);
      return ms;
    }
    default:
      if (typeof raw !== 'string') throw undeserializable('string', raw);
      return raw;
  }
}

/**
 * The value as the server stores it: trimmed, empties as null, email in lower case, picklists checked.
 * @throws SalesforceError of the one record
 */
export function storedValue(field: Field, parsed: Value): Value {
  if (field.type === 'boolean') return parsed ?? false;
  if (typeof parsed === 'number') return storedNumber(field, parsed);
  if (typeof parsed !== 'string' || field.type === 'date') return parsed;
  const text = parsed.trim();
  if (text === '') return null;
  switch (field.type) {
    case 'email':
      checkLength(field, text);
      if (!EMAIL.test(text)) {
        throw fieldError('INVALID_EMAIL_ADDRESS', field, `${field.label}: invalid email address: ${text}`);
      }
      return text.toLowerCase();
    case 'picklist':
      return storedChoice(field, text);
    case 'multipicklist':
      return storedChoices(field, text);
    case 'reference':
    case 'id': {
      const id = toId18(text);
      if (id === undefined) {
        throw fieldError('MALFORMED_ID', field, `${field.label}: id value of incorrect type: ${text}`);
      }
      return id;
    }
    default:
      checkLength(field, text);
      return text;
  }
}

function parseNumber(field: Field, raw: unknown): Value {
  if (raw === '') return null;
  const value = typeof raw === 'string' ? Number(raw) : raw;
  const type = field.type === 'int' ? 'int' : 'double';
  if (typeof value !== 'number' || !Number.isFinite(value)) throw undeserializable(type, raw);
  if (field.type === 'int' && !Number.isInteger(value)) throw undeserializable(type, raw);
  return value;
}

function storedNumber(field: Field, value: number): number {
  if (field.type === 'datetime') return toWholeSeconds(value);
  if (field.precision === 0) return value;
  const shift = 10 ** field.scale;
  const rounded = field.scale > 8 ? value : (Math.sign(value) * Math.round(Math.abs(value) * shift)) / shift;
  if (Math.abs(rounded) >= 10 ** (field.precision - field.scale)) {
    const message = `${field.label}: value outside of valid range on numeric field: ${value}`;
    throw fieldError('NUMBER_OUTSIDE_VALID_RANGE', field, message);
  }
  return rounded;
}

function checkLength(field: Field, text: string): void {
  if (field.length > 0 && text.length > field.length) {
    const message = `${field.label}: data value too large: ${text} (max length=${field.length})`;
    throw fieldError('STRING_TOO_LONG', field, message);
  }
}

function storedChoice(field: Field, text: string): string {
  const wanted = text.toLowerCase();
  const known = field.picklistValues.find(({ value, active }) => active && value.toLowerCase() === wanted);
  if (known !== undefined) return known.value;
  if (field.restrictedPicklist) {
    const message = `${field.label}: bad value for restricted picklist field: ${text}`;
    throw fieldError('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', field, message);
  }
  checkLength(field, text);
  return text;
}

/** Chosen values once each, in the order the picklist lists them; unknown ones after them. */
function storedChoices(field: Field, text: string): string | null {
  const chosen = new Set<string>();
  for (const part of text.split(';')) {
    const trimmed = part.trim();
    if (trimmed !== '') chosen.add(storedChoice(field, trimmed));
  }
  const listed = field.picklistValues.map(({ value }) => value).filter((value) => chosen.has(value));
  const others = [...chosen].filter((value) => !listed.includes(value));
  const joined = [...listed, ...others].join(';');
  return joined === '' ? null : joined;
}

function undeserializable(type: string, raw: unknown): SalesforceError {
  const message = `Cannot deserialize instance of ${type} from ${tokenOf(raw)} or request may be missing a required field at [line:1, column:1]`;
  return new SalesforceError('JSON_PARSER_ERROR', message);
}

function tokenOf(raw: unknown): string {
  if (typeof raw === 'string') return `VALUE_STRING value ${raw}`;
  if (typeof raw === 'number') return `VALUE_NUMBER_${Number.isInteger(raw) ? 'INT' : 'FLOAT'} value ${raw}`;
  if (typeof raw === 'boolean') return `VALUE_${String(raw).toUpperCase()} value ${raw}`;
  return Array.isArray(raw) ? 'START_ARRAY value [' : 'START_OBJECT value {';
}

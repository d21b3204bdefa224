import { SalesforceError } from '../errors.ts';
import { toId18 } from '../record-id.ts';
import type { Value } from '../row.ts';
import type { Field } from '../schema/field.ts';
import { fromWireDatetime } from '../wire-time.ts';
import { rangeOfDateLiteral } from './date-literals.ts';
import { malformed } from './query-source.ts';

/** A literal of a condition in the form stored values have; a range for literals like TODAY. */
export type Literal = { kind: 'value'; value: Value } | { kind: 'range'; from: Value; to: Value };

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The text between quotes, escapes resolved. */
export function unquote(quoted: string): string {
  const inner = quoted.startsWith("'") ? quoted.slice(1, -1) : quoted;
  return inner.replaceAll(/\\(u([0-9a-fA-F]{4})|.)/gs, (_all, char: string, code: string | undefined) =>
    code === undefined
      ? (ESCAPES[char.toLowerCase()] ?? char)
      : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/**
 * Reads a literal for comparison with a field.
 * @throws SalesforceError INVALID_FIELD if its kind does not fit the field's type
 */
export function readLiteral(
  field: Field,
  text: string,
  literalType: string | undefined,
  nowMs: number,
): Literal {
  if (literalType === 'NULL') return { kind: 'value', value: null };
  const isRange = literalType === 'DATE_LITERAL' || literalType === 'DATE_N_LITERAL';
  switch (field.type) {
    case 'boolean':
      if (literalType === 'BOOLEAN') return { kind: 'value', value: text.toUpperCase() === 'TRUE' };
      throw wrongKind(field, 'boolean');
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      if (literalType === 'INTEGER' || literalType === 'DECIMAL')
        return { kind: 'value', value: Number(text) };
      throw wrongKind(field, field.type);
    case 'datetime': {
      if (isRange) return rangeLiteral(text, nowMs, (ms) => ms);
      const ms = literalType === 'DATETIME' ? fromWireDatetime(text) : undefined;
      if (ms === undefined) throw wrongKind(field, 'dateTime');
      return { kind: 'value', value: ms };
    }
    case 'date':
      if (isRange) return rangeLiteral(text, nowMs, (ms) => new Date(ms).toISOString().slice(0, 10));
      if (literalType === 'DATE') return { kind: 'value', value: text };
      throw wrongKind(field, 'date');
    case 'id':
    case 'reference': {
      if (literalType !== 'STRING') throw shouldBeQuoted(field, text);
      const raw = unquote(text);
      return { kind: 'value', value: raw === '' ? null : (toId18(raw) ?? raw) };
    }
    default: {
      if (literalType !== 'STRING') throw shouldBeQuoted(field, text);
      const value = unquote(text);
      return { kind: 'value', value: value === '' ? null : value };
    }
  }
}

function rangeLiteral(text: string, nowMs: number, asStored: (ms: number) => Value): Literal {
  const range = rangeOfDateLiteral(text, nowMs);
  if (range === undefined) throw malformed(`unexpected token: ${text}`);
  return { kind: 'range', from: asStored(range.fromMs), to: asStored(range.toMs) };
}

function wrongKind(field: Field, type: string): SalesforceError {
  const message = `value of filter criterion for field '${field.name}' must be of type ${type} and should not be enclosed in quotes`;
  return new SalesforceError('INVALID_FIELD', message);
}

function shouldBeQuoted(field: Field, text: string): SalesforceError {
  const message = `value of filter criterion for field '${field.name}' must be of type string and should be enclosed in quotes: ${text}`;
  return new SalesforceError('INVALID_FIELD', message);
}

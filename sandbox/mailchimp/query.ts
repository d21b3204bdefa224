import { type FieldSelection, readSelection } from './field-selection.ts';
import { unfitResource } from './problem.ts';

/** The parameters of a request, as they came. */
export type Query = Readonly<Record<string, string | undefined>>;

/** Rows of a listing asked for. */
export interface Page {
  /** 0 to 1,000, default 10. */
  count: number;
  /** From 0. */
  offset: number;
}

const MOST_ROWS = 1000;

/** @throws Problem when count or offset is no number in range */
export function readPage(query: Query): Page {
  return {
    count: readWhole(query, 'count', 10, MOST_ROWS),
    offset: readWhole(query, 'offset', 0, Number.MAX_SAFE_INTEGER),
  };
}

/** The part of the fields selection that concerns the answer of this request. */
export function readFields(query: Query): FieldSelection {
  return readSelection(query.fields, query.exclude_fields);
}

/** A parameter that is there and not empty. */
export function readText(query: Query, name: string): string | undefined {
  const text = query[name];
  return text === undefined || text === '' ? undefined : text;
}

/** @throws Problem when it is neither true nor false */
export function readFlag(query: Query, name: string): boolean | undefined {
  const text = readText(query, name)?.toLowerCase();
  if (text === undefined) return undefined;
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw unfitResource([{ field: name, message: 'Schema describes boolean, string found instead' }]);
}

/** @throws Problem when it is none of the choices, which are compared without case */
export function readChoice<T extends string>(
  query: Query,
  name: string,
  choices: readonly T[],
): T | undefined {
  const text = readText(query, name)?.toLowerCase();
  if (text === undefined) return undefined;
  const found = choices.find((choice) => choice.toLowerCase() === text);
  if (found !== undefined) return found;
  const message = `Data presented is not one of the accepted values: ${choices.join(', ')}.`;
  throw unfitResource([{ field: name, message }]);
}

function readWhole(query: Query, name: string, usual: number, most: number): number {
  const text = readText(query, name);
  if (text === undefined) return usual;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) {
    throw unfitResource([{ field: name, message: 'Schema describes integer, string found instead' }]);
  }
  if (number > most) {
    throw unfitResource([{ field: name, message: `Number should be less than or equal to ${most}` }]);
  }
  return number;
}

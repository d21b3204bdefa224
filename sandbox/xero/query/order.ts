import { queryParseException } from '../wire/refusal.ts';
import type { Columns, Scalar } from './columns.ts';

/** Reads `order`, such as `Date DESC, InvoiceNumber`. @throws Refusal QueryParseException */
export function orderOf<T>(order: string, columns: Columns<T>): (left: T, right: T) => number {
  const keys = order.split(',').map((part) => {
    const [path = '', direction = 'ASC'] = part.trim().split(/\s+/);
    const column = columns.byPath[path];
    if (column === undefined) {
      throw queryParseException(
        `No property or field '${path}' exists in type '${columns.resource}' (at index 0)`,
      );
    }
    return { column, sign: /^desc/i.test(direction) ? -1 : 1 };
  });
  return (left, right) => {
    for (const { column, sign } of keys) {
      const order = compared(column.of(left), column.of(right));
      if (order !== 0) return order * sign;
    }
    return 0;
  };
}

/** What is missing comes first. */
function compared(left: Scalar, right: Scalar): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  if (typeof left === 'string' && typeof right === 'string')
    return left.toLowerCase() < right.toLowerCase() ? -1 : 1;
  return Number(left) - Number(right);
}

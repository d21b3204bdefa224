import { z } from 'zod';
import { recordError } from './errors.ts';
import type { Org } from './org.ts';
import type { Row, Values } from './row.ts';

/** An administrator's rule: records whose field matches the pattern are not saved, by anybody. */
export const ValidationRule = z.strictObject({
  object: z.string(),
  field: z.string(),
  /** Regular expression over the field's text, without regard to case; an empty field is empty text. */
  forbids: z.string().refine(isPattern, 'not a regular expression'),
  message: z.string(),
});
export type ValidationRule = z.infer<typeof ValidationRule>;

/** A record that another process holds: the API's next writes to it fail, and may be repeated. */
export const RowLock = z.strictObject({
  id: z.string(),
  /** Writes that will find it locked. Default 1. */
  times: z.int().min(1).default(1),
});
export type RowLock = z.infer<typeof RowLock>;

/** @throws SalesforceError FIELD_CUSTOM_VALIDATION_EXCEPTION */
export function checkValidationRules(
  org: Org,
  object: string,
  values: Values,
  current: Row | undefined,
): void {
  for (const rule of org.validationRules) {
    if (rule.object !== object) continue;
    const value = values[rule.field] === undefined ? current?.[rule.field] : values[rule.field];
    if (new RegExp(rule.forbids, 'iu').test(String(value ?? ''))) {
      throw recordError('FIELD_CUSTOM_VALIDATION_EXCEPTION', rule.message, [rule.field]);
    }
  }
}

/** @throws SalesforceError UNABLE_TO_LOCK_ROW */
export function checkRowLock(org: Org, row: Row): void {
  const left = org.rowLocks.get(row.Id);
  if (left === undefined) return;
  if (left > 1) org.rowLocks.set(row.Id, left - 1);
  else org.rowLocks.delete(row.Id);
  throw recordError('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record');
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'iu');
    return true;
  } catch {
    return false;
  }
}

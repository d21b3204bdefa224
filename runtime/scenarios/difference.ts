/** One thing that is not as expected. */
export interface Difference {
  /** `mailchimp Newsletter ada merge_fields.FNAME`. */
  readonly of: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/**
 * Compares what is named in `expected`, field by field; whatever else `actual` holds is not looked at. Nothing, null
 * and the empty text are the same: Salesforce has null where Mailchimp has ''. Lists are compared whole.
 */
export function differences(of: string, expected: unknown, actual: unknown): Difference[] {
  if (isEmpty(expected) && isEmpty(actual)) return [];
  if (isObject(expected)) {
    if (!isObject(actual)) return [{ of, expected, actual }];
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(`${of}.${key}`, value, actual[key]),
    );
  }
  return isSame(expected, actual) ? [] : [{ of, expected, actual }];
}

function isSame(expected: unknown, actual: unknown): boolean {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return (
      expected.length === actual.length &&
      expected.every((item, i) => differences('', item, actual[i]).length === 0)
    );
  }
  // YAML reads 2020-01-01 as a text and 5 as a number; the vendors may have them the other way round.
  return (
    expected === actual || (isScalar(expected) && isScalar(actual) && String(expected) === String(actual))
  );
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

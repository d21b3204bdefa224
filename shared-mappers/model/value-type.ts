/** What a value means, independent of the field that stores it. Consent is not a value: see merge/consent.ts. */
export const VALUE_TYPES = [
  'text',
  'number',
  'boolean',
  'date',
  'datetime',
  'email',
  'phone',
  'address',
  'picklist',
  'set',
  'url',
] as const;

export type ValueType = (typeof VALUE_TYPES)[number];

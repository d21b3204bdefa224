import type { Field } from './field.ts';

/** One object type: its fields as this org has them now. */
export interface ObjectSchema {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** First three characters of its records' ids. */
  readonly keyPrefix: string;
  readonly custom: boolean;
  /** By lower-cased name: the API takes names in any case. */
  readonly fields: Map<string, Field>;
  /** Lower-cased names of fields that field-level security hides from the API user. */
  readonly hidden: Set<string>;
}

export function objectSchema(
  name: string,
  label: string,
  labelPlural: string,
  keyPrefix: string,
  fields: readonly Field[],
): ObjectSchema {
  return {
    name,
    label,
    labelPlural,
    keyPrefix,
    custom: name.endsWith('__c'),
    fields: new Map(fields.map((field) => [field.name.toLowerCase(), field])),
    hidden: new Set(),
  };
}

/** The field as the API user sees it: undefined when it does not exist or is hidden. */
export function visibleField(object: ObjectSchema, name: string): Field | undefined {
  const key = name.toLowerCase();
  return object.hidden.has(key) ? undefined : object.fields.get(key);
}

/** The reference field behind a relationship name, `Account` -> AccountId. */
export function relationshipField(object: ObjectSchema, relationship: string): Field | undefined {
  const wanted = relationship.toLowerCase();
  for (const field of object.fields.values()) {
    if (field.type === 'reference' && field.relationshipName?.toLowerCase() === wanted) {
      return object.hidden.has(field.name.toLowerCase()) ? undefined : field;
    }
  }
  return undefined;
}

/** Field types of a describe answer, as far as the simulated objects use them. */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'url'
  | 'picklist'
  | 'multipicklist'
  | 'combobox'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'reference'
  | 'address';

export interface PicklistValue {
  value: string;
  /** Default: the value. */
  label?: string;
  active: boolean;
  defaultValue: boolean;
}

/** One field of an object: what describe says of it and what a write is checked against. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** In characters; 0 where the type has none. */
  length: number;
  readonly precision: number;
  readonly scale: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly defaultValue: string | boolean | null;
  readonly custom: boolean;
  readonly externalId: boolean;
  readonly unique: boolean;
  readonly idLookup: boolean;
  readonly nameField: boolean;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  /** Deleting the parent deletes this record. */
  readonly cascadeDelete: boolean;
  picklistValues: PicklistValue[];
  readonly restrictedPicklist: boolean;
  /** Name of the compound field this is a part of. */
  readonly compoundFieldName: string | null;
  readonly extraTypeInfo: string | null;
  /** May be hidden by field-level security; standard required and system fields may not. */
  readonly permissionable: boolean;
}

/** What a field says beyond its name, label and type. */
export type FieldTraits = Partial<Omit<Field, 'name' | 'label' | 'type'>>;

/** Makes a field: optional, writable, plain, unless its traits say otherwise. */
export function field(type: FieldType, name: string, label: string, traits: FieldTraits = {}): Field {
  const custom = name.endsWith('__c');
  return {
    name,
    label,
    type,
    length: 0,
    precision: 0,
    scale: 0,
    nillable: type !== 'boolean',
    createable: true,
    updateable: true,
    defaultedOnCreate: type === 'boolean',
    defaultValue: type === 'boolean' ? false : null,
    custom,
    externalId: false,
    unique: false,
    idLookup: traits.externalId === true || traits.unique === true,
    nameField: false,
    referenceTo: [],
    relationshipName: null,
    cascadeDelete: false,
    picklistValues: [],
    restrictedPicklist: false,
    compoundFieldName: null,
    extraTypeInfo: null,
    permissionable: traits.nillable !== false,
    ...traits,
  };
}

export const READ_ONLY = { createable: false, updateable: false } as const;
export const UNSECURED = { permissionable: false } as const;
/** Must be given on create and can never be emptied. */
export const REQUIRED = { nillable: false, permissionable: false } as const;

export function text(name: string, label: string, length: number, traits: FieldTraits = {}): Field {
  return field('string', name, label, { length, ...traits });
}

export function textarea(name: string, label: string, length: number, traits: FieldTraits = {}): Field {
  return field('textarea', name, label, { length, extraTypeInfo: 'plaintextarea', ...traits });
}

export function phone(name: string, label: string): Field {
  return field('phone', name, label, { length: 40 });
}

export function url(name: string, label: string, traits: FieldTraits = {}): Field {
  return field('url', name, label, { length: 255, ...traits });
}

export function checkbox(name: string, label: string, traits: FieldTraits = {}): Field {
  return field('boolean', name, label, { ...traits });
}

/** @param precision digits in all, of which `scale` after the point */
export function number(
  name: string,
  label: string,
  precision: number,
  scale = 0,
  traits: FieldTraits = {},
): Field {
  return field('double', name, label, { precision, scale, ...traits });
}

export function currency(name: string, label: string, precision = 18, scale = 0): Field {
  return field('currency', name, label, { precision, scale });
}

export function date(name: string, label: string, traits: FieldTraits = {}): Field {
  return field('date', name, label, traits);
}

export function datetime(name: string, label: string, traits: FieldTraits = {}): Field {
  return field('datetime', name, label, traits);
}

export function picklist(
  name: string,
  label: string,
  values: readonly string[],
  traits: FieldTraits = {},
): Field {
  const preset = typeof traits.defaultValue === 'string' ? traits.defaultValue : null;
  return field('picklist', name, label, {
    length: 40,
    defaultedOnCreate: preset !== null,
    picklistValues: values.map((value) => ({ value, active: true, defaultValue: value === preset })),
    ...traits,
  });
}

/** @param to objects the id may belong to; @param relationship the name to read it through in SOQL */
export function reference(
  name: string,
  label: string,
  to: readonly string[],
  relationship: string,
  traits: FieldTraits = {},
): Field {
  return field('reference', name, label, {
    length: 18,
    referenceTo: to,
    relationshipName: relationship,
    ...traits,
  });
}

import type { FieldKind, FieldSchema } from '../model/field-schema.ts';
import { VALUE_TYPES, type ValueType } from '../model/value-type.ts';

/** The type of a field's own values. */
const TYPE_OF_KIND: Readonly<Record<FieldKind, ValueType>> = {
  id: 'text',
  status: 'text',
  text: 'text',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  birthday: 'date',
  email: 'email',
  phone: 'phone',
  url: 'url',
  picklist: 'picklist',
  set: 'set',
  address: 'address',
};

/** Kinds of field whose values can be read as each type. */
const READABLE: Readonly<Record<ValueType, readonly FieldKind[]>> = {
  text: [
    'id',
    'status',
    'text',
    'number',
    'boolean',
    'date',
    'datetime',
    'birthday',
    'email',
    'phone',
    'url',
    'picklist',
  ],
  number: ['number', 'text', 'picklist'],
  boolean: ['boolean', 'text', 'number', 'picklist'],
  date: ['date', 'datetime', 'birthday', 'text'],
  datetime: ['datetime', 'text'],
  email: ['email', 'text'],
  phone: ['phone', 'text'],
  address: ['address'],
  picklist: ['picklist', 'text', 'boolean', 'number', 'status'],
  set: ['set', 'text', 'picklist'],
  url: ['url', 'text'],
};

/** Any value reads as text, but text fits only where any text does. */
const TEXT_FIELDS: readonly FieldKind[] = ['text', 'email', 'phone', 'url'];

export function canRead(field: FieldSchema, type: ValueType): boolean {
  return READABLE[type].includes(field.kind);
}

export function canWrite(field: FieldSchema, type: ValueType): boolean {
  return type === 'text' ? TEXT_FIELDS.includes(field.kind) : canRead(field, type);
}

function ownType(field: FieldSchema): ValueType {
  return TYPE_OF_KIND[field.kind];
}

/** Of the two fields' types the one that both can hold and that says more: a text field takes the other's type. */
export function inferType(left: FieldSchema, right: FieldSchema): ValueType | undefined {
  const both = [ownType(left), ownType(right)].filter((type) => canRead(left, type) && canRead(right, type));
  return (
    both.find((type) => type !== 'text' && type !== 'picklist') ??
    both.find((type) => type !== 'text') ??
    both[0]
  );
}

/** Types that can be read from one field and written to the other. */
export function typesBetween(from: FieldSchema, to: FieldSchema): ValueType[] {
  return VALUE_TYPES.filter((type) => canRead(from, type) && canWrite(to, type));
}

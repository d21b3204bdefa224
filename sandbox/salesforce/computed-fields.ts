import type { Row, Value } from './row.ts';
import type { Field } from './schema/field.ts';
import type { ObjectSchema } from './schema/object-schema.ts';

/** How a field is read from a stored record. */
export type Reader = (row: Row) => Value;

const joinedName: Reader = (row) => [row.FirstName, row.LastName].filter(Boolean).join(' ');

/** Fields that are not stored: the server works them out of others. */
const COMPUTED: Readonly<Record<string, Reader>> = {
  'Contact.Name': joinedName,
  'Lead.Name': joinedName,
  'Contact.IsEmailBounced': (row) => (row.EmailBouncedReason ?? null) !== null,
  'CampaignMember.LeadOrContactId': (row) => row.ContactId ?? row.LeadId ?? null,
  'CampaignMember.Type': (row) => ((row.ContactId ?? null) === null ? 'Lead' : 'Contact'),
  'Task.IsClosed': (row) => row.Status === 'Completed',
  'Task.IsHighPriority': (row) => row.Priority === 'High',
};

/** Whether the value is worked out on reading, so that no index over stored values can answer for it. */
export function isComputed(object: ObjectSchema, field: Field): boolean {
  return `${object.name}.${field.name}` in COMPUTED;
}

/** Reads a field's value as stored: datetimes in milliseconds, absent values as null or, for a checkbox, false. */
export function readerOf(object: ObjectSchema, field: Field): Reader {
  const computed = COMPUTED[`${object.name}.${field.name}`];
  if (computed !== undefined) return computed;
  const { name } = field;
  return field.type === 'boolean' ? (row) => row[name] ?? false : (row) => row[name] ?? null;
}

/** The parts of an address as the API shows them; null when all are empty. */
export function addressOf(field: Field, row: Row): Record<string, Value> | null {
  const prefix = field.name.slice(0, -'Address'.length);
  const part = (name: string): Value => row[`${prefix}${name}`] ?? null;
  const address = {
    city: part('City'),
    country: part('Country'),
    geocodeAccuracy: part('GeocodeAccuracy'),
    latitude: part('Latitude'),
    longitude: part('Longitude'),
    postalCode: part('PostalCode'),
    state: part('State'),
    street: part('Street'),
  };
  return Object.values(address).every((value) => value === null) ? null : address;
}

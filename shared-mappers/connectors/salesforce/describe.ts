import { z } from 'zod';
import { parseBodyAs } from '../../http/json-body.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { AddressPart, FieldKind, FieldSchema, ObjectSchema } from '../../model/field-schema.ts';
import { API } from './api.ts';

const DescribedField = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  length: z.number().default(0),
  scale: z.number().default(0),
  nillable: z.boolean().default(true),
  defaultedOnCreate: z.boolean().default(false),
  createable: z.boolean().default(false),
  updateable: z.boolean().default(false),
  unique: z.boolean().nullish(),
  restrictedPicklist: z.boolean().default(false),
  compoundFieldName: z.string().nullish(),
  relationshipName: z.string().nullish(),
  referenceTo: z.array(z.string()).default([]),
  picklistValues: z.array(z.object({ active: z.boolean(), value: z.string() })).default([]),
});
type DescribedField = z.infer<typeof DescribedField>;

const DescribeAnswer = z.object({ name: z.string(), label: z.string(), fields: z.array(DescribedField) });

const KINDS: Readonly<Record<string, FieldKind>> = {
  id: 'id',
  reference: 'id',
  string: 'text',
  textarea: 'text',
  combobox: 'text',
  encryptedstring: 'text',
  time: 'text',
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'datetime',
  email: 'email',
  phone: 'phone',
  url: 'url',
  picklist: 'picklist',
  multipicklist: 'set',
};

export async function describeSalesforce(client: SystemClient, object: string): Promise<ObjectSchema> {
  const answer = await client.send(
    { method: 'GET', path: `${API}/sobjects/${object}/describe` },
    { repeatable: true },
  );
  return readDescribe(answer.body);
}

/** @param body of `GET /sobjects/{object}/describe` */
export function readDescribe(body: string): ObjectSchema {
  const described = parseBodyAs(DescribeAnswer, body, 'salesforce');
  const fields = new Map<string, FieldSchema>();
  for (const field of described.fields) {
    const kind = KINDS[field.type];
    if (kind !== undefined) fields.set(field.name, plainField(field, kind));
    if (field.type === 'address') {
      const address = addressField(field, described.fields);
      if (address !== undefined) fields.set(field.name, address);
    }
    const related = relatedName(field);
    if (related !== undefined) fields.set(related.name, related);
  }
  return { system: 'salesforce', object: described.name, label: described.label, fields };
}

function plainField(field: DescribedField, kind: FieldKind): FieldSchema {
  const active = field.picklistValues.filter((choice) => choice.active).map((choice) => choice.value);
  return {
    name: field.name,
    label: field.label,
    kind,
    path: [field.name],
    creatable: field.createable,
    updatable: field.updateable,
    required: !field.nillable && !field.defaultedOnCreate && field.createable,
    unique: field.unique ?? false,
    lengthUnit: 'characters',
    restricted: field.restrictedPicklist,
    empty: null,
    ...(field.length > 0 ? { maxLength: field.length } : {}),
    ...(kind === 'number' ? { scale: field.scale } : {}),
    ...(kind === 'picklist' || kind === 'set' ? { choices: active } : {}),
    ...(kind === 'set' ? { setShape: 'semicolons' as const } : {}),
  };
}

/** Later suffixes win: with state and country picklists the codes are there too, and free text is refused. */
const ADDRESS_PARTS: readonly (readonly [suffix: string, part: AddressPart])[] = [
  ['Street', 'street'],
  ['City', 'city'],
  ['State', 'state'],
  ['PostalCode', 'postalCode'],
  ['Country', 'country'],
  ['StateCode', 'state'],
  ['CountryCode', 'country'],
];

/** A compound address cannot be written as such: its parts are fields of their own. */
function addressField(address: DescribedField, all: readonly DescribedField[]): FieldSchema | undefined {
  const parts: Partial<Record<AddressPart, readonly string[]>> = {};
  const partLengths: Partial<Record<AddressPart, number>> = {};
  let [creatable, updatable] = [true, true];
  for (const [suffix, part] of ADDRESS_PARTS) {
    const name = address.name.replace(/Address$/, suffix);
    const field = all.find((one) => one.name === name && one.compoundFieldName === address.name);
    if (field === undefined) continue;
    parts[part] = [field.name];
    if (field.length > 0) partLengths[part] = field.length;
    creatable &&= field.createable;
    updatable &&= field.updateable;
  }
  if (parts.street === undefined) return undefined;
  return {
    ...plainField(address, 'address'),
    parts,
    partLengths,
    creatable,
    updatable,
    required: false,
  };
}

/** Objects whose `Name` can be read through a reference, so that a contact's company can travel. */
const NAMED_OBJECTS = new Set(['Account', 'Campaign', 'Contact', 'Group', 'RecordType', 'User']);

/** `Account.Name` beside `AccountId`: to be read, never written. */
function relatedName(field: DescribedField): FieldSchema | undefined {
  const { relationshipName, referenceTo, label } = field;
  if (typeof relationshipName !== 'string' || referenceTo.length === 0) return undefined;
  if (!referenceTo.every((object) => NAMED_OBJECTS.has(object))) return undefined;
  return {
    name: `${relationshipName}.Name`,
    label: `${label}: name`,
    kind: 'text',
    path: [relationshipName, 'Name'],
    creatable: false,
    updatable: false,
    required: false,
    unique: false,
    maxLength: 255,
    lengthUnit: 'characters',
    restricted: false,
    empty: null,
  };
}

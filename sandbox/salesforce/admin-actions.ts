import { z } from 'zod';
import { type AdminAction, adminAction } from '../simulator.ts';
import type { ApiUsage } from './api-usage.ts';
import type { Auth } from './auth.ts';
import { writeRow } from './dml.ts';
import { DuplicateRule } from './duplicate-rules.ts';
import { ConvertRequest, convertLead, MergeRequest, mergeRecords } from './merge-and-convert.ts';
import type { Org } from './org.ts';
import { RowLock, ValidationRule } from './record-troubles.ts';
import { type Field, type FieldTraits, type FieldType, field } from './schema/field.ts';
import { objectSchema } from './schema/object-schema.ts';
import { systemFields, usageFields } from './schema/shared-fields.ts';
import { Settings } from './settings.ts';

const FieldDefinition = z.strictObject({
  type: z.enum([
    'string',
    'textarea',
    'email',
    'phone',
    'url',
    'picklist',
    'multipicklist',
    'boolean',
    'int',
    'double',
    'currency',
    'percent',
    'date',
    'datetime',
    'reference',
  ]),
  /** Default: the name. */
  label: z.string().optional(),
  /** In characters; default: what the vendor gives the type. */
  length: z.int().min(1).optional(),
  precision: z.int().optional(),
  scale: z.int().optional(),
  required: z.boolean().optional(),
  externalId: z.boolean().optional(),
  unique: z.boolean().optional(),
  restricted: z.boolean().optional(),
  values: z.array(z.string()).optional(),
  referenceTo: z.array(z.string()).optional(),
});
type FieldDefinition = z.infer<typeof FieldDefinition>;

const FieldRequest = z.strictObject({
  object: z.string(),
  field: z.string(),
  change: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('add'), definition: FieldDefinition }),
    z.strictObject({ kind: z.literal('remove') }),
    z.strictObject({ kind: z.literal('shorten'), length: z.int().min(1) }),
    z.strictObject({ kind: z.literal('withdraw-value'), value: z.string() }),
  ]),
});

const HideRequest = z.strictObject({ object: z.string(), field: z.string(), hidden: z.boolean() });

const ObjectRequest = z.strictObject({
  /** Ends in `__c`. */
  name: z.string().regex(/^\w+__c$/),
  label: z.string().optional(),
  labelPlural: z.string().optional(),
  fields: z.record(z.string(), FieldDefinition),
});

const UndeleteRequest = z.strictObject({ id: z.string() });

/** What an administrator does to the org, and a few things that only happen to one. */
export function salesforceActions(org: Org, auth: Auth, usage: ApiUsage): Record<string, AdminAction> {
  return {
    merge: adminAction(MergeRequest, (request) => mergeRecords(org, request)),
    convert: adminAction(ConvertRequest, (request) => convertLead(org, request)),
    undelete: adminAction(UndeleteRequest, ({ id }) => undelete(org, id)),
    'hide-field': adminAction(HideRequest, ({ object, field: name, hidden }) =>
      org.schema.setHidden(object, name, hidden),
    ),
    field: adminAction(FieldRequest, ({ object, field: name, change }) => {
      const isNew = change.kind === 'add';
      org.schema.change(
        object,
        name,
        isNew ? { kind: 'add', field: defineField(name, change.definition) } : change,
      );
    }),
    object: adminAction(ObjectRequest, ({ name, label = name, labelPlural = `${label}s`, fields }) => {
      const own = Object.entries(fields).map(([fieldName, definition]) => defineField(fieldName, definition));
      const all = [...systemFields(label), ...usageFields(), nameField(label), ...own];
      org.schema.add(objectSchema(name, label, labelPlural, org.schema.nextCustomPrefix(), all));
    }),
    'duplicate-rule': adminAction(DuplicateRule, (rule) => {
      org.duplicateRules.push(rule);
    }),
    'validation-rule': adminAction(ValidationRule, (rule) => {
      org.validationRules.push(rule);
    }),
    'drop-rules': adminAction(z.strictObject({ object: z.string() }), ({ object }) => {
      org.duplicateRules = org.duplicateRules.filter((rule) => rule.object !== object);
      org.validationRules = org.validationRules.filter((rule) => rule.object !== object);
    }),
    'lock-row': adminAction(RowLock, ({ id, times }) => {
      const found = org.findById(id);
      if (found === undefined) throw new RangeError(`No such record: ${id}`);
      org.rowLocks.set(found.row.Id, times);
    }),
    settings: adminAction(Settings.partial(), (settings) => {
      const moved = settings.instance !== undefined && settings.instance !== org.settings.instance;
      for (const [name, value] of Object.entries(settings)) {
        if (value !== undefined) Object.assign(org.settings, { [name]: value });
      }
      if (moved) auth.expireAccessTokens();
      return org.settings;
    }),
    'upload-certificate': adminAction(z.strictObject({ publicKey: z.string() }), ({ publicKey }) => {
      auth.certificate = publicKey;
    }),
    'use-up-calls': adminAction(z.strictObject({ left: z.int().min(0) }), ({ left }) => usage.leave(left)),
  };
}

function undelete(org: Org, id: string): void {
  const hit = org.findById(id);
  if (hit === undefined || !hit.row.IsDeleted || org.isPurged(hit.row))
    throw new RangeError(`Not in the bin: ${id}`);
  writeRow(org, hit.object.name, hit.row, { IsDeleted: false, MasterRecordId: null }, org.adminUserId);
}

const DEFAULT_LENGTHS: Partial<Record<FieldType, number>> = {
  string: 255,
  textarea: 255,
  email: 80,
  phone: 40,
  url: 255,
  picklist: 255,
  multipicklist: 4099,
  reference: 18,
};
const NUMERIC: readonly FieldType[] = ['double', 'currency', 'percent'];

function defineField(name: string, definition: FieldDefinition): Field {
  const { type, label = name, required = false } = definition;
  const relation = name.endsWith('__c') ? `${name.slice(0, -3)}__r` : name.replace(/Id$/, '');
  const traits: FieldTraits = {
    length: definition.length ?? DEFAULT_LENGTHS[type] ?? 0,
    precision: definition.precision ?? (NUMERIC.includes(type) ? 18 : 0),
    scale: definition.scale ?? 0,
    nillable: type !== 'boolean' && !required,
    externalId: definition.externalId ?? false,
    unique: definition.unique ?? false,
    restrictedPicklist: definition.restricted ?? false,
    picklistValues: (definition.values ?? []).map((value) => ({ value, active: true, defaultValue: false })),
    referenceTo: definition.referenceTo ?? [],
    relationshipName: type === 'reference' ? relation : null,
  };
  return field(type, name, label, traits);
}

function nameField(label: string): Field {
  return field('string', 'Name', `${label} Name`, { length: 80, nameField: true, idLookup: true });
}

import { z } from 'zod';
import { DuplicateRule } from './duplicate-rules.ts';
import type { Org } from './org.ts';
import { ValidationRule } from './record-troubles.ts';
import type { Row, Value } from './row.ts';
import type { Field } from './schema/field.ts';
import { objectSchema } from './schema/object-schema.ts';
import { Schema } from './schema/schema.ts';
import { Settings } from './settings.ts';

const StoredValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const StoredRow = z.record(z.string(), StoredValue);

/** The org as data: its objects with their fields, its rules and settings, every row. */
const OrgSnapshot = z.object({
  settings: Settings,
  duplicateRules: z.array(DuplicateRule),
  validationRules: z.array(ValidationRule),
  objects: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      labelPlural: z.string(),
      keyPrefix: z.string(),
      fields: z.array(
        z.custom<Field>((field) => typeof field === 'object' && field !== null && 'type' in field),
      ),
      hidden: z.array(z.string()),
      made: z.number(),
      rows: z.array(StoredRow),
    }),
  ),
});

export function takeSnapshot(org: Org): z.infer<typeof OrgSnapshot> {
  const objects = [...org.schema.objects()].map((object) => {
    const store = org.store(object.name);
    const { name, label, labelPlural, keyPrefix } = object;
    return {
      name,
      label,
      labelPlural,
      keyPrefix,
      fields: [...object.fields.values()].map((field) => structuredClone(field)),
      hidden: [...object.hidden],
      made: store.made,
      rows: [...store.rows()].map(plainRow),
    };
  });
  return {
    settings: { ...org.settings },
    duplicateRules: [...org.duplicateRules],
    validationRules: [...org.validationRules],
    objects,
  };
}

/** @throws ZodError when the data is no snapshot of an org */
export function restoreSnapshot(org: Org, data: unknown): void {
  const { settings, duplicateRules, validationRules, objects } = OrgSnapshot.parse(data);
  org.reset();
  org.settings = settings;
  org.duplicateRules = duplicateRules;
  org.validationRules = validationRules;
  org.schema = new Schema();
  for (const { name, label, labelPlural, keyPrefix, fields, hidden, made, rows } of objects) {
    const object = objectSchema(
      name,
      label,
      labelPlural,
      keyPrefix,
      fields.map((field) => structuredClone(field)),
    );
    for (const field of hidden) object.hidden.add(field);
    org.schema.add(object);
    org.store(name).restore(rows.map(rowOf), made);
  }
}

function plainRow(row: Row): Record<string, Value> {
  const plain: Record<string, Value> = {};
  for (const field in row) plain[field] = row[field] ?? null;
  return plain;
}

const SystemFields = z.looseObject({
  Id: z.string(),
  IsDeleted: z.boolean(),
  CreatedDate: z.number(),
  LastModifiedDate: z.number(),
  SystemModstamp: z.number(),
});

function rowOf(plain: Record<string, Value>): Row {
  const { Id, IsDeleted, CreatedDate, LastModifiedDate, SystemModstamp } = SystemFields.parse(plain);
  return { ...plain, Id, IsDeleted, CreatedDate, LastModifiedDate, SystemModstamp };
}

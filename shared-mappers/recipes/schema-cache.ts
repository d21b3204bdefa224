import { z } from 'zod';
import { FIELD_KINDS, type FieldSchema, type ObjectSchema } from '../model/field-schema.ts';
import type { Instant } from '../model/instant.ts';
import type { JsonObject } from '../model/json.ts';
import type { Store } from '../ports/store.ts';
import type { ContactSyncRecipe } from './contact-sync.ts';

const part = z.enum(['street', 'street2', 'city', 'state', 'postalCode', 'country']);

const fieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  kind: z.enum(FIELD_KINDS),
  path: z.array(z.string()),
  parts: z.partialRecord(part, z.array(z.string())).exactOptional(),
  requiredParts: z.array(part).exactOptional(),
  creatable: z.boolean(),
  updatable: z.boolean(),
  required: z.boolean(),
  unique: z.boolean(),
  maxLength: z.number().exactOptional(),
  lengthUnit: z.enum(['characters', 'bytes']),
  partLengths: z.partialRecord(part, z.number()).exactOptional(),
  scale: z.number().exactOptional(),
  choices: z.array(z.string()).exactOptional(),
  restricted: z.boolean(),
  empty: z.union([z.null(), z.literal('')]),
  setShape: z.enum(['semicolons', 'names', 'flags']).exactOptional(),
  choiceIds: z.record(z.string(), z.string()).exactOptional(),
  phoneFormat: z.enum(['us', 'international']).exactOptional(),
}) satisfies z.ZodType<FieldSchema>;

const cachedSchema = z.object({
  at: z.number(),
  system: z.enum(['salesforce', 'mailchimp', 'zoho-projects', 'zoho-books', 'xero']),
  object: z.string(),
  label: z.string(),
  fields: z.array(fieldSchema),
});

/** A described schema and when it was described. */
export interface CachedSchema {
  readonly at: Instant;
  readonly schema: ObjectSchema;
}

/** Under these names the store remembers both schemas of a recipe, so that an idle cycle describes nothing. */
export function schemaMemos(recipe: Pick<ContactSyncRecipe, 'salesforce' | 'mailchimp'>): {
  readonly left: string;
  readonly right: string;
} {
  return {
    left: `schema:salesforce:${recipe.salesforce.object}`,
    right: `schema:mailchimp:${recipe.mailchimp.audience}`,
  };
}

/** What the store remembers; undefined where it remembers nothing, or in a form of another version. */
export async function cachedSchemaOf(
  store: Pick<Store, 'memo'>,
  name: string,
): Promise<CachedSchema | undefined> {
  const parsed = cachedSchema.safeParse(await store.memo(name));
  if (!parsed.success) return undefined;
  const { at, system, object, label, fields } = parsed.data;
  return {
    at,
    schema: { system, object, label, fields: new Map(fields.map((field) => [field.name, field])) },
  };
}

export function toMemo(schema: ObjectSchema, at: Instant): JsonObject {
  const fields = [...schema.fields.values()].map((field): JsonObject => ({ ...field }));
  return { at, system: schema.system, object: schema.object, label: schema.label, fields };
}

/** Remembers for one execution, beginning with what another one has described: see `toMemo`. */
export function memoryMemos(
  known: Readonly<Record<string, JsonObject>> = {},
): Pick<Store, 'memo' | 'saveMemo'> {
  const memos = new Map(Object.entries(known));
  return {
    memo: async (name) => memos.get(name),
    saveMemo: async (name, value) => {
      memos.set(name, value);
    },
  };
}

import type { FieldSchema, ObjectSchema } from '../model/field-schema.ts';
import type { JsonObject } from '../model/json.ts';
import type { Side } from '../model/side.ts';
import { accessFor } from './codec-for.ts';
import { normalizeEmail } from './codecs/email.ts';
import { type MappingProblem, nameAndKind } from './mapping-problem.ts';
import type { MatchDefinition, RecipePath } from './rule-definition.ts';
import type { Schemas } from './schemas.ts';
import { findSource, type Source } from './source.ts';
import { inferType } from './value-kinds.ts';

/** A pair of fields by which records are matched at first contact: equal when both read the same and are not empty. */
export interface MatchKey {
  /** `email`, or `Field ↔ FIELD`. */
  readonly name: string;
  /** Field name on each side, for look-ups by key. */
  readonly fields: Readonly<Record<Side, string>>;
  readonly read: Readonly<Record<Side, (values: JsonObject) => string>>;
}

export interface CompiledMatchKey extends MatchKey {
  readonly schemaFields: Readonly<Record<Side, FieldSchema>>;
}

/** The field that holds the match address: `Email`, else the first of its kind. */
export function addressField(schema: ObjectSchema): FieldSchema | undefined {
  const fields = [...schema.fields.values()].filter((field) => field.kind === 'email');
  return fields.find((field) => field.name.toLowerCase() === 'email') ?? fields[0];
}

export function compileMatchKey(
  definition: MatchDefinition,
  address: Readonly<Record<Side, Source>> | undefined,
  schemas: Schemas,
  path: RecipePath,
): CompiledMatchKey | MappingProblem[] {
  if (definition === 'email') {
    if (address === undefined) return [];
    return {
      name: 'email',
      fields: { left: address.left.field.name, right: address.right.field.name },
      schemaFields: { left: address.left.field, right: address.right.field },
      read: {
        left: (values) => normalizeEmail(address.left.read(values)),
        right: (values) => normalizeEmail(address.right.read(values)),
      },
    };
  }
  const left = findSource(definition.left, schemas.left, [...path, schemas.left.system]);
  const right = findSource(definition.right, schemas.right, [...path, schemas.right.system]);
  if (Array.isArray(left) || Array.isArray(right)) {
    return [...(Array.isArray(left) ? left : []), ...(Array.isArray(right) ? right : [])];
  }
  const type = inferType(left.field, right.field);
  if (type === undefined || type === 'set' || type === 'address') {
    const message = `${nameAndKind(left.field)} and ${nameAndKind(right.field)} do not compare`;
    return [{ code: 'RECIPE_INVALID', path, message, suggestion: 'Match by fields of one kind' }];
  }
  const pair = { left: left.field, right: right.field, tooLong: 'refuse', region: undefined } as const;
  const access = accessFor(type, { left, right }, pair, undefined);
  return {
    name: `${left.label} ↔ ${right.label}`,
    fields: { left: left.field.name, right: right.field.name },
    schemaFields: pair,
    read: { left: access.left.read, right: access.right.read },
  };
}

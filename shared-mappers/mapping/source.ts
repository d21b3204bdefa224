import type { FieldSchema, ObjectSchema } from '../model/field-schema.ts';
import type { JsonObject, JsonValue } from '../model/json.ts';
import { concat } from './computed/concat.ts';
import { firstNonEmpty } from './computed/first-non-empty.ts';
import { split } from './computed/split.ts';
import { readerAt } from './json-path.ts';
import { type MappingProblem, missingField, nameAndKind } from './mapping-problem.ts';
import type { RecipePath, SideExpression } from './rule-definition.ts';

/** One side of a rule, looked up in its schema. */
export interface Source {
  /** As shown to people: `FirstName`, `FirstName + LastName`. */
  readonly label: string;
  /** The field itself; for a computed side what its result is taken for: text without a limit. */
  readonly field: FieldSchema;
  /** Fields it is read from. */
  readonly fields: readonly FieldSchema[];
  /** The key that makes it computed (`concat`), undefined for a plain field. */
  readonly computedBy: 'concat' | 'split' | 'firstNonEmpty' | 'constant' | undefined;
  readonly read: (values: JsonObject) => JsonValue | undefined;
}

const COMPUTED: FieldSchema = {
  name: 'a computed value',
  label: 'a computed value',
  kind: 'text',
  path: [],
  creatable: false,
  updatable: false,
  required: false,
  unique: false,
  lengthUnit: 'characters',
  restricted: false,
  empty: '',
};

/** Finds the fields of one side. Every one that is missing, or cannot be computed with, is a problem. */
export function findSource(
  side: SideExpression,
  schema: ObjectSchema,
  path: RecipePath,
): Source | MappingProblem[] {
  if (typeof side === 'string') {
    const field = schema.fields.get(side);
    if (field === undefined) return [missingField(side, schema, path)];
    return { label: side, field, fields: [field], computedBy: undefined, read: readerAt(field.path) };
  }
  if ('constant' in side) {
    const { constant } = side;
    return {
      label: `"${constant}"`,
      field: COMPUTED,
      fields: [],
      computedBy: 'constant',
      read: () => constant,
    };
  }
  if ('split' in side) {
    const { split: name, separator = ' ', part } = side;
    const found = scalars([name], schema, () => [...path, 'split']);
    if ('problems' in found) return found.problems;
    const [read = () => undefined] = found.readers;
    const label = `${name} (${typeof part === 'number' ? `part ${part}` : part})`;
    return {
      label,
      field: COMPUTED,
      fields: found.fields,
      computedBy: 'split',
      read: split(read, separator, part),
    };
  }
  const isConcat = 'concat' in side;
  const computedBy = isConcat ? 'concat' : 'firstNonEmpty';
  const names = isConcat ? side.concat : side.firstNonEmpty;
  const found = scalars(names, schema, (at) => [...path, computedBy, at]);
  if ('problems' in found) return found.problems;
  return {
    label: names.join(isConcat ? ' + ' : ' or '),
    field: isConcat ? COMPUTED : firstOf(found.fields),
    fields: found.fields,
    computedBy,
    read: isConcat ? concat(found.readers, side.separator ?? ' ') : firstNonEmpty(found.readers),
  };
}

/** What the first non-empty of several fields is taken for: their own kind where they share it, else text. */
function firstOf(fields: readonly FieldSchema[]): FieldSchema {
  const [first] = fields;
  const isOfOneKind = first !== undefined && fields.every((field) => field.kind === first.kind);
  return isOfOneKind ? { ...COMPUTED, kind: first.kind } : COMPUTED;
}

interface Scalars {
  readonly fields: readonly FieldSchema[];
  readonly readers: readonly ((values: JsonObject) => JsonValue | undefined)[];
}

function scalars(
  names: readonly string[],
  schema: ObjectSchema,
  pathOf: (at: number) => RecipePath,
): Scalars | { readonly problems: MappingProblem[] } {
  const problems: MappingProblem[] = [];
  const fields: FieldSchema[] = [];
  names.forEach((name, at) => {
    const field = schema.fields.get(name);
    if (field === undefined) {
      problems.push(missingField(name, schema, pathOf(at)));
    } else if (field.kind === 'address' || field.kind === 'set') {
      problems.push({
        code: 'RECIPE_INVALID',
        path: pathOf(at),
        message: `${nameAndKind(field)} has several parts and cannot be computed with`,
        suggestion: 'Name single fields, such as MailingCity',
      });
    } else {
      fields.push(field);
    }
  });
  return problems.length > 0
    ? { problems }
    : { fields, readers: fields.map((field) => readerAt(field.path)) };
}

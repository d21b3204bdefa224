import type { FieldSchema, ObjectSchema } from '../model/field-schema.ts';
import type { JsonValue } from '../model/json.ts';
import { columnsOf } from './columns.ts';
import type { ConsentMap, ConsentState } from './compiled-rule.ts';
import { readerAt, writerAt } from './json-path.ts';
import { type MappingProblem, missingField, nameAndKind, nearest } from './mapping-problem.ts';
import type { ConsentDefinition, RecipePath } from './rule-definition.ts';
import { outcomeWriter } from './status-rule.ts';

export interface CompiledConsent {
  readonly map: ConsentMap;
  readonly columns: { readonly left: readonly string[]; readonly right: readonly string[] };
}

/** Mailchimp's member statuses. `archived` says nothing about what the person wants. */
const STATES: ReadonlyMap<string, ConsentState> = new Map([
  ['subscribed', 'in'],
  ['unsubscribed', 'out'],
  ['pending', 'pending'],
  ['cleaned', 'cleaned'],
  ['transactional', 'none'],
]);

/**
 * Opt-out checkboxes on the left against the member's status on the right. A field that cannot be seen may hold an
 * opt-out, so a hidden one is a brake of its own and stops the run before any write.
 */
export function compileConsent(
  definition: ConsentDefinition,
  left: ObjectSchema,
  right: ObjectSchema,
): CompiledConsent | MappingProblem[] {
  const problems: MappingProblem[] = [];
  const checkbox = (name: string, path: RecipePath): FieldSchema | undefined => {
    const field = left.fields.get(name);
    if (field === undefined) {
      problems.push(hiddenConsent(name, left, path));
    } else if (field.kind !== 'boolean') {
      problems.push({
        code: 'RECIPE_INVALID',
        path,
        message: `${nameAndKind(field)} is no checkbox`,
        expected: 'a checkbox that says the person wants no mail',
      });
    }
    return field?.kind === 'boolean' ? field : undefined;
  };
  const own = checkbox(definition.optOut, [...definition.path, left.system]);
  if (own !== undefined && !own.updatable) {
    problems.push({
      code: 'BRAKE_FIELD_READ_ONLY',
      path: [...definition.path, left.system],
      message: `${own.name} is read-only for the signed-in user: an opt-out could not be recorded there`,
    });
  }
  const closing = definition.closedBy.map((name, at) => checkbox(name, [...definition.path, 'closedBy', at]));
  const status = [...right.fields.values()].find((field) => field.kind === 'status');
  if (status === undefined) problems.push(missingField('status', right, definition.path));

  if (problems.length > 0 || own === undefined || status === undefined) return problems;
  const shown = definition.statusField === undefined ? undefined : left.fields.get(definition.statusField);
  const boxes = [own, ...closing.filter((field) => field !== undefined)];
  return {
    map: {
      read: { left: readBoxes(boxes), right: readStatus(readerAt(status.path)) },
      writeLeft: writeBox(own),
      fields: { left: boxes.map((field) => field.name), right: [status.name] },
      ...(shown === undefined ? {} : { showOutcome: outcomeWriter(shown) }),
    },
    columns: { left: boxes.flatMap(columnsOf), right: [...columnsOf(status)] },
  };
}

/** Of checkboxes that each say "no mail": `out` where one is ticked. */
export function readBoxes(boxes: readonly FieldSchema[]): ConsentMap['read']['left'] {
  const readers = boxes.map((field) => readerAt(field.path));
  return (values) => {
    let state: ConsentState = 'unset';
    for (const read of readers) {
      const raw = read(values);
      if (raw === true) return 'out';
      if (raw === false) state = 'in';
    }
    return state;
  };
}

export function readStatus(
  read: (values: Parameters<ConsentMap['read']['right']>[0]) => JsonValue | undefined,
): ConsentMap['read']['right'] {
  return (values) => {
    const status = read(values);
    return (typeof status === 'string' ? STATES.get(status) : undefined) ?? 'unset';
  };
}

function writeBox(field: FieldSchema): ConsentMap['writeLeft'] {
  const put = writerAt(field.path);
  return (out, payload) => put(payload, out);
}

function hiddenConsent(name: string, schema: ObjectSchema, path: RecipePath): MappingProblem {
  const checkboxes = [...schema.fields.values()].filter((field) => field.kind === 'boolean');
  const near = nearest(
    name,
    checkboxes.map((field) => field.name),
  );
  return {
    code: 'BRAKE_CONSENT_HIDDEN',
    path,
    message: `${schema.system} ${schema.label} shows no field ${name}: without it nobody's opt-out can be seen`,
    suggestion: `Make it visible to the signed-in user${near === undefined ? '' : `, or write ${near}`}`,
  };
}

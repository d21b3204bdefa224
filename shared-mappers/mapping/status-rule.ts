import type { FieldSchema, ObjectSchema } from '../model/field-schema.ts';
import { textOf } from './codecs/tidy-text.ts';
import type { RuleDraft } from './compile-rule.ts';
import type { ConsentMap } from './compiled-rule.ts';
import { readerAt, writerAt } from './json-path.ts';
import { type MappingProblem, missingField, nameAndKind } from './mapping-problem.ts';
import type { ConsentDefinition, RecipePath, RuleDefinition } from './rule-definition.ts';
import type { Source } from './source.ts';
import { Unwritable } from './unwritable.ts';

/** Mailchimp's word for an address that mail bounces from for good. */
const CLEANED = 'cleaned';

/**
 * The rule behind `statusField`: a cleaned address is said on the left, and taken back when the member has a working
 * one. Any other word in that field is somebody else's and stays.
 */
export function compileStatusRule(
  consent: ConsentDefinition,
  left: ObjectSchema,
  right: ObjectSchema,
): RuleDraft | MappingProblem[] {
  const { statusField = '' } = consent;
  const path = [...consent.path, 'statusField'];
  const field = left.fields.get(statusField);
  if (field === undefined) return [missingField(statusField, left, path)];
  const status = [...right.fields.values()].find(({ kind }) => kind === 'status');
  if (status === undefined) return [];
  const problems = checkField(field, path);
  if (problems.length > 0) return problems;

  const sources = { left: sourceOf(field), right: sourceOf(status) };
  const definition: RuleDefinition = {
    path,
    left: field.name,
    right: status.name,
    direction: 'to-left',
    drift: 'enforce',
    keepNonEmpty: false,
    toleranceMs: 0,
  };
  const readOnly = new Unwritable('VALUE_INVALID', `${status.name} is not written by a field rule`);
  const put = writerAt(field.path);
  const spelling = choiceOf(field) ?? CLEANED;
  return {
    definition,
    type: 'text',
    sources,
    rule: {
      name: `${field.name} ↔ ${status.name}`,
      type: 'text',
      direction: 'to-left',
      drift: 'enforce',
      policy: 'right',
      keepNonEmpty: false,
      toleranceMs: 0,
      isEmail: false,
      read: {
        left: (values) => (textOf(sources.left.read(values)).toLowerCase() === CLEANED ? CLEANED : ''),
        right: (values) => (sources.right.read(values) === CLEANED ? CLEANED : ''),
      },
      write: {
        left: (canonical, payload) => {
          put(payload, canonical === '' ? field.empty : spelling);
          return undefined;
        },
        right: () => readOnly,
      },
      fields: { left: [field.name], right: [status.name] },
    },
  };
}

/** Writes an outcome into the status field, in the spelling of its choices; a word it has no choice for is not written. */
export function outcomeWriter(field: FieldSchema): NonNullable<ConsentMap['showOutcome']> {
  const put = writerAt(field.path);
  return (outcome, payload) => {
    const spelling = field.choices?.find((choice) => choice.toLowerCase() === outcome);
    if (spelling !== undefined || !field.restricted) put(payload, spelling ?? outcome);
  };
}

function sourceOf(field: FieldSchema): Source {
  return { label: field.name, field, fields: [field], computedBy: undefined, read: readerAt(field.path) };
}

function checkField(field: FieldSchema, path: RecipePath): MappingProblem[] {
  if (!field.updatable) {
    return [
      { code: 'BRAKE_FIELD_READ_ONLY', path, message: `${field.name} is read-only for the signed-in user` },
    ];
  }
  if (field.kind !== 'text' && field.kind !== 'picklist') {
    const message = `${nameAndKind(field)} holds no words`;
    return [{ code: 'RECIPE_INVALID', path, message, expected: 'a text field or a picklist' }];
  }
  if (field.restricted && choiceOf(field) === undefined) {
    const message = `${field.name} has no choice ${CLEANED}`;
    return [{ code: 'BRAKE_CHOICES', path, message, suggestion: `Add the choice ${CLEANED}` }];
  }
  return [];
}

function choiceOf(field: FieldSchema): string | undefined {
  return field.choices?.find((choice) => choice.toLowerCase() === CLEANED);
}

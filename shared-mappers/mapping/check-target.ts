import { otherSide, type Side } from '../model/side.ts';
import type { MappingProblem } from './mapping-problem.ts';
import { nameAndKind } from './mapping-problem.ts';
import type { RecipePath, RuleDefinition } from './rule-definition.ts';
import type { Schemas } from './schemas.ts';
import type { Source } from './source.ts';

/** Whether a side that the rule writes can be written, with what the other side holds. */
export function checkTarget(
  definition: RuleDefinition,
  side: Side,
  sources: Readonly<Record<Side, Source>>,
  schemas: Schemas,
  path: RecipePath,
): MappingProblem[] {
  const target = sources[side];
  const other = schemas[otherSide(side)].system;
  if (target.computedBy !== undefined) {
    return [
      {
        code: 'RECIPE_INVALID',
        path,
        message: `${target.computedBy} cannot be reversed: nothing can be written back to ${target.label}`,
        suggestion: `direction: to-${other}`,
      },
    ];
  }
  const { field } = target;
  if (!field.updatable) {
    return [
      {
        code: 'BRAKE_FIELD_READ_ONLY',
        path,
        message:
          field.kind === 'status'
            ? `${field.name} is not written by a field rule: consent is, by the recipe's consent part`
            : `${field.name} is read-only for the signed-in user`,
        suggestion: `direction: to-${other}, or another field`,
      },
    ];
  }
  const from = sources[otherSide(side)];
  if (from.field.kind === 'birthday' && (field.kind === 'date' || field.kind === 'datetime')) {
    return [
      {
        code: 'RECIPE_INVALID',
        path: definition.path,
        message: `${from.field.name} has no year: it cannot be written back to ${nameAndKind(field)}`,
        suggestion: `direction: to-${other}`,
      },
    ];
  }
  const { tooLong } = definition;
  const isShort =
    tooLong === 'refuse' &&
    field.maxLength !== undefined &&
    from.field.maxLength !== undefined &&
    from.field.maxLength > field.maxLength &&
    // Mailchimp's 255 bytes are a limit of all its texts, not a length that anyone chose.
    !(definition.direction === 'both' && side === 'left');
  if (!isShort) return [];
  return [
    {
      code: 'BRAKE_FIELD_TOO_SHORT',
      path,
      message: `${field.name} holds ${field.maxLength} ${field.lengthUnit}, ${from.field.name} up to ${from.field.maxLength}`,
      suggestion: 'tooLong: cut, or a longer field',
    },
  ];
}

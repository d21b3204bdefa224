import { otherSide, type Side } from '../model/side.ts';
import type { ValueType } from '../model/value-type.ts';
import { type MappingProblem, nameAndKind } from './mapping-problem.ts';
import { type RuleDefinition, targetsOf } from './rule-definition.ts';
import type { Source } from './source.ts';
import { canRead, canWrite, inferType, typesBetween } from './value-kinds.ts';

/** The type that the recipe names, or that follows from both fields; a problem where they cannot both hold it. */
export function settleType(
  definition: RuleDefinition,
  sources: Readonly<Record<Side, Source>>,
): ValueType | MappingProblem {
  const { left, right } = sources;
  const type = definition.type ?? typeByLookup(definition, sources) ?? inferType(left.field, right.field);
  const targets = targetsOf(definition.direction);
  const fitsBoth =
    type !== undefined &&
    canRead(left.field, type) &&
    canRead(right.field, type) &&
    targets.every((side) => !sources[side].field.updatable || canWrite(sources[side].field, type));
  if (fitsBoth) return type;
  const target = targets.length === 1 && targets[0] === 'left' ? 'left' : 'right';
  const [from, to] = [sources[otherSide(target)], sources[target]];
  const possible = typesBetween(from.field, to.field);
  const fields = `${labelAndKind(left)} and ${labelAndKind(right)}`;
  return {
    code: 'RECIPE_INVALID',
    path: definition.type === undefined ? definition.path : [...definition.path, 'type'],
    message: type === undefined ? `${fields} have no type in common` : `${fields} cannot both hold a ${type}`,
    ...(possible.length === 0
      ? { suggestion: 'Map a field of another kind' }
      : { expected: `one of ${possible.join(', ')}`, suggestion: `type: ${possible[0]}` }),
  };
}

function labelAndKind(source: Source): string {
  return source.computedBy === undefined ? nameAndKind(source.field) : source.label;
}

function typeByLookup(
  definition: RuleDefinition,
  sources: Readonly<Record<Side, Source>>,
): ValueType | undefined {
  if (definition.lookup === undefined) return undefined;
  return sources.left.field.kind === 'set' || sources.right.field.kind === 'set' ? 'set' : 'picklist';
}

import type { FieldSchema } from '../model/field-schema.ts';
import { otherSide, type Side } from '../model/side.ts';
import type { ValueType } from '../model/value-type.ts';
import { checkOptions } from './check-options.ts';
import { checkTarget } from './check-target.ts';
import { checkChoices, checkLookup } from './choice-checks.ts';
import { accessFor } from './codec-for.ts';
import type { FieldPair, SideAccess } from './codecs/codec.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { type LookupTable, lookupTable } from './computed/lookup.ts';
import { type MappingProblem, nameAndKind } from './mapping-problem.ts';
import { type RecipePath, type RuleDefinition, targetsOf } from './rule-definition.ts';
import type { Schemas } from './schemas.ts';
import { settleType } from './settle-type.ts';
import { findSource, type Source } from './source.ts';
import { Unwritable } from './unwritable.ts';

/** A rule on its own; its place in the map and its key come with the others. */
export interface RuleDraft {
  readonly definition: RuleDefinition;
  readonly type: ValueType;
  readonly sources: Readonly<Record<Side, Source>>;
  readonly rule: Omit<CompiledRule, 'index' | 'key'>;
}

export function compileRule(definition: RuleDefinition, schemas: Schemas): RuleDraft | MappingProblem[] {
  const pathOf = (side: Side): RecipePath => [...definition.path, schemas[side].system];
  const left = findSource(definition.left, schemas.left, pathOf('left'));
  const right = findSource(definition.right, schemas.right, pathOf('right'));
  if (Array.isArray(left) || Array.isArray(right)) {
    return [...(Array.isArray(left) ? left : []), ...(Array.isArray(right) ? right : [])];
  }
  const sources = { left, right };
  const problems = targetsOf(definition.direction).flatMap((side) =>
    checkTarget(definition, side, sources, schemas, pathOf(side)),
  );

  const type = settleType(definition, sources);
  if (typeof type !== 'string') return [...problems, type];
  const lookup = definition.lookup === undefined ? undefined : lookupTable(definition.lookup);
  problems.push(...checkOptions(definition, type, sources, schemas));
  for (const target of targetsOf(definition.direction)) {
    const from = sources[otherSide(target)];
    if (lookup === undefined) {
      problems.push(...checkChoices(type, from.field, sources[target].field, pathOf(target)));
    }
  }
  if (lookup !== undefined && definition.lookup !== undefined) {
    const fields = { left: left.field, right: right.field };
    problems.push(...checkLookup(lookup, definition.lookup, fields, definition.direction, definition.path));
  }
  if (problems.length > 0) return problems;
  return draft(definition, type, sources, lookup);
}

function draft(
  definition: RuleDefinition,
  type: ValueType,
  sources: Readonly<Record<Side, Source>>,
  lookup: LookupTable | undefined,
): RuleDraft | MappingProblem[] {
  const pair: FieldPair = {
    left: sources.left.field,
    right: sources.right.field,
    tooLong: definition.tooLong ?? (type === 'text' ? 'cut' : 'refuse'),
    region: definition.region,
  };
  const plain = accessFor(type, sources, pair, lookup);
  const targets = targetsOf(definition.direction);
  const accesses = { left: plain.left, right: plain.right };
  for (const side of targets) {
    const field = sources[side].field;
    if (definition.default !== undefined && standsInFor(definition, side, field)) {
      const whole = withDefault(plain[side], definition.default, field);
      if (whole === undefined) {
        return [
          {
            code: 'RECIPE_INVALID',
            path: [...definition.path, 'default'],
            message: `${nameAndKind(field)} cannot hold this default`,
            expected: `a ${type}`,
          },
        ];
      }
      accesses[side] = whole;
    } else if (field.required) {
      accesses[side] = refusingEmpty(plain[side], field);
    }
  }
  const cannotBeEmpty = targets.some((side) => {
    const { field } = sources[side];
    return field.kind === 'boolean' || (field.required && definition.default === undefined);
  });
  return {
    definition,
    type,
    sources,
    rule: {
      name: definition.name ?? `${sources.left.label} ↔ ${sources.right.label}`,
      type,
      direction: definition.direction,
      drift: definition.drift,
      policy: definition.policy ?? (type === 'set' ? 'union' : 'newest'),
      keepNonEmpty: definition.keepNonEmpty || cannotBeEmpty,
      toleranceMs: definition.toleranceMs,
      isEmail: sources.right.computedBy === undefined && sources.right.field.kind === 'email',
      read: { left: accesses.left.read, right: accesses.right.read },
      write: { left: accesses.left.write, right: accesses.right.write },
      fields: {
        left: sources.left.fields.map((field) => field.name),
        right: sources.right.fields.map((field) => field.name),
      },
    },
  };
}

/** A default belongs to the one target of a one-way rule, and in a two-way rule to the side that may not be empty. */
function standsInFor(definition: RuleDefinition, side: Side, field: FieldSchema): boolean {
  return definition.direction === 'both' ? field.required : targetsOf(definition.direction).includes(side);
}

/** The default is how that side spells nothing: written for an empty value, and read as one. */
function withDefault(access: SideAccess, standIn: string, field: FieldSchema): SideAccess | undefined {
  const probe = {};
  if (access.write(standIn, probe) !== undefined) return undefined;
  const canonical = access.read(probe);
  if (canonical === '' || field.path.length === 0) return undefined;
  return {
    read: (values) => {
      const value = access.read(values);
      return value === canonical ? '' : value;
    },
    write: (value, payload) => access.write(value === '' ? canonical : value, payload),
  };
}

function refusingEmpty(access: SideAccess, field: FieldSchema): SideAccess {
  const required = new Unwritable('FIELD_REQUIRED', `${field.name} may not be empty`);
  return {
    read: access.read,
    write: (value, payload) => (value === '' ? required : access.write(value, payload)),
  };
}

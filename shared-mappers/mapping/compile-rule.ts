import { isSupportedCountry } from 'libphonenumber-js/min';
import type { FieldSchema, ObjectSchema } from '../model/field-schema.ts';
import { SIDES, type Side } from '../model/side.ts';
import type { ValueType } from '../model/value-type.ts';
import { checkChoices, checkLookup } from './choice-checks.ts';
import { accessFor } from './codec-for.ts';
import type { FieldPair, SideAccess } from './codecs/codec.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { type LookupTable, lookupTable } from './computed/lookup.ts';
import { type MappingProblem, nameAndKind } from './mapping-problem.ts';
import type { RecipePath, RuleDefinition } from './rule-definition.ts';
import { findSource, type Source } from './source.ts';
import { Unwritable } from './unwritable.ts';
import { canRead, canWrite, inferType, typesBetween } from './value-kinds.ts';

export type Schemas = Readonly<Record<Side, ObjectSchema>>;

/** A rule on its own; its place in the map and its key come with the others. */
export interface RuleDraft {
  readonly definition: RuleDefinition;
  readonly type: ValueType;
  readonly sources: Readonly<Record<Side, Source>>;
  readonly rule: Omit<CompiledRule, 'index' | 'key'>;
}

/** Sides that the rule writes. */
export function targetsOf(direction: RuleDefinition['direction']): readonly Side[] {
  return direction === 'both' ? SIDES : direction === 'to-left' ? ['left'] : ['right'];
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
    const from = sources[target === 'left' ? 'right' : 'left'];
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

function checkTarget(
  definition: RuleDefinition,
  side: Side,
  sources: Readonly<Record<Side, Source>>,
  schemas: Schemas,
  path: RecipePath,
): MappingProblem[] {
  const target = sources[side];
  const other = schemas[side === 'left' ? 'right' : 'left'].system;
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
  const from = sources[side === 'left' ? 'right' : 'left'];
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

function settleType(
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
  const [from, to] = targets[0] === 'left' && targets.length === 1 ? [right, left] : [left, right];
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

const TYPES_THAT_CUT: readonly ValueType[] = ['text', 'address'];

/** Options that the rule's type, direction or fields give no meaning to: they would be silently ignored. */
function checkOptions(
  definition: RuleDefinition,
  type: ValueType,
  sources: Readonly<Record<Side, Source>>,
  schemas: Schemas,
): MappingProblem[] {
  const problems: MappingProblem[] = [];
  const refuse = (key: string, message: string, suggestion: string): void => {
    problems.push({ code: 'RECIPE_INVALID', path: [...definition.path, key], message, suggestion });
  };
  if (definition.tooLong === 'cut' && !TYPES_THAT_CUT.includes(type)) {
    refuse('tooLong', `A ${type} that is cut is another ${type}`, 'tooLong: refuse');
  }
  if (definition.region !== undefined && type !== 'phone') {
    refuse(
      'region',
      `region is for phone numbers, this rule's type is ${type}`,
      'Remove it, or set type: phone',
    );
  }
  if (definition.region !== undefined && type === 'phone' && !isSupportedCountry(definition.region)) {
    refuse(
      'region',
      `${definition.region} is no country code`,
      'Write the two letters of ISO 3166, such as US',
    );
  }
  if (definition.lookup !== undefined && type !== 'picklist' && type !== 'set') {
    refuse('lookup', `lookup translates choices, this rule's type is ${type}`, 'type: picklist');
  }
  if (definition.policy === 'union' && type !== 'set') {
    refuse('policy', `union merges sets, this rule's type is ${type}`, 'policy: newest');
  }
  const needsDefault = SIDES.some((side) => sources[side].field.required);
  if (definition.default !== undefined && definition.direction === 'both' && !needsDefault) {
    refuse(
      'default',
      'default stands in a required target for an empty value; neither field is required',
      `Remove it, or make the rule one-way with direction: to-${schemas.right.system}`,
    );
  }
  if (definition.default !== undefined && (type === 'set' || type === 'address')) {
    refuse('default', `A ${type} has no default`, 'Remove it');
  }
  return problems;
}

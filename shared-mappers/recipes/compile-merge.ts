import { compileFieldMap } from '../mapping/compile.ts';
import type { FieldMap } from '../mapping/compiled-rule.ts';
import type { MappingProblem } from '../mapping/mapping-problem.ts';
import type { RuleDefinition, SideExpression } from '../mapping/rule-definition.ts';
import type { FieldKind, FieldSchema, ObjectSchema } from '../model/field-schema.ts';
import type { Side } from '../model/side.ts';
import type { MergeRecipe } from './merge-records.ts';

type MergeRule = MergeRecipe['fields'][number];

/** Straight code to merge by, or everything that is wrong with the rules. No record has been looked at. */
export function compileMerge(
  recipe: MergeRecipe,
): { readonly map: FieldMap } | { readonly problems: readonly MappingProblem[] } {
  return compileFieldMap({
    rules: recipe.fields.map((rule, at) => definitionOf(rule, at, recipe)),
    match: [],
    reads: { left: [], right: [] },
    creates: { left: false, right: false },
    toleranceMs: recipe.tolerance,
    left: schemaOf('left', recipe),
    right: schemaOf('right', recipe),
  });
}

function definitionOf(rule: MergeRule, at: number, recipe: MergeRecipe): RuleDefinition {
  const { policy, keepNonEmpty = recipe.keepNonEmpty, tolerance = recipe.tolerance, ...same } = rule;
  return {
    ...same,
    path: ['fields', at],
    // Nothing is known of these systems' clocks: a person decides, unless the rule says who wins.
    policy: policy ?? (rule.type === 'set' ? 'union' : 'review'),
    keepNonEmpty,
    toleranceMs: tolerance,
  };
}

/** Nobody describes these records: a field is what the rules take it for. */
function schemaOf(side: Side, { fields }: MergeRecipe): ObjectSchema {
  const named = fields.flatMap((rule): [string, FieldSchema][] => {
    const given = rule[side];
    return typeof given === 'string'
      ? [[given, fieldOf(given, KINDS[rule.type])]]
      : sourcesOf(given).map((name) => [name, fieldOf(name, 'text')]);
  });
  return { system: side, object: 'record', label: 'record', fields: new Map(named.reverse()) };
}

function sourcesOf(computed: Exclude<SideExpression, string>): readonly string[] {
  if ('concat' in computed) return computed.concat;
  if ('firstNonEmpty' in computed) return computed.firstNonEmpty;
  return 'split' in computed ? [computed.split] : [];
}

/** An address is a text here: no rule is the one by which people are known. */
const KINDS: Readonly<Record<MergeRule['type'], FieldKind>> = {
  text: 'text',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  email: 'text',
  phone: 'phone',
  picklist: 'picklist',
  set: 'set',
  url: 'url',
};

function fieldOf(name: string, kind: FieldKind): FieldSchema {
  return {
    name,
    label: name,
    kind,
    path: name.split('.'),
    creatable: true,
    updatable: true,
    required: false,
    unique: false,
    lengthUnit: 'characters',
    restricted: false,
    empty: null,
    ...(kind === 'set' ? { setShape: 'names' as const } : {}),
  };
}

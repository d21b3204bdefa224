import type { FieldSchema } from '../model/field-schema.ts';
import { SIDES, type Side } from '../model/side.ts';
import { columnsOf } from './columns.ts';
import type { RuleDraft } from './compile-rule.ts';
import type { MappingProblem } from './mapping-problem.ts';
import { type RuleDefinition, targetsOf } from './rule-definition.ts';
import type { Schemas } from './schemas.ts';

/** What only shows when all rules are seen together. */
export function checkRules(
  drafts: readonly RuleDraft[],
  definitions: readonly RuleDefinition[],
  creates: Readonly<Record<Side, boolean>>,
  schemas: Schemas,
): MappingProblem[] {
  return [
    ...checkNames(drafts),
    ...SIDES.flatMap((side) => checkTargets(drafts, side, schemas)),
    ...SIDES.flatMap((side) => (creates[side] ? checkRequired(definitions, side, schemas) : [])),
  ];
}

/** People and decisions name a rule by its name. */
function checkNames(drafts: readonly RuleDraft[]): MappingProblem[] {
  const seen = new Set<string>();
  const problems: MappingProblem[] = [];
  for (const { rule, definition } of drafts) {
    if (seen.has(rule.name)) {
      problems.push({
        code: 'RECIPE_INVALID',
        path: definition.name === undefined ? definition.path : [...definition.path, 'name'],
        message: `Another rule is called ${rule.name}`,
        suggestion:
          definition.name === undefined
            ? 'Keep one of them; direction: both carries a field both ways'
            : 'Give it a name of its own',
      });
    }
    seen.add(rule.name);
  }
  return problems;
}

/** Two rules that write one place would undo each other for ever. */
function checkTargets(drafts: readonly RuleDraft[], side: Side, schemas: Schemas): MappingProblem[] {
  const writers = new Map<string, RuleDraft>();
  const problems: MappingProblem[] = [];
  for (const draft of drafts) {
    if (!targetsOf(draft.definition.direction).includes(side)) continue;
    const columns = draft.sources[side].fields.flatMap(placesOf);
    const other = columns.map((column) => writers.get(column)).find((writer) => writer !== undefined);
    if (other !== undefined && other.rule.name !== draft.rule.name) {
      problems.push({
        code: 'RECIPE_INVALID',
        path: [...draft.definition.path, schemas[side].system],
        message: `${draft.sources[side].label} is already written by ${other.rule.name}`,
        suggestion: 'Keep one of the two rules, or make one of them one-way the other way',
      });
    }
    for (const column of columns) if (!writers.has(column)) writers.set(column, draft);
  }
  return problems;
}

/** Interest categories share a column: what a rule writes there are its own flags. */
function placesOf(field: FieldSchema): readonly string[] {
  return field.setShape === 'flags' ? [field.name] : columnsOf(field);
}

/** A record that lacks a required field is refused: every one has to be fed by some rule. */
function checkRequired(
  definitions: readonly RuleDefinition[],
  side: Side,
  schemas: Schemas,
): MappingProblem[] {
  const schema = schemas[side];
  const fed = new Set(
    definitions
      .filter(({ direction }) => targetsOf(direction).includes(side))
      .map((definition) => definition[side]),
  );
  return [...schema.fields.values()]
    .filter((field) => field.required && field.creatable && !fed.has(field.name))
    .map((field) => ({
      code: 'RECIPE_INVALID',
      path: ['create', schema.system],
      message: `${schema.system} creates no ${schema.label} without ${field.name}, and no rule writes it`,
      suggestion: `Add a rule that writes ${field.name}, or create: { ${schema.system}: false }`,
    }));
}

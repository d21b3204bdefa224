import type { FieldSchema, ObjectSchema } from '../model/field-schema.ts';
import { SIDES, type Side } from '../model/side.ts';
import { columnsOf } from './columns.ts';
import { type CompiledConsent, compileConsent } from './compile-consent.ts';
import { compileRule, type RuleDraft } from './compile-rule.ts';
import type { CompiledRule, FieldMap } from './compiled-rule.ts';
import { type MappingProblem, missingField } from './mapping-problem.ts';
import { addressField, type CompiledMatchKey, compileMatchKey, type MatchKey } from './match-key.ts';
import { checkRules } from './rule-checks.ts';
import {
  type ConsentDefinition,
  type FieldMention,
  type MatchDefinition,
  type RuleDefinition,
  targetsOf,
} from './rule-definition.ts';
import { ruleKeys } from './rule-key.ts';
import type { Schemas } from './schemas.ts';
import { compileStatusRule } from './status-rule.ts';

export interface CompileInput {
  readonly rules: readonly RuleDefinition[];
  readonly consent?: ConsentDefinition | undefined;
  /** Ordered; recipe path `match`. */
  readonly match: readonly MatchDefinition[];
  /** Fields that the loop reads on its own, per side. */
  readonly reads: Readonly<Record<Side, readonly FieldMention[]>>;
  /** Whether records are created on each side: then every required field has to be fed. */
  readonly creates: Readonly<Record<Side, boolean>>;
  /** Of the rule for the match address, where the recipe has none: clock difference in milliseconds. */
  readonly toleranceMs: number;
  readonly left: ObjectSchema;
  readonly right: ObjectSchema;
}

export interface CompiledMapping {
  readonly map: FieldMap;
  /** In the recipe's order. */
  readonly matchKeys: readonly MatchKey[];
  /** What a consultant should know before the first run; none of it is a fault. */
  readonly notes: readonly string[];
}

/**
 * Compiles a recipe's rules and consent against both live schemas, or finds everything that is wrong with them.
 * The rule for the match address is added where the recipe has none.
 */
export function compileFieldMap(
  input: CompileInput,
): CompiledMapping | { readonly problems: readonly MappingProblem[] } {
  const schemas: Schemas = { left: input.left, right: input.right };
  const problems: MappingProblem[] = [];
  const definitions = withAddressRule(input, schemas);

  const drafts: RuleDraft[] = [];
  for (const definition of definitions) {
    const compiled = compileRule(definition, schemas);
    if (Array.isArray(compiled)) problems.push(...compiled);
    else drafts.push(compiled);
  }
  if (input.consent?.statusField !== undefined) {
    const shown = compileStatusRule(input.consent, input.left, input.right);
    if (Array.isArray(shown)) problems.push(...shown);
    else drafts.push(shown);
  }
  problems.push(...checkRules(drafts, definitions, input.creates, schemas));

  const consent = input.consent && compileConsent(input.consent, input.left, input.right);
  if (Array.isArray(consent)) problems.push(...consent);

  const address = drafts.find(({ rule }) => rule.isEmail)?.sources;
  const matchKeys: CompiledMatchKey[] = [];
  input.match.forEach((definition, at) => {
    const key = compileMatchKey(definition, address, schemas, ['match', at]);
    if (Array.isArray(key)) problems.push(...key);
    else matchKeys.push(key);
  });
  for (const side of SIDES) {
    for (const { field, path } of input.reads[side]) {
      if (!schemas[side].fields.has(field)) problems.push(missingField(field, schemas[side], path));
    }
  }
  if (problems.length > 0 || Array.isArray(consent)) return { problems };
  const columns = (side: Side): string[] => columnsRead(side, { drafts, consent, matchKeys, input, schemas });
  return {
    map: fieldMap(drafts, consent, { left: columns('left'), right: columns('right') }),
    matchKeys: matchKeys.map(({ name, fields, read }) => ({ name, fields, read })),
    notes: drafts.flatMap(noteOn),
  };
}

/** Every recipe keeps the match address in step; most say nothing about it. */
function withAddressRule(input: CompileInput, { left, right }: Schemas): readonly RuleDefinition[] {
  const addresses = { left: addressField(left), right: addressField(right) };
  if (addresses.left === undefined || addresses.right === undefined) return input.rules;
  const { name } = addresses.right;
  if (input.rules.some((rule) => rule.right === name)) return input.rules;
  const rule: RuleDefinition = {
    path: ['match'],
    left: addresses.left.name,
    right: name,
    type: 'email',
    direction: 'both',
    drift: 'enforce',
    // A person without an address cannot be a member.
    keepNonEmpty: true,
    toleranceMs: input.toleranceMs,
  };
  return [rule, ...input.rules];
}

interface Reads {
  readonly drafts: readonly RuleDraft[];
  readonly consent: CompiledConsent | undefined;
  readonly matchKeys: readonly CompiledMatchKey[];
  readonly input: CompileInput;
  readonly schemas: Schemas;
}

function columnsRead(side: Side, { drafts, consent, matchKeys, input, schemas }: Reads): string[] {
  const fields: FieldSchema[] = drafts.flatMap(({ sources }) => sources[side].fields);
  fields.push(...matchKeys.map((key) => key.schemaFields[side]));
  for (const { field } of input.reads[side]) {
    const schema = schemas[side].fields.get(field);
    if (schema !== undefined) fields.push(schema);
  }
  return [...new Set([...fields.flatMap(columnsOf), ...(consent?.columns[side] ?? [])])];
}

function fieldMap(
  drafts: readonly RuleDraft[],
  consent: CompiledConsent | undefined,
  columns: FieldMap['columns'],
): FieldMap {
  const keys = ruleKeys(drafts);
  const rules = drafts.map(({ rule }, index): CompiledRule => ({ index, key: keys[index] ?? '', ...rule }));
  return { rules, consent: consent?.map, columns };
}

/** Values that a pair of fields cannot both hold, and what becomes of them. */
function noteOn({ rule, type, sources, definition }: RuleDraft): string[] {
  if (type !== 'address') return [];
  const strict = [sources.left, sources.right].find(({ field }) => (field.requiredParts ?? []).length > 0);
  if (strict === undefined) return [];
  const targets = targetsOf(definition.direction);
  return [
    `${rule.name}: ${strict.field.name} takes only addresses with ${(strict.field.requiredParts ?? []).join(', ')}; ` +
      `an incomplete one stays where it is and counts as empty${targets.length > 1 ? ' for this rule' : ''}`,
  ];
}

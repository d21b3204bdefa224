import {
  type CompiledMapping,
  type CompileInput,
  compileFieldMap,
} from '@stackbridge/shared-mappers/mapping/compile.ts';
import type { CompiledRule } from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import type { MappingProblem } from '@stackbridge/shared-mappers/mapping/mapping-problem.ts';
import type { RuleDefinition } from '@stackbridge/shared-mappers/mapping/rule-definition.ts';
import { AUDIENCE, CONTACT } from './schemas.ts';

export function rule(
  left: RuleDefinition['left'],
  right: RuleDefinition['right'],
  more: Partial<RuleDefinition> = {},
): RuleDefinition {
  return {
    path: ['fields', 0],
    left,
    right,
    direction: 'both',
    drift: 'enforce',
    keepNonEmpty: false,
    toleranceMs: 120_000,
    ...more,
  };
}

function compile(
  rules: readonly RuleDefinition[],
  more: Partial<CompileInput> = {},
): ReturnType<typeof compileFieldMap> {
  return compileFieldMap({
    rules: rules.map((one, at) => ({ ...one, path: ['fields', at] })),
    match: [],
    reads: { left: [], right: [] },
    creates: { left: false, right: false },
    toleranceMs: 120_000,
    left: CONTACT,
    right: AUDIENCE,
    ...more,
  });
}

export function mapping(rules: readonly RuleDefinition[], more: Partial<CompileInput> = {}): CompiledMapping {
  const compiled = compile(rules, more);
  if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems));
  return compiled;
}

export function problems(
  rules: readonly RuleDefinition[],
  more: Partial<CompileInput> = {},
): readonly MappingProblem[] {
  const compiled = compile(rules, more);
  return 'problems' in compiled ? compiled.problems : [];
}

/** The one rule compiled, without the rule for the match address. */
export function compiledRule(definition: RuleDefinition): CompiledRule {
  const found = mapping([definition]).map.rules.at(-1);
  if (found === undefined) throw new Error('no rule');
  return found;
}

import { isSupportedCountry } from 'libphonenumber-js/min';
import { SIDES, type Side } from '../model/side.ts';
import type { ValueType } from '../model/value-type.ts';
import type { MappingProblem } from './mapping-problem.ts';
import type { RuleDefinition } from './rule-definition.ts';
import type { Schemas } from './schemas.ts';
import type { Source } from './source.ts';

const TYPES_THAT_CUT: readonly ValueType[] = ['text', 'address'];

/** Options that the rule's type, direction or fields give no meaning to: they would be silently ignored. */
export function checkOptions(
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

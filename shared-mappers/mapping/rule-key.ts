import { fingerprint, fingerprintKey } from '../model/fingerprint.ts';
import type { ValueType } from '../model/value-type.ts';
import type { RuleDefinition } from './rule-definition.ts';

/** Public on purpose: a rule key hides nothing, it only has to be the same on every host. */
const KEY = fingerprintKey('53746163 6b627269 64676520 72756c65'.replaceAll(' ', ''));

const LENGTH = 4;

/**
 * Keys of a recipe's rules, 4 characters each, in the rules' order. A key is made of what gives a rule's values their
 * canonical form (fields, type, lookup, region, default, cutting): the base of a rule outlives a new policy, a new
 * place in the recipe and a new spelling of the YAML, and no change of what its values mean.
 */
export function ruleKeys(rules: readonly { definition: RuleDefinition; type: ValueType }[]): string[] {
  const meanings = rules.map(({ definition, type }) => meaningOf(definition, type));
  const keys = new Map<string, string>();
  // In the order of the meanings, so that a clash of two hashes is settled alike wherever the rules stand.
  for (const meaning of [...meanings].sort()) {
    let key = fingerprint(KEY, meaning).slice(0, LENGTH);
    for (let again = 1; [...keys.values()].includes(key) && !keys.has(meaning); again++) {
      key = fingerprint(KEY, `${again} ${meaning}`).slice(0, LENGTH);
    }
    if (!keys.has(meaning)) keys.set(meaning, key);
  }
  return meanings.map((meaning) => keys.get(meaning) ?? '');
}

function meaningOf(rule: RuleDefinition, type: ValueType): string {
  const lookup = Object.entries(rule.lookup ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    expressionOf(rule.left),
    expressionOf(rule.right),
    type,
    lookup,
    rule.region ?? null,
    rule.default ?? null,
    rule.tooLong ?? null,
  ]);
}

function expressionOf(side: RuleDefinition['left']): readonly unknown[] {
  if (typeof side === 'string') return [side];
  if ('concat' in side) return ['concat', side.concat, side.separator ?? ' '];
  if ('split' in side) return ['split', side.split, side.separator ?? ' ', side.part];
  if ('firstNonEmpty' in side) return ['firstNonEmpty', side.firstNonEmpty];
  return ['constant', side.constant];
}

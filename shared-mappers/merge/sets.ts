import { ELEMENT_SEPARATOR } from '../mapping/codecs/set.ts';
import type { CompiledRule } from '../mapping/compiled-rule.ts';
import type { Side } from '../model/side.ts';
import type { EntryOf, FieldDecision } from './decision.ts';

export function elementsOf(canonical: string): string[] {
  return canonical === '' ? [] : canonical.split(ELEMENT_SEPARATOR);
}

export function canonicalSet(elements: Iterable<string>): string {
  return [...new Set(elements)].sort().join(ELEMENT_SEPARATOR);
}

/**
 * Merges element by element: what either side added is kept, what either side removed since the base is gone.
 * Without a base nothing counts as removed.
 */
export function mergeSets(
  rule: CompiledRule,
  left: string,
  right: string,
  base: string | undefined,
  entryOf: EntryOf | undefined,
): FieldDecision {
  const inBase = new Set(base === undefined || base === '' ? [] : base.split('.'));
  const leftElements = new Set(elementsOf(left));
  const rightElements = new Set(elementsOf(right));
  const merged: string[] = [];
  for (const element of leftElements.union(rightElements)) {
    const everywhere = leftElements.has(element) && rightElements.has(element);
    const removedSomewhere = !everywhere && entryOf !== undefined && inBase.has(entryOf(rule, element));
    if (!removedSomewhere) merged.push(element);
  }
  const value = canonicalSet(merged);
  const to: Side[] = [];
  if (value !== left) to.push('left');
  if (value !== right) to.push('right');
  return { kind: 'write', value, to, reason: 'policy:union' };
}

import type { CompiledRule } from '../mapping/compiled-rule.ts';
import type { Side } from '../model/side.ts';
import type { EntryOf, FieldDecision, MergeInput } from './decision.ts';
import { settleByPolicy } from './policy.ts';
import { mergeSets } from './sets.ts';

const SAME: FieldDecision = { kind: 'same' };
const LEAVE: FieldDecision = { kind: 'leave' };
const TO_LEFT: readonly Side[] = ['left'];
const TO_RIGHT: readonly Side[] = ['right'];

/** The table of the three-way merge, for one field. Symmetric in its sides but for the rule's direction and policy. */
export function mergeField(rule: CompiledRule, input: MergeInput, entryOf: EntryOf): FieldDecision {
  const { base, left, right } = input;

  if (left !== undefined && left === right) {
    return base !== undefined && entryOf(rule, left) === base ? SAME : { kind: 'agreed', value: left };
  }
  if (base === undefined) return firstContact(rule, input);

  const leftChanged = left !== undefined && entryOf(rule, left) !== base;
  const rightChanged = right !== undefined && entryOf(rule, right) !== base;
  if (!leftChanged && !rightChanged) return SAME;
  if (rule.direction !== 'both') return oneWay(rule, input, leftChanged, rightChanged);

  if (leftChanged && rightChanged) {
    if (rule.policy === 'union') return mergeSets(rule, left, right, base, entryOf);
    return settleByPolicy(rule, left, right, input);
  }
  const source: Side = leftChanged ? 'left' : 'right';
  const value = (leftChanged ? left : right) ?? '';
  if (value === '' && rule.keepNonEmpty) return LEAVE;
  return { kind: 'write', value, to: source === 'left' ? TO_RIGHT : TO_LEFT, reason: 'changed' };
}

/** Without a base a value beats an empty one; an empty value never overwrites a full one. */
function firstContact(rule: CompiledRule, input: MergeInput): FieldDecision {
  if (rule.direction !== 'both') return firstContactOneWay(rule, input);
  const { left, right } = input;
  if (left === undefined) return { kind: 'unread', side: 'left' };
  if (right === undefined) return { kind: 'unread', side: 'right' };
  if (rule.policy === 'union') return mergeSets(rule, left, right, undefined, undefined);
  if (left === '') return { kind: 'write', value: right, to: TO_LEFT, reason: 'first-contact' };
  if (right === '') return { kind: 'write', value: left, to: TO_RIGHT, reason: 'first-contact' };
  return settleByPolicy(rule, left, right, input);
}

/** An empty source leaves its target alone and no base behind, so an unread source is one that was empty. */
function firstContactOneWay(rule: CompiledRule, { left, right }: MergeInput): FieldDecision {
  const toRight = rule.direction === 'to-right';
  const source = toRight ? left : right;
  const target = toRight ? right : left;
  if (source === undefined || source === '') return LEAVE;
  if (rule.drift === 'leave' && target !== '') {
    return target === undefined ? { kind: 'unread', side: toRight ? 'right' : 'left' } : LEAVE;
  }
  return { kind: 'write', value: source, to: toRight ? TO_RIGHT : TO_LEFT, reason: 'first-contact' };
}

function oneWay(
  rule: CompiledRule,
  { left, right }: MergeInput,
  leftChanged: boolean,
  rightChanged: boolean,
): FieldDecision {
  const toRight = rule.direction === 'to-right';
  const source = toRight ? left : right;
  const sourceChanged = toRight ? leftChanged : rightChanged;
  const to = toRight ? TO_RIGHT : TO_LEFT;
  if (sourceChanged) {
    if (source === undefined || (source === '' && rule.keepNonEmpty)) return LEAVE;
    return { kind: 'write', value: source, to, reason: 'changed' };
  }
  if (rule.drift === 'leave') return LEAVE;
  if (source === undefined) return { kind: 'unread', side: toRight ? 'left' : 'right' };
  if (source === '' && rule.keepNonEmpty) return LEAVE;
  return { kind: 'write', value: source, to, reason: 'enforced' };
}

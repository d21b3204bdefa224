import type { CompiledRule } from '../mapping/compiled-rule.ts';
import type { FieldDecision } from '../merge/decision.ts';
import type { Remembered } from '../merge/remembered.ts';
import { mergeField } from '../merge/three-way.ts';
import type { MutableJsonObject } from '../model/json.ts';
import type { SourceRecord } from '../model/record.ts';
import type { Side } from '../model/side.ts';
import type { Decision } from '../ports/store.ts';
import type { PlanContext } from './contact-group.ts';
import type { FieldChange } from './operation.ts';
import type { Issue } from './subject-plan.ts';

/** What merging the fields of one pair came to. */
export interface FieldsPlan {
  readonly changes: Readonly<Record<Side, readonly FieldChange[]>>;
  /** Base entries that both sides already agree on. */
  readonly agreed: Readonly<Record<string, string>>;
  readonly issues: readonly Issue[];
  /** Names of rules whose decision is already carried out by what both sides hold. */
  readonly settled: readonly string[];
  /** A side that has to be read before this pair can be planned. */
  readonly unread?: Side;
}

/** What merging looks at in a record. */
export type ReadValues = Pick<SourceRecord, 'values' | 'modifiedAt'>;

/** What merging needs to know of its surroundings. */
export interface FieldsContext {
  readonly map: Pick<PlanContext['map'], 'rules'>;
  readonly home: Pick<PlanContext['home'], 'entryOf'>;
}

/** Both sides are at their base. */
export const NO_CHANGES: FieldsPlan = {
  changes: { left: [], right: [] },
  agreed: {},
  issues: [],
  settled: [],
};

/**
 * Merges every field of an owner and its member. A side that is undefined was not read and is at its base.
 */
export function planFields(
  left: ReadValues | undefined,
  right: ReadValues | undefined,
  base: Remembered,
  decisions: readonly Decision[],
  context: FieldsContext,
): FieldsPlan {
  const { map } = context;
  if (decisions.length === 0 && isAtRest(left, right, base, map.rules)) return NO_CHANGES;
  const { entryOf } = context.home;
  const leftModifiedAt = left?.modifiedAt ?? 0;
  const rightModifiedAt = right?.modifiedAt ?? 0;

  const changes: Record<Side, FieldChange[]> = { left: [], right: [] };
  const agreed: Record<string, string> = {};
  const issues: Issue[] = [];
  const settled: string[] = [];
  let isQuiet = true;

  for (const rule of map.rules) {
    const leftValue = left === undefined ? undefined : rule.read.left(left.values);
    const rightValue = right === undefined ? undefined : rule.read.right(right.values, leftValue);
    const taken =
      decisions.length === 0 ? undefined : decisions.find((decision) => decision.field === rule.name);
    if (taken === undefined && isAtBase(rule, leftValue, rightValue, base)) continue;
    const input = {
      base: base.get(rule.key),
      left: leftValue,
      right: rightValue,
      leftModifiedAt,
      rightModifiedAt,
    };
    const decision =
      taken === undefined ? mergeField(rule, input, entryOf) : obey(taken, rule, leftValue, rightValue);

    if (decision.kind === 'same' || decision.kind === 'leave') continue;
    isQuiet = false;
    switch (decision.kind) {
      case 'agreed':
        agreed[rule.key] = entryOf(rule, decision.value);
        if (taken !== undefined) settled.push(rule.name);
        break;
      case 'unread':
        return { changes, agreed, issues, settled, unread: decision.side };
      case 'conflict':
        issues.push(conflictOver(rule, decision.code));
        break;
      case 'write':
        if (rule.isEmail && decision.value === '') break;
        for (const side of decision.to) {
          const from = side === 'left' ? leftValue : rightValue;
          const problem = rule.write[side](decision.value, {});
          if (problem !== undefined) {
            issues.push({
              kind: 'failure',
              code: problem.code,
              fields: [rule.name],
              message: problem.message,
            });
            continue;
          }
          changes[side].push({
            rule: rule.index,
            name: rule.name,
            ...(from === undefined ? {} : { from }),
            to: decision.value,
            reason: taken === undefined ? decision.reason : 'decision',
            entry: entryOf(rule, decision.value),
            ...(decision.to.length === 2 ? { both: true as const } : {}),
          });
        }
        if (decision.to.length === 0) agreed[rule.key] = entryOf(rule, decision.value);
        break;
    }
  }
  return isQuiet ? NO_CHANGES : { changes, agreed, issues, settled };
}

/** The usual pair, planned without making anything: every field is at its base. */
function isAtRest(
  left: ReadValues | undefined,
  right: ReadValues | undefined,
  base: Remembered,
  rules: readonly CompiledRule[],
): boolean {
  for (const rule of rules) {
    const leftValue = left === undefined ? undefined : rule.read.left(left.values);
    const rightValue = right === undefined ? undefined : rule.read.right(right.values, leftValue);
    if (!isAtBase(rule, leftValue, rightValue, base)) return false;
  }
  return true;
}

/** The usual field, of which the merge would make nothing: what was read of it is what both sides last agreed on. */
function isAtBase(
  rule: CompiledRule,
  left: string | undefined,
  right: string | undefined,
  base: Remembered,
): boolean {
  if (left === undefined) return right !== undefined && base.says(rule, right);
  return (right === undefined || right === left) && base.says(rule, left);
}

/** A person's decision stands above direction and policy. */
function obey(
  taken: Decision,
  rule: CompiledRule,
  left: string | undefined,
  right: string | undefined,
): FieldDecision {
  if (left === undefined) return { kind: 'unread', side: 'left' };
  if (right === undefined) return { kind: 'unread', side: 'right' };
  const value =
    'side' in taken.take ? (taken.take.side === 'left' ? left : right) : canonicalise(rule, taken.take.value);
  const to: Side[] = [];
  if (left !== value) to.push('left');
  if (right !== value) to.push('right');
  return to.length === 0 ? { kind: 'agreed', value } : { kind: 'write', value, to, reason: 'changed' };
}

/** A typed value in the form both sides would store: written into a payload and read back from it. */
function canonicalise(rule: CompiledRule, typed: string): string {
  const payload: MutableJsonObject = {};
  return rule.write.left(typed, payload) === undefined ? rule.read.left(payload) : typed;
}

function conflictOver(rule: CompiledRule, code: 'BOTH_CHANGED' | 'CLOCKS_TOO_CLOSE'): Issue {
  const message =
    code === 'BOTH_CHANGED'
      ? `${rule.name}: both sides hold different new values`
      : `${rule.name}: both sides changed within ${Math.round(rule.toleranceMs / 1000)} s of each other, which two clocks cannot order`;
  return { kind: 'conflict', code, fields: [rule.name], message };
}

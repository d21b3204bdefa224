import type { CompiledRule } from '../mapping/compiled-rule.ts';
import type { Side } from '../model/side.ts';
import type { FieldDecision, MergeInput, WriteReason } from './decision.ts';

type Winner = { readonly side: Side; readonly reason: WriteReason };

/** Settles two different new values. Where the policy has no answer, nothing is written and a person decides. */
export function settleByPolicy(
  rule: CompiledRule,
  left: string,
  right: string,
  input: MergeInput,
): FieldDecision {
  if (rule.policy === 'review') return { kind: 'conflict', code: 'BOTH_CHANGED' };
  const winner = winnerOf(rule, left, right, input);
  if (winner === undefined) return { kind: 'conflict', code: 'CLOCKS_TOO_CLOSE' };
  return winner.side === 'left'
    ? { kind: 'write', value: left, to: ['right'], reason: winner.reason }
    : { kind: 'write', value: right, to: ['left'], reason: winner.reason };
}

function winnerOf(rule: CompiledRule, left: string, right: string, input: MergeInput): Winner | undefined {
  if ((rule.policy === 'non-empty' || rule.keepNonEmpty) && (left === '') !== (right === '')) {
    return { side: left === '' ? 'right' : 'left', reason: 'policy:non-empty' };
  }
  if (rule.policy === 'left') return { side: 'left', reason: 'policy:left' };
  if (rule.policy === 'right') return { side: 'right', reason: 'policy:right' };
  // Two systems' clocks are never trusted closer than the tolerance.
  const ahead = input.leftModifiedAt - input.rightModifiedAt;
  if (Math.abs(ahead) <= rule.toleranceMs) return undefined;
  return { side: ahead > 0 ? 'left' : 'right', reason: 'policy:newest' };
}

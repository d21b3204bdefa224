import type { CompiledRule } from '../mapping/compiled-rule.ts';
import type { Side } from '../model/side.ts';
import type { FieldChange, Operation } from './operation.ts';

/** The writes that bring one existing record to what was decided: opt-outs on their own and first, then the rest. */
export function writesTo(
  side: Side,
  recordId: string,
  email: string | undefined,
  changes: readonly FieldChange[],
  consent: FieldChange | undefined,
  rules: readonly CompiledRule[],
): Operation[] {
  const operations: Operation[] = [];
  const target = { side, recordId, ...(email === undefined ? {} : { email }) };
  const renames = side === 'right' && changes.some((change) => rules[change.rule]?.isEmail === true);

  // A rename is a call of its own, which may be refused: every other change goes on without it.
  const moving = renames ? changes.filter((change) => rules[change.rule]?.isEmail === true) : [];
  const others = renames ? changes.filter((change) => rules[change.rule]?.isEmail !== true) : changes;
  const all = consent === undefined ? others : [consent, ...others];
  if (consent?.to === 'out') operations.push({ ...target, action: 'opt-out', changes: all, priority: 0 });
  else if (all.length > 0) operations.push({ ...target, action: 'update', changes: all, priority: 1 });
  if (renames) operations.push({ ...target, action: 'rename', changes: moving, priority: 1 });
  return operations;
}

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

  if (consent?.to === 'out') {
    // A rename is a call of its own; every other change travels with the opt-out.
    operations.push({
      ...target,
      action: 'opt-out',
      changes: renames ? [consent] : [consent, ...changes],
      priority: 0,
    });
    if (renames) operations.push({ ...target, action: 'rename', changes, priority: 1 });
    return operations;
  }
  const all = consent === undefined ? changes : [consent, ...changes];
  if (all.length > 0)
    operations.push({ ...target, action: renames ? 'rename' : 'update', changes: all, priority: 1 });
  return operations;
}

import { consentEntries } from '../merge/consent.ts';
import { SIDES } from '../model/side.ts';
import type { FieldChange, Operation } from './operation.ts';
import {
  agreedIn,
  carrierOn,
  emptyTogether,
  fallsBehind,
  isNewRecord,
  lacksPartner,
  markOnly,
  marksFor,
  type NewEntry,
  type Sealing,
} from './stamp-changes.ts';
import type { SubjectPlan } from './subject-plan.ts';

/** Every write carries the marks of its record along; what both sides agree on without a write is stamped alone. */
export function sealBothSides(plan: SubjectPlan, sealing: Sealing): SubjectPlan {
  const agreed = agreedIn(plan);
  const carriers = SIDES.map((side) => carrierOn(side, plan));
  const operations = plan.operations.map((operation) =>
    carriers.includes(operation)
      ? {
          ...operation,
          changes: [
            ...operation.changes,
            ...marksFor(operation.side, [...agreed, ...entriesIn(operation, sealing)], plan, sealing),
          ],
        }
      : operation,
  );
  const nothingCarriesIt = agreed.length > 0 && carriers.every((carrier) => carrier === undefined);
  const alone: Operation[] = [];
  for (const [index, side] of SIDES.entries()) {
    if (carriers[index] !== undefined) continue;
    const isDue =
      (nothingCarriesIt && side === 'right') ||
      lacksPartner(side, plan, sealing) ||
      fallsBehind(side, sealing);
    const operation = isDue ? markOnly(side, agreed, plan, sealing) : undefined;
    if (operation !== undefined) alone.push(operation);
  }
  if (alone.length === 0) return { ...plan, operations };
  return {
    ...plan,
    outcome: plan.outcome === 'unchanged' ? 'apply' : plan.outcome,
    operations: [...operations, ...alone],
  };
}

/** What an operation makes the base of its fields. */
function entriesIn(operation: Operation, sealing: Sealing): NewEntry[] {
  const entries = operation.changes.flatMap((change): NewEntry[] => {
    const rule = sealing.map.rules[change.rule];
    if (rule === undefined) return consentEntriesOf(change);
    return [{ key: rule.key, entry: change.entry, half: change.both === true }];
  });
  return isNewRecord(operation) ? [...entries, ...emptyTogether(operation, sealing)] : entries;
}

export function consentEntriesOf({ entry: letters }: FieldChange): NewEntry[] {
  return Object.entries(consentEntries(letters)).map(([key, entry]) => ({ key, entry }));
}

import type { StoreChange } from '../ports/store.ts';
import type { Operation } from './operation.ts';
import type { Issue, SubjectPlan, SubjectRef } from './subject-plan.ts';

/** Sums a plan up. Other fields of a subject in conflict go on, so a conflict may well have operations. */
export function planned(
  subject: SubjectRef,
  operations: readonly Operation[],
  remember: readonly StoreChange[],
  issues: readonly Issue[],
): SubjectPlan {
  const outcome = issues.some((issue) => issue.kind === 'conflict')
    ? 'conflict'
    : issues.some((issue) => issue.kind === 'failure')
      ? 'failed'
      : operations.length > 0
        ? 'apply'
        : 'unchanged';
  return { subject, outcome, operations, remember, issues };
}

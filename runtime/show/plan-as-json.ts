import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import type { Operation } from '@stackbridge/shared-mappers/plan/operation.ts';
import type { SubjectPlan } from '@stackbridge/shared-mappers/plan/subject-plan.ts';
import { systemOf } from './words.ts';

/** One person of a plan, as `plan --json` gives it. */
export function subjectAsJson(plan: SubjectPlan): JsonObject {
  const { subject, outcome, excludedBecause, operations, issues } = plan;
  return {
    subject: subject.key,
    ...(subject.leftId === undefined ? {} : { salesforceId: subject.leftId }),
    ...(subject.rightId === undefined ? {} : { mailchimpId: subject.rightId }),
    outcome,
    ...(excludedBecause === undefined ? {} : { excludedBecause }),
    operations: operations.map(operationAsJson),
    issues: issues.map(({ kind, code, fields, message }) => ({ kind, code, fields, message })),
  };
}

function operationAsJson({ side, action, recordId, email, changes }: Operation): JsonObject {
  return {
    system: systemOf(side),
    action,
    ...(recordId === undefined ? {} : { recordId }),
    ...(email === undefined ? {} : { email }),
    changes: changes.map(({ name, from, to, reason }) => ({
      field: name,
      ...(from === undefined ? {} : { from }),
      to,
      reason,
    })),
  };
}

import type { SourceRecord } from '../model/record.ts';
import type { PlanContext } from './contact-group.ts';
import type { SubjectRef } from './subject-plan.ts';

interface SubjectParts {
  readonly left?: SourceRecord | { readonly id: string; readonly object: string } | undefined;
  readonly rightId?: string | undefined;
  readonly keyHash: string;
  readonly followerIds?: readonly string[];
}

/** Names the person a plan is about. */
export function subjectOf({ left, rightId, keyHash, followerIds = [] }: SubjectParts): SubjectRef {
  if (left !== undefined && rightId !== undefined) {
    return { key: rightId, leftId: left.id, leftObject: left.object, rightId, keyHash, followerIds };
  }
  return {
    key: rightId ?? `left:${left?.id ?? ''}`,
    ...(left === undefined ? {} : { leftId: left.id, leftObject: left.object }),
    ...(rightId === undefined ? {} : { rightId }),
    keyHash,
    followerIds,
  };
}

/** The normalised address of a record, `''` where it has none. */
export function emailOf(record: SourceRecord, side: 'left' | 'right', context: PlanContext): string {
  const rule = context.map.rules.find((candidate) => candidate.isEmail);
  return rule?.read[side](record.values) ?? '';
}

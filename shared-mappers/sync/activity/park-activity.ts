import type { ErrorCode } from '../../errors/codes.ts';
import type { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { PersonPlan } from '../../plan/activity/person-plan.ts';
import type { StoreChange } from '../../ports/store.ts';
import { parkIssue, parkRefusal } from '../dead-letter.ts';
import type { PlannedActivity } from './plan-activity.ts';

/** Under which a failure stands: a member in a campaign, or a person's record. */
export interface ActivitySubject {
  readonly key: string;
  readonly plan: PersonPlan;
  readonly recordId: string | undefined;
}

/** @param kinds of the events at issue: some are in lists that must be read again for them */
export function parkFailure(
  subject: ActivitySubject,
  error: StackbridgeError,
  kinds: readonly string[],
  planned: PlannedActivity,
): StoreChange {
  const where = whereOf(subject, planned);
  return { kind: 'park', parked: parkRefusal(error, withEarlier(kinds, where.before), where) };
}

/** @param kinds as for `parkFailure` */
export function parkUnknown(
  subject: ActivitySubject,
  { code, message }: { readonly code: ErrorCode; readonly message: string },
  kinds: readonly string[],
  planned: PlannedActivity,
): StoreChange {
  const where = whereOf(subject, planned);
  const issue = { kind: 'failure', code, fields: withEarlier(kinds, where.before), message } as const;
  return { kind: 'park', parked: parkIssue(issue, where) };
}

export function unpark(subject: string, { job }: PlannedActivity): StoreChange {
  return { kind: 'unpark', scope: job.scope, recipe: job.recipe, subject };
}

function whereOf({ key, plan, recordId }: ActivitySubject, { job, now, parked }: PlannedActivity) {
  const [, memberHash] = key.split(':');
  return {
    scope: job.scope,
    recipe: job.recipe,
    subject: {
      key,
      ...(recordId === undefined ? {} : { leftId: recordId }),
      ...(memberHash === undefined || recordId === memberHash ? {} : { rightId: memberHash }),
      keyHash: plan.person.keyHash,
      followerIds: [],
    },
    now,
    before: parked.get(key) ?? [],
  };
}

function withEarlier(
  kinds: readonly string[],
  before: readonly { readonly kind: string; readonly fields: readonly string[] }[],
): string[] {
  const earlier = before.find(({ kind }) => kind === 'failure')?.fields ?? [];
  return [...new Set([...earlier, ...kinds])];
}

import type { Remembered } from '../merge/remembered.ts';
import { BaseText } from '../model/base.ts';
import type { Link } from '../model/link.ts';
import type { SourceRecord } from '../model/record.ts';
import type { StoreChange } from '../ports/store.ts';
import type { ContactGroup, Needs, PlanContext } from './contact-group.ts';
import { excluded } from './excluded.ts';
import { planLinked } from './plan-linked.ts';
import { subjectOf } from './subject-of.ts';
import type { SubjectPlan } from './subject-plan.ts';

/**
 * The CRM record has left the recipe's filter: its fields rest, opt-outs go on, also those of others with its address.
 * That the member has changed meanwhile is remembered, so that it is read when the record comes back.
 */
export function planFiltered(
  owner: SourceRecord,
  right: SourceRecord | undefined,
  link: Link,
  group: ContactGroup,
  context: PlanContext,
): SubjectPlan | Needs {
  const subject = subjectOf({ left: owner, rightId: link.rightId, keyHash: link.keyHash });
  if (right !== undefined && right.state !== 'live') return excluded(subject, OUTSIDE);
  const plan = planLinked(group, link, owner, right, context);
  if (!('subject' in plan)) return plan;
  const base = context.home.baseOf({ link, left: owner, right });
  const { base: _, ...tie } = link;
  const rests: StoreChange[] =
    right !== undefined && hasChanged(right, base, context)
      ? [{ kind: 'link', link: tie, base: { [RESTING]: '1' } }]
      : [];
  const remember = [...plan.remember, ...rests];
  return plan.operations.length + plan.issues.length > 0
    ? { ...plan, remember }
    : { ...plan, remember, outcome: 'excluded', excludedBecause: OUTSIDE };
}

const OUTSIDE = 'outside the filter in Salesforce';

function hasChanged(right: SourceRecord, base: Remembered, { map }: PlanContext): boolean {
  return map.rules.some(
    (rule) => base.get(rule.key) !== undefined && !base.says(rule, rule.read.right(right.values)),
  );
}

/** Key in a base beside those of rules: the member has changes that no plan has taken in. Rule keys have four characters. */
const RESTING = 'rs';

/** Whether the unread member of a record that has come back is not at its base. */
export function isResting(link: Link): boolean {
  return new BaseText(link.base).get(RESTING) !== undefined;
}

/** The pair as planned with both sides read: nothing rests any more. */
export function awake(plan: SubjectPlan, link: Link): SubjectPlan {
  const { base: _, ...tie } = link;
  const change: StoreChange = { kind: 'link', link: tie, base: { [RESTING]: null } };
  return { ...plan, remember: [change, ...plan.remember] };
}

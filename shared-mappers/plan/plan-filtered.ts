import type { Remembered } from '../merge/remembered.ts';
import { BaseText } from '../model/base.ts';
import type { Link } from '../model/link.ts';
import type { SourceRecord } from '../model/record.ts';
import type { StoreChange } from '../ports/store.ts';
import type { ContactGroup, PlanContext } from './contact-group.ts';
import { excluded } from './excluded.ts';
import { writesTo } from './operations-of.ts';
import { planned } from './outcome.ts';
import { planConsent } from './plan-consent.ts';
import { emailOf, subjectOf } from './subject-of.ts';
import type { SubjectPlan } from './subject-plan.ts';

/**
 * The CRM record has left the recipe's filter: its fields rest, opt-outs go on. That the member has changed meanwhile is
 * remembered, so that it is read when the record comes back.
 */
export function planFiltered(
  owner: SourceRecord,
  right: SourceRecord | undefined,
  link: Link,
  group: ContactGroup,
  context: PlanContext,
): SubjectPlan {
  const subject = subjectOf({ left: owner, rightId: link.rightId, keyHash: link.keyHash });
  if (right !== undefined && right.state !== 'live') return excluded(subject, OUTSIDE);
  const base = context.home.baseOf({ link, left: owner, right });
  const consent = planConsent(owner, right, [], base, group.decisions, false, context);
  const { rules } = context.map;
  const email = right === undefined ? undefined : emailOf(right, 'right', context);
  const operations = [
    ...writesTo('left', owner.id, undefined, [], consent?.left, rules),
    ...writesTo('right', link.rightId, email, [], consent?.right, rules),
  ];
  const rests = right !== undefined && hasChanged(right, base, context) ? { [RESTING]: '1' } : {};
  const entries = { ...rests, ...consent?.agreed };
  const { base: _, ...tie } = link;
  const remember: StoreChange[] =
    Object.keys(entries).length === 0 ? [] : [{ kind: 'link', link: tie, base: entries }];
  return operations.length === 0
    ? excluded(subject, OUTSIDE, remember)
    : planned(subject, operations, remember, []);
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

import type { Link } from '../model/link.ts';
import type { SourceRecord } from '../model/record.ts';
import type { StoreChange } from '../ports/store.ts';
import { type ContactGroup, type Needs, NOTHING_NEEDED, type PlanContext } from './contact-group.ts';
import { excluded } from './excluded.ts';
import { lastWords, optOutOf, rememberedByOptOut } from './last-words.ts';
import { planned } from './outcome.ts';
import { planLinked } from './plan-linked.ts';
import { emailOf, subjectOf } from './subject-of.ts';
import type { SubjectPlan } from './subject-plan.ts';

type Decide = (group: ContactGroup, context: PlanContext) => SubjectPlan | Needs;

/**
 * The owner was merged into another record, or is a lead that became a contact: the link goes on with the successor
 * and the member is not touched for it. Merging people takes the strictest consent of all.
 */
export function followSuccessor(
  group: ContactGroup,
  link: Link,
  owner: SourceRecord,
  context: PlanContext,
  decide: Decide,
): SubjectPlan | Needs {
  const successorId = owner.successorId;
  if (successorId === undefined) return decide(asDeleted(group, owner), context);
  const successor = group.lefts.find((record) => record.id === successorId);
  if (successor === undefined) return { ...NOTHING_NEEDED, leftIds: [successorId] };
  if (successor.state === 'merged' || successor.state === 'converted') {
    return decide(replace(group, owner, { ...owner, successorId: successor.successorId ?? '' }), context);
  }
  if (successor.state !== 'live') return decide(asDeleted(group, owner), context);

  const member = askForItsMember(group, link, successor, context);
  if (member !== undefined) return member;
  const itsOwn = group.links.find((candidate) => candidate.leftId === successorId);
  if (itsOwn !== undefined && itsOwn.rightId !== link.rightId) {
    const subject = subjectOf({ left: successor, rightId: link.rightId, keyHash: link.keyHash });
    const message = `${owner.id} was merged into ${successorId}, which already has the member ${itsOwn.rightId}`;
    return planned(subject, [], [], [{ kind: 'conflict', code: 'SEVERAL_MATCHES', fields: [], message }]);
  }
  const repoint: StoreChange = {
    kind: 'repoint',
    scope: link.scope,
    fromLeftId: link.leftId,
    toLeftId: successorId,
    toLeftObject: successor.object,
  };
  const right = group.rights.find((record) => record.id === link.rightId);
  if (successor.object !== context.leftObject) {
    const subject = subjectOf({ left: successor, rightId: link.rightId, keyHash: link.keyHash });
    const [optOut] = optOutOf(owner, link, right, group, context);
    return optOut === undefined
      ? { ...excluded(subject, 'kept by another record type', [repoint]), othersTurn: true }
      : { ...planned(subject, [{ ...optOut, remember: [repoint] }], [], []), othersTurn: true };
  }
  const moved: Link = { ...link, leftId: successorId, leftObject: successor.object };
  const links = [
    moved,
    // Whom it was merged into hears what it said last.
    { ...link, role: 'follower' as const },
    ...group.links.filter((candidate) => candidate !== link && candidate.leftId !== successorId),
  ];
  const moving = { ...group, links };
  const plan = planLinked(moving, moved, successor, right, context, true);
  if (!('subject' in plan)) return plan;
  const whole = { ...plan, remember: [repoint, ...plan.remember] };
  const base = context.home.baseOf({ link: moved, left: successor, right });
  const isHeard = lastWords(moving, moved, successor, base, context).length > 0;
  return isHeard ? rememberedByOptOut(whole, context) : whole;
}

/** A record that was handed over may have a member that it did not name yet; whoever has its address says so. */
function askForItsMember(
  { links, rights, rightVerified }: ContactGroup,
  { rightId }: Link,
  successor: SourceRecord,
  context: PlanContext,
): Needs | undefined {
  if (context.home.target !== 'right' || rightVerified || successor.object !== context.leftObject)
    return undefined;
  const right = rights.find(({ id }) => id === rightId);
  const email = emailOf(successor, 'left', context);
  const isNamed = links.some(({ leftId }) => leftId === successor.id);
  const isSame = right !== undefined && emailOf(right, 'right', context) === email;
  return email === '' || isNamed || isSame ? undefined : { ...NOTHING_NEEDED, rightByEmail: email };
}

function asDeleted(group: ContactGroup, owner: SourceRecord): ContactGroup {
  return replace(group, owner, { ...owner, state: 'deleted' });
}

function replace(group: ContactGroup, old: SourceRecord, by: SourceRecord): ContactGroup {
  return { ...group, lefts: group.lefts.map((record) => (record === old ? by : record)) };
}

import { consentBaseOf } from '../merge/consent.ts';
import type { Link, Tombstone } from '../model/link.ts';
import type { SourceRecord } from '../model/record.ts';
import type { StoreChange } from '../ports/store.ts';
import { type ContactGroup, type Needs, NOTHING_NEEDED, type PlanContext } from './contact-group.ts';
import { ADDRESS_OF_ANOTHER, excluded } from './excluded.ts';
import { planFirstContact, restore, sharedByCrowd } from './first-contact.ts';
import { planned } from './outcome.ts';
import { planLeftGone, planRightGone } from './plan-deletion.ts';
import { awake, isResting, planFiltered } from './plan-filtered.ts';
import { planLinked } from './plan-linked.ts';
import { emailOf, subjectOf } from './subject-of.ts';
import type { SubjectPlan } from './subject-plan.ts';
import { followSuccessor } from './succession.ts';

/**
 * Decides everything about one person from the current state of both sides and the base: what is written where, what
 * is remembered, what a person has to settle. Pure: the same group gives the same plan.
 */
export function planContact(group: ContactGroup, context: PlanContext): SubjectPlan | Needs {
  const plan = decide(group, context);
  if (!('subject' in plan) || context.home.seal === undefined) return plan;
  const { leftId, rightId } = plan.subject;
  return context.home.seal(plan, {
    link: group.links.find((candidate) => candidate.role === 'owner'),
    left: group.lefts.find((record) => record.id === leftId),
    right: group.rights.find((record) => record.id === rightId),
  });
}

function decide(group: ContactGroup, context: PlanContext): SubjectPlan | Needs {
  const link = group.links.find((candidate) => candidate.role === 'owner');
  if (link === undefined) return planFirstContact(group, context);
  const unread = unreadOf(group, link, context);
  if (unread !== undefined) return unread;

  const right = group.rights.find((record) => record.id === link.rightId);
  const stranger = group.rights.find((record) => record.id !== link.rightId);
  const owner = group.lefts.find((record) => record.id === link.leftId);
  const isSucceeded = context.home.isOnRecords === true && owner?.successorId !== undefined;
  if (stranger !== undefined && !isSucceeded) return planStranger(group, link, right, stranger, context);
  if (link.tombstone !== undefined) return planTombstoned(group, link, right, context);

  if (owner?.state === 'filtered') return planFiltered(owner, right, link, group, context);
  if (owner?.state === 'merged' || owner?.state === 'converted') {
    return followSuccessor(group, link, owner, context, decide);
  }
  if (owner?.state === 'deleted' || owner?.state === 'gone') {
    if (group.crowd !== undefined) return sharedByCrowd(group, group.crowd, context);
    const heirs = askForSharers(group, link, right, context);
    if (heirs !== undefined) return heirs;
    if (context.home.isOnRecords === true && right?.state === 'archived')
      return planTombstoned(group, { ...link, tombstone: LEFT_DELETED }, right, context);
    return planLeftGone(group, link, right, context, decide);
  }
  if (owner !== undefined && right !== undefined && archivedBefore(owner, right, context))
    return planTombstoned(group, { ...link, tombstone: RIGHT_ARCHIVED }, right, context);
  if (owner === undefined && right !== undefined && chosenFor(right, group, context).length > 0)
    return planTombstoned(group, { ...link, tombstone: LEFT_DELETED }, right, context);
  if (right?.state === 'gone') {
    const newcomer = askForNewcomer(group, owner, context);
    if (newcomer !== undefined) return newcomer;
  }
  if (right?.state === 'archived' || right?.state === 'gone')
    return planRightGone(owner, right, link, group, context);
  if (right === undefined && group.unseen?.includes(link.rightId) === true)
    return excluded(
      subjectOf({ left: owner, rightId: link.rightId, keyHash: link.keyHash }),
      OF_ANOTHER_MEMBER,
    );
  const isAwaited = isResting(link);
  if (isAwaited && right === undefined) return { ...NOTHING_NEEDED, rightIds: [link.rightId] };
  const plan = planLinked(group, link, owner, right, context, group.inheritsConsent === true);
  const isUnseen = owner === undefined && group.unseen?.includes(link.leftId) === true;
  if (isUnseen && 'subject' in plan && plan.issues.length === 0) {
    // Whoever was handed to a step waits, also where something is to be done for the owner.
    if (plan.operations.length > 0)
      return context.home.isOnRecords === true ? { ...plan, excludedBecause: ADDRESS_OF_ANOTHER } : plan;
    const [left] = group.lefts;
    return excluded(subjectOf({ left, rightId: link.rightId, keyHash: link.keyHash }), ADDRESS_OF_ANOTHER);
  }
  return isAwaited && 'subject' in plan ? awake(plan, link) : plan;
}

/** Where the base stands on the records, one that was not read tells nothing. */
function unreadOf(
  { lefts, rights, unseen = [] }: ContactGroup,
  link: Link,
  { home }: PlanContext,
): Needs | undefined {
  if (home.isOnRecords !== true) return undefined;
  const known = new Set([...lefts.map(({ id }) => id), ...rights.map(({ id }) => id), ...unseen]);
  const leftIds = [link.leftId].filter((id) => !known.has(id));
  const rightIds = [link.rightId].filter((id) => !known.has(id));
  return leftIds.length + rightIds.length === 0 ? undefined : { leftIds, rightIds };
}

/** What the archived member of a deleted contact would have been buried with, where nothing remembers it. */
const LEFT_DELETED: Tombstone = { side: 'left', why: 'deleted', at: 0 };

const RIGHT_ARCHIVED: Tombstone = { side: 'right', why: 'archived', at: 0 };

/** A store remembers that an archived member was over and done with; without one the times of the records tell. */
function archivedBefore(owner: SourceRecord, right: SourceRecord, { home, map }: PlanContext): boolean {
  if (home.isOnRecords !== true || right.state !== 'archived') return false;
  const toleranceMs = map.rules.find(({ isEmail }) => isEmail)?.toleranceMs ?? 0;
  return owner.modifiedAt > right.modifiedAt + toleranceMs;
}

/**
 * The step that can read the CRM has found the owner of an archived member deleted, and marked whom the member comes back
 * for. The step that carries it out may not see the owner: it had moved, and is no relative.
 */
function chosenFor(right: SourceRecord, group: ContactGroup, { home }: PlanContext): SourceRecord[] {
  if (right.state !== 'archived') return [];
  return group.lefts.filter((left) => left.state === 'live' && home.isSettledOn?.(left, right) === true);
}

/** Where no store tells who else has the address, the CRM does: somebody may take the deleted owner's place. */
function askForSharers(
  group: ContactGroup,
  link: Link,
  right: SourceRecord | undefined,
  context: PlanContext,
): Needs | undefined {
  const { isOnRecords, target } = context.home;
  if (isOnRecords !== true || group.sharersKnown) return undefined;
  const owner = group.lefts.find(({ id }) => id === link.leftId);
  const emails = [
    right === undefined ? '' : emailOf(right, 'right', context),
    owner === undefined ? '' : emailOf(owner, 'left', context),
  ];
  // What was delivered knows of its own address alone.
  const email = (target === 'right' ? emails.toReversed() : emails).find((known) => known !== '') ?? '';
  return email === '' ? undefined : { ...NOTHING_NEEDED, leftByEmail: email };
}

const OF_ANOTHER_MEMBER = 'belongs to another member';

/** Where no store tells who signed up with the address of a member that is gone, Mailchimp does. */
function askForNewcomer(
  group: ContactGroup,
  owner: SourceRecord | undefined,
  context: PlanContext,
): Needs | undefined {
  if (context.home.isOnRecords !== true || group.rightVerified || owner?.state !== 'live') return undefined;
  const email = emailOf(owner, 'left', context);
  return email === '' ? undefined : { ...NOTHING_NEEDED, rightByEmail: email };
}

/** Another member turned up with the address of a linked one: a new member after a permanent deletion, or a clash. */
function planStranger(
  group: ContactGroup,
  link: Link,
  right: SourceRecord | undefined,
  stranger: SourceRecord,
  context: PlanContext,
): SubjectPlan | Needs {
  const isUnseen = group.unseen?.includes(link.rightId) === true;
  if (right === undefined && !isUnseen) return { ...NOTHING_NEEDED, rightIds: [link.rightId] };
  const owner = group.lefts.find((record) => record.id === link.leftId);
  const lost = right?.state === 'gone' || link.tombstone?.why === 'forgotten';
  const isTaken = group.links.some(
    ({ leftId, rightId }) => rightId === stranger.id && leftId !== link.leftId,
  );
  if (lost && isTaken && right !== undefined) return planRightGone(owner, right, link, group, context);
  if (!lost) {
    const keyHash = context.keyHashOf(emailOf(stranger, 'right', context));
    const subject = subjectOf({ rightId: stranger.id, keyHash });
    // The contact moved to this address and its own member could not follow: that conflict is told with the contact.
    if (keyHash !== link.keyHash && !context.options.create.left)
      return excluded(subject, 'no record in Salesforce, and the recipe does not create there');
    const message = `Two members claim the contact ${link.leftId}: ${link.rightId} and ${stranger.id}`;
    // A step that was handed the stranger cannot tell whether the contact's own member is there; that of the other can.
    const look = isUnseen && owner?.state === 'live' ? context.home.touch?.('left', owner) : undefined;
    const operations = look === undefined ? [] : [look];
    return planned(
      subject,
      operations,
      [],
      [{ kind: 'conflict', code: 'ADDRESS_TAKEN', fields: [], message }],
    );
  }
  if (owner === undefined) return { ...NOTHING_NEEDED, leftIds: [link.leftId] };
  const plan = planFirstContact({ ...group, rights: [stranger], links: [] }, context);
  if (!('subject' in plan)) return plan;
  const unlink: StoreChange = { kind: 'unlink', scope: link.scope, leftId: link.leftId };
  return { ...plan, remember: [unlink, ...plan.remember] };
}

/** The pair was ended by a deletion. It comes back only where the recipe says so, and never against an opt-out. */
function planTombstoned(
  group: ContactGroup,
  link: Link,
  right: SourceRecord | undefined,
  context: PlanContext,
): SubjectPlan | Needs {
  const unlink: StoreChange = { kind: 'unlink', scope: link.scope, leftId: link.leftId };
  const subject = subjectOf({
    left: { id: link.leftId, object: link.leftObject },
    rightId: link.rightId,
    keyHash: link.keyHash,
  });
  const known = new Set(group.links.map((candidate) => candidate.leftId));
  const newcomers = [
    ...(right === undefined ? [] : chosenFor(right, group, context)).filter(({ id }) => id !== link.leftId),
    ...group.lefts.filter((record) => record.state === 'live' && !known.has(record.id)),
  ];
  const owner = group.lefts.find((record) => record.id === link.leftId && record.state === 'live');

  if (right?.state === 'live' && (owner !== undefined || newcomers.length > 0)) {
    // Somebody brought the member back: the pair meets anew, without a base.
    const lefts = owner === undefined ? newcomers : [owner];
    const plan = planFirstContact({ ...group, lefts, links: [] }, context);
    return 'subject' in plan ? { ...plan, remember: [unlink, ...plan.remember] } : plan;
  }
  if (link.tombstone?.why === 'forgotten') return excluded(subject, 'permanently deleted in Mailchimp');
  const wasOut = consentBaseOf(context.home.baseOf({ link, left: owner, right }))?.right === 'out';
  const recreated = link.tombstone?.side === 'left' && newcomers.length > 0;
  const mayRestore = context.options.deletes.archivedThenEdited === 'restore' || recreated;
  const comeback = owner ?? newcomers[0];
  if (comeback === undefined) {
    return excluded(
      subject,
      link.tombstone?.side === 'left' ? 'deleted in Salesforce' : 'archived in Mailchimp',
    );
  }
  if (!mayRestore || wasOut) return excluded(subject, 'archived in Mailchimp');
  if (right === undefined) return { ...NOTHING_NEEDED, rightIds: [link.rightId] };
  const operation = { ...restore(comeback, right, [], context), remember: [unlink] };
  const back = subjectOf({ left: comeback, rightId: link.rightId, keyHash: link.keyHash });
  return planned(back, [operation], [], []);
}

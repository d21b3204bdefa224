import { consentBaseOf, consentEntries, consentLetter } from '../merge/consent.ts';
import { type Base, encodeBase } from '../model/base.ts';
import type { Link, Tombstone } from '../model/link.ts';
import type { SourceRecord } from '../model/record.ts';
import type { Side } from '../model/side.ts';
import type { Decision, StoreChange } from '../ports/store.ts';
import type { HomePair } from './base-home.ts';
import { type ContactGroup, type Needs, NOTHING_NEEDED, type PlanContext } from './contact-group.ts';
import { excluded } from './excluded.ts';
import { restore } from './first-contact.ts';
import { optOutOf, rememberedByOptOut } from './last-words.ts';
import type { Operation } from './operation.ts';
import { writesTo } from './operations-of.ts';
import { planned } from './outcome.ts';
import { chooseOwner } from './owner.ts';
import { consentChange, consentOf, withOptOut } from './plan-consent.ts';
import { emailOf, subjectOf } from './subject-of.ts';
import type { SubjectPlan, SubjectRef } from './subject-plan.ts';

/** Field of a decision that settles an edit against a delete: the side whose record stands. */
export const WHOLE_RECORD = '';

type Decide = (group: ContactGroup, context: PlanContext) => SubjectPlan | Needs;

/** The CRM record was deleted. */
export function planLeftGone(
  group: ContactGroup,
  link: Link,
  right: SourceRecord | undefined,
  context: PlanContext,
  decide: Decide,
): SubjectPlan | Needs {
  const subject = subjectOf({
    left: { id: link.leftId, object: link.leftObject },
    rightId: link.rightId,
    keyHash: link.keyHash,
  });
  const unlink: StoreChange = { kind: 'unlink', scope: link.scope, leftId: link.leftId };
  if (right?.state === 'archived' || right?.state === 'gone') {
    // Deleted on both sides: there is nothing left to keep in step.
    return { subject, outcome: 'unchanged', operations: [], remember: [unlink], issues: [] };
  }
  const heir =
    group.links.find(
      ({ role, leftId, leftObject }) =>
        role === 'follower' && leftObject === link.leftObject && !wentInto(leftId, link.leftId, group),
    ) ?? successorByAddress(group, link, context);
  if (heir !== undefined) return promote(group, link, heir, context, decide);
  // A record that said "no mail" before it was deleted has said so: a member that stays hears of it.
  const deleted = leftOf(group, link);
  const lastWord = deleted?.state === 'deleted' ? optOutOf(deleted, link, right, group, context) : [];
  const decision = group.decisions.find(({ field }) => field === WHOLE_RECORD);
  if (
    decision === undefined &&
    right !== undefined &&
    editedSinceBase('right', { link, left: leftOf(group, link), right }, context)
  ) {
    return againstDelete(subject, 'right', lastWord);
  }

  const tombstone: Tombstone = { side: 'left', why: 'deleted', at: context.now };
  const bury: StoreChange = { kind: 'tombstone', scope: link.scope, rightId: link.rightId, tombstone };
  const email = right === undefined ? undefined : emailOf(right, 'right', context);
  const target = {
    side: 'right',
    recordId: link.rightId,
    ...(email === undefined ? {} : { email }),
  } as const;
  const settled = settle(decision, subject, context);
  const keep = decision !== undefined && 'side' in decision.take && decision.take.side === 'right';
  switch (keep ? 'keep' : context.options.deletes.inLeft) {
    case 'keep': {
      const [optOut] = lastWord;
      return optOut === undefined
        ? excluded(subject, 'deleted in Salesforce', [bury, ...settled])
        : planned(subject, [{ ...optOut, remember: [bury, ...settled] }], [], []);
    }
    case 'unsubscribe': {
      if (right !== undefined && consentOf(right, 'right', context) === 'out')
        return excluded(subject, 'deleted in Salesforce', [bury, ...settled]);
      const consent = { ...consentChange('out', '.o', undefined), reason: 'deleted' as const };
      const operation: Operation = {
        ...target,
        action: 'opt-out',
        changes: [consent],
        priority: 0,
        remember: [bury, ...settled],
      };
      return planned(subject, [operation], [], []);
    }
    case 'archive': {
      const operation: Operation = {
        ...target,
        action: 'archive',
        changes: [],
        priority: 2,
        remember: [bury, ...settled],
      };
      return planned(subject, [operation], [], []);
    }
  }
}

function leftOf({ lefts }: ContactGroup, { leftId }: Link): SourceRecord | undefined {
  return lefts.find(({ id }) => id === leftId);
}

/** Merged into that one, through others too: it is no more than that one is. */
function wentInto(leftId: string, into: string, group: ContactGroup): boolean {
  const successorId = group.lefts.find(({ id }) => id === leftId)?.successorId;
  return successorId !== undefined && (successorId === into || wentInto(successorId, into, group));
}

/** The same person entered anew: a live record nobody has linked yet, with the address of the deleted one. */
function successorByAddress(group: ContactGroup, link: Link, context: PlanContext): Link | undefined {
  const linked = new Set(group.links.map(({ leftId }) => leftId));
  const newcomers = group.lefts.filter(
    (record) =>
      record.state === 'live' &&
      record.object === link.leftObject &&
      !linked.has(record.id) &&
      context.keyHashOf(emailOf(record, 'left', context)) === link.keyHash,
  );
  const chosen = chooseOwner(newcomers, context.options.owner);
  return chosen === undefined ? undefined : { ...link, leftId: chosen.id };
}

/** Another record with the same address takes the deleted owner's place; the member stays. */
function promote(
  group: ContactGroup,
  link: Link,
  heir: Link,
  context: PlanContext,
  decide: Decide,
): SubjectPlan | Needs {
  const record = group.lefts.find((candidate) => candidate.id === heir.leftId);
  if (record === undefined) return { ...NOTHING_NEEDED, leftIds: [heir.leftId] };
  const right = group.rights.find((candidate) => candidate.id === link.rightId);
  if (right === undefined) return { ...NOTHING_NEEDED, rightIds: [link.rightId] };
  const wasOut = group.lefts.some(
    (candidate) => candidate.id === link.leftId && consentOf(candidate, 'left', context) === 'out',
  );
  const base = context.home.baseOf({ link, left: undefined, right });
  const inherited = inheritedBase(wasOut ? withOptOut(base) : base, heir);
  const owner: Link = { ...heir, role: 'owner', base: encodeBase(inherited) };
  const links = [owner, ...group.links.filter((candidate) => candidate !== link && candidate !== heir)];
  const lefts = group.lefts.filter((candidate) => candidate.id !== link.leftId);
  const plan = decide({ ...group, links, lefts, ...(wasOut ? { inheritsConsent: true } : {}) }, context);
  if (!('subject' in plan)) return plan;
  const { base: _, ...tie } = owner;
  const remember: StoreChange[] = [
    { kind: 'unlink', scope: link.scope, leftId: link.leftId },
    { kind: 'link', link: tie, base: Object.fromEntries(inherited) },
    ...plan.remember,
  ];
  return wasOut ? rememberedByOptOut({ ...plan, remember }, context) : { ...plan, remember };
}

/**
 * What the member still has from a deleted owner gives way to what the follower says of itself: another person is not
 * given the owner's name and phone. The same person entered anew meets its member without a memory of the fields.
 */
function inheritedBase(base: Base, heir: Link): Base {
  if (heir.role === 'follower') return base;
  const said = consentBaseOf(base);
  return new Map(
    Object.entries(
      consentEntries(said === undefined ? '' : consentLetter(said.left) + consentLetter(said.right)),
    ),
  );
}

/** The member was archived, or deleted for good. Nothing is ever deleted in the CRM. */
export function planRightGone(
  owner: SourceRecord | undefined,
  right: SourceRecord,
  link: Link,
  group: ContactGroup,
  context: PlanContext,
): SubjectPlan {
  const followerIds = group.links.filter((l) => l.role === 'follower').map((l) => l.leftId);
  const subject = subjectOf({
    left: { id: link.leftId, object: link.leftObject },
    rightId: link.rightId,
    keyHash: link.keyHash,
    followerIds,
  });
  const why = right.state === 'gone' ? 'forgotten' : 'archived';
  const decision = group.decisions.find(({ field }) => field === WHOLE_RECORD);
  const edited =
    why === 'archived' &&
    owner !== undefined &&
    editedSinceBase('left', { link, left: owner, right }, context);
  if (edited && decision === undefined) return againstDelete(subject, 'left');
  const settled = settle(decision, subject, context);
  if (edited && decision !== undefined && 'side' in decision.take && decision.take.side === 'left') {
    return planned(subject, [{ ...restore(owner, right, [], context), remember: settled }], [], []);
  }
  const tombstone: Tombstone = { side: 'right', why, at: context.now };
  const bury: StoreChange = { kind: 'tombstone', scope: link.scope, rightId: link.rightId, tombstone };
  if (context.options.deletes.inRight === 'opt-out' && context.map.consent !== undefined) {
    const consent = { ...consentChange('out', 'o.', undefined), reason: 'deleted' as const };
    const isOut = owner !== undefined && consentOf(owner, 'left', context) === 'out';
    const operations = [...(isOut ? [] : [link.leftId]), ...followerIds].flatMap((id) =>
      writesTo('left', id, undefined, [], consent, context.map.rules),
    );
    // The pair is over once the opt-out stands in the CRM, not before.
    const [first, ...others] = operations;
    if (first !== undefined)
      return planned(subject, [{ ...first, remember: [bury, ...settled] }, ...others], [], []);
  }
  const reason = why === 'forgotten' ? 'permanently deleted in Mailchimp' : 'archived in Mailchimp';
  return excluded(subject, reason, [bury, ...settled]);
}

/** True when a mapped field differs from what both sides last agreed on. */
function editedSinceBase(side: Side, pair: HomePair, context: PlanContext): boolean {
  const record = pair[side];
  if (record === undefined) return false;
  const base = context.home.baseOf(pair);
  return context.map.rules.some(
    (rule) => base.get(rule.key) !== undefined && !base.says(rule, rule.read[side](record.values)),
  );
}

function settle(decision: Decision | undefined, subject: SubjectRef, context: PlanContext): StoreChange[] {
  if (decision === undefined) return [];
  return [{ kind: 'settle-decision', scope: context.scope, subject: subject.key, field: WHOLE_RECORD }];
}

function againstDelete(
  subject: SubjectRef,
  edited: Side,
  operations: readonly Operation[] = [],
): SubjectPlan {
  const message =
    edited === 'right'
      ? 'Deleted in Salesforce, and edited in Mailchimp since both last agreed'
      : 'Archived in Mailchimp, and edited in Salesforce since both last agreed';
  return planned(
    subject,
    operations,
    [],
    [{ kind: 'conflict', code: 'EDIT_AGAINST_DELETE', fields: [], message }],
  );
}

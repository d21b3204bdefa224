import type { Link } from '../model/link.ts';
import type { SourceRecord } from '../model/record.ts';
import type { StoreChange } from '../ports/store.ts';
import { type ContactGroup, type Needs, NOTHING_NEEDED, type PlanContext } from './contact-group.ts';
import { excluded } from './excluded.ts';
import { newFollower, sortFollowers } from './followers.ts';
import { lastWords, rememberedByOptOut } from './last-words.ts';
import type { FieldChange, Operation } from './operation.ts';
import { writesTo } from './operations-of.ts';
import { planned } from './outcome.ts';
import {
  CONSENT_NAME,
  type ConsentPlan,
  consentChange,
  consentOf,
  planConsent,
  withOptOut,
} from './plan-consent.ts';
import { type FieldsPlan, NO_CHANGES, planFields } from './plan-fields.ts';
import { emailOf, subjectOf } from './subject-of.ts';
import type { Issue, SubjectPlan } from './subject-plan.ts';

/** The usual case: a link, both sides live (or not read, which means unchanged). */
export function planLinked(
  group: ContactGroup,
  link: Link,
  owner: SourceRecord | undefined,
  right: SourceRecord | undefined,
  context: PlanContext,
  merged = false,
): SubjectPlan | Needs {
  const base = context.home.baseOf({ link, left: owner, right });
  // An owner that cannot be read is taken for another record type's: its fields rest, what is said about mail goes on.
  const isOurs = link.leftObject === context.leftObject && group.unseen?.includes(link.leftId) !== true;
  const isInside = owner?.state !== 'filtered';
  const fields = isOurs && isInside ? planFields(owner, right, base, group.decisions, context) : NO_CHANGES;
  if (fields.unread !== undefined) {
    return fields.unread === 'left'
      ? { ...NOTHING_NEEDED, leftIds: [link.leftId] }
      : { ...NOTHING_NEEDED, rightIds: [link.rightId] };
  }
  const keyHash = keyHashAfter(fields, owner, right, link, context);
  const followers = sortFollowers(group, link, keyHash, context);
  if (followers.unread.length > 0) return { ...NOTHING_NEEDED, leftIds: followers.unread };
  const subject = subjectOf({
    left: { id: link.leftId, object: link.leftObject },
    rightId: link.rightId,
    keyHash: link.keyHash,
    followerIds: followers.ids,
  });
  const apart = followers.strangers.length === 0 ? {} : { strangers: followers.strangers };
  if (!isOurs && followers.read.length === 0 && followers.lost.length === 0) {
    return { ...excluded(subject, 'kept by another record type'), ...apart };
  }
  const said = group.inheritsConsent === true ? withOptOut(base) : base;
  const departed = lastWords(group, link, owner, base, context);
  const sharers = [...followers.read, ...departed];
  const consent = planConsent(owner, right, sharers, said, group.decisions, merged, context);
  const asks = asksForSharers(group, consent, owner, right, context);
  if (asks !== undefined) return asks;
  if (fields === NO_CHANGES && isQuiet(consent) && followers.newcomers.length + followers.lost.length === 0) {
    const quiet = planned(subject, [], [], []);
    return followers.strangers.length === 0 ? quiet : { ...quiet, ...apart };
  }
  const issues: Issue[] = [...fields.issues];
  if (consent?.decision.conflict === true) {
    issues.push({
      kind: 'conflict',
      code: 'OPT_IN_AFTER_OPT_OUT',
      fields: [CONSENT_NAME],
      message: 'The person subscribed again in Mailchimp while the CRM says opted out',
    });
  }
  const email = emailFor(owner, right, link, context);
  const { rules } = context.map;
  const operations = [
    ...writesTo('left', link.leftId, undefined, fields.changes.left, consent?.left, rules),
    ...writesTo('right', link.rightId, email, fields.changes.right, consent?.right, rules),
    ...followerWrites(followers.ids, followers.read, consent, context),
    ...(consent?.askAgain === undefined || !isInside
      ? []
      : [askAgain(link.rightId, email, consent.askAgain)]),
  ];
  const { base: _, ...tie } = link;
  const agreed = { ...fields.agreed, ...consent?.agreed };
  const moved = keyHash !== link.keyHash && !emailIsWritten(fields, context);
  const settled = [...fields.settled, ...(consent?.settled ?? [])];
  const remember: StoreChange[] = [
    ...(Object.keys(agreed).length > 0 || moved
      ? [{ kind: 'link', link: moved ? { ...tie, keyHash } : tie, base: agreed } as const]
      : []),
    ...followers.newcomers.map((record) => newFollower({ ...tie, keyHash }, record)),
    ...followers.lost.map((leftId) => ({ kind: 'unlink', scope: link.scope, leftId }) as const),
    ...settled.map(
      (field) => ({ kind: 'settle-decision', scope: context.scope, subject: subject.key, field }) as const,
    ),
  ];
  const plan = planned(subject, operations, remember, issues);
  return { ...(departed.length === 0 ? plan : rememberedByOptOut(plan, context)), ...apart };
}

/**
 * What is said about mail goes for everybody with the address; where no store tells who that is, the CRM does. With a
 * record that was handed over they have come along: what they say is taken in with every state of the owner.
 */
function asksForSharers(
  { sharersKnown }: ContactGroup,
  consent: ConsentPlan | undefined,
  owner: SourceRecord | undefined,
  right: SourceRecord | undefined,
  context: PlanContext,
): Needs | undefined {
  const { isOnRecords, target } = context.home;
  if (sharersKnown || isOnRecords !== true || consent === undefined) return undefined;
  if (target === 'right') {
    const own = owner?.state === 'live' ? emailOf(owner, 'left', context) : '';
    // Whoever has the address that it moves to shares the member once it has moved, and not before.
    const isShared = own !== '' && right !== undefined && emailOf(right, 'right', context) === own;
    return isShared ? { ...NOTHING_NEEDED, leftByEmail: own } : undefined;
  }
  if (consent.decision.followers === 'keep') return undefined;
  const email =
    right === undefined ? owner && emailOf(owner, 'left', context) : emailOf(right, 'right', context);
  return email === undefined || email === '' ? undefined : { ...NOTHING_NEEDED, leftByEmail: email };
}

/** Consent is as the base has it, for everybody concerned. */
function isQuiet(consent: ConsentPlan | undefined): boolean {
  if (consent === undefined) return true;
  const { decision, settled, agreed } = consent;
  const keeps = decision.left === 'keep' && decision.right === 'keep' && decision.followers === 'keep';
  return keeps && !decision.conflict && settled.length === 0 && Object.keys(agreed).length === 0;
}

/** Hash of the address the member has once this plan is carried out. */
function keyHashAfter(
  fields: FieldsPlan,
  owner: SourceRecord | undefined,
  right: SourceRecord | undefined,
  link: Link,
  context: PlanContext,
): string {
  if (fields === NO_CHANGES) return link.keyHash;
  const email = context.map.rules.find((rule) => rule.isEmail);
  const written = [...fields.changes.left, ...fields.changes.right].find(({ rule }) => rule === email?.index);
  if (written !== undefined) return context.keyHashOf(written.to);
  if (email === undefined || fields.agreed[email.key] === undefined) return link.keyHash;
  const known =
    right === undefined ? owner && emailOf(owner, 'left', context) : emailOf(right, 'right', context);
  return known === undefined ? link.keyHash : context.keyHashOf(known);
}

function emailIsWritten({ changes }: FieldsPlan, { map }: PlanContext): boolean {
  return [...changes.left, ...changes.right].some(({ rule }) => map.rules[rule]?.isEmail === true);
}

/** A Mailchimp update travels in a batch by address: the one the member has now, from whichever side was read. */
function emailFor(
  owner: SourceRecord | undefined,
  right: SourceRecord | undefined,
  link: Link,
  context: PlanContext,
): string | undefined {
  if (right !== undefined) return emailOf(right, 'right', context);
  if (owner === undefined) return undefined;
  const email = emailOf(owner, 'left', context);
  // When the CRM's address is not the one last agreed on, the member still has the old one, which only its id reaches.
  return context.keyHashOf(email) === link.keyHash ? email : undefined;
}

function askAgain(rightId: string, email: string | undefined, change: FieldChange): Operation {
  const address = email === undefined ? {} : { email };
  return {
    side: 'right',
    action: 'ask-again',
    recordId: rightId,
    ...address,
    changes: [change],
    priority: 1,
  };
}

/** Followers that were read are written where they differ; unread ones only when the group's consent has moved. */
export function followerWrites(
  followerIds: readonly string[],
  read: readonly SourceRecord[],
  consent: ConsentPlan | undefined,
  context: PlanContext,
): Operation[] {
  if (consent === undefined || consent.decision.followers === 'keep') return [];
  const wanted = consent.decision.followers;
  return followerIds.flatMap((id) => {
    const record = read.find((candidate) => candidate.id === id);
    const state = record === undefined ? undefined : consentOf(record, 'left', context);
    if (state === wanted || (record === undefined && !consent.moved)) return [];
    return writesTo('left', id, undefined, [], consentChange(wanted, '..', state), context.map.rules);
  });
}

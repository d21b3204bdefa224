import type { ConsentMap } from '../mapping/compiled-rule.ts';
import { consentLetter } from '../merge/consent.ts';
import type { MutableJsonObject } from '../model/json.ts';
import type { SourceRecord } from '../model/record.ts';
import { otherSide } from '../model/side.ts';
import type { StoreChange } from '../ports/store.ts';
import { type ContactGroup, type Needs, NOTHING_NEEDED, type PlanContext } from './contact-group.ts';
import { excluded } from './excluded.ts';
import { newFollower } from './followers.ts';
import type { FieldChange, Operation } from './operation.ts';
import { writesTo } from './operations-of.ts';
import { planned } from './outcome.ts';
import { chooseOwner } from './owner.ts';
import { consentChange, consentOf, planConsent } from './plan-consent.ts';
import { planFields } from './plan-fields.ts';
import { followerWrites } from './plan-linked.ts';
import { emailOf, subjectOf } from './subject-of.ts';
import type { Issue, SubjectPlan } from './subject-plan.ts';

/** Plans records that no link ties yet: matched by key, or on one side only. */
export function planFirstContact(group: ContactGroup, context: PlanContext): SubjectPlan | Needs {
  const lefts = group.lefts.filter((record) => record.state === 'live');
  const right = group.rights.find((record) => record.state === 'live' || record.state === 'archived');
  if (lefts.length === 0) {
    if (right === undefined)
      return excluded(subjectOf({ left: group.lefts[0], keyHash: '' }), 'deleted in Salesforce');
    if (group.lefts.some((record) => record.state === 'filtered')) return outsideTheFilter(right, context);
    return onlyOnTheRight(right, group, context);
  }
  const email = lefts[0] === undefined ? '' : emailOf(lefts[0], 'left', context);
  if (email !== '' && group.crowd !== undefined) return sharedByCrowd(group, group.crowd, context);
  if (email !== '' && !group.sharersKnown) return { ...NOTHING_NEEDED, leftByEmail: email };
  const askRight: Needs | undefined =
    email === '' || right !== undefined || group.rightVerified
      ? undefined
      : { ...NOTHING_NEEDED, rightByEmail: email };
  const owner = chooseOwner(lefts, context.options.owner);
  if (owner === undefined) return askRight ?? severalMatches(lefts, right, context);
  const followers = lefts.filter((record) => record !== owner);
  if (right !== undefined) return linkPair(owner, right, followers, context);
  // A create meets an existing member by itself; whoever is left out has to be looked for.
  const plan = onlyOnTheLeft(owner, followers, context);
  // Where nothing but the records says who is linked, most of them are: it is asked first.
  const isAsked = plan.outcome === 'excluded' || context.home.isOnRecords === true;
  return isAsked ? (askRight ?? plan) : plan;
}

/** The person is in the CRM, and not the recipe's to write or to enter again. */
function outsideTheFilter(right: SourceRecord, context: PlanContext): SubjectPlan {
  const keyHash = context.keyHashOf(emailOf(right, 'right', context));
  return excluded(subjectOf({ rightId: right.id, keyHash }), 'outside the filter in Salesforce');
}

function onlyOnTheRight(right: SourceRecord, group: ContactGroup, context: PlanContext): SubjectPlan | Needs {
  const email = emailOf(right, 'right', context);
  const subject = subjectOf({ rightId: right.id, keyHash: context.keyHashOf(email) });
  if (right.state === 'archived') return excluded(subject, 'archived in Mailchimp, and not in Salesforce');
  const isVerified = context.options.create.left ? group.leftVerified : group.sharersKnown;
  if (email !== '' && !isVerified) return { ...NOTHING_NEEDED, leftByEmail: email };
  if (!context.options.create.left)
    return excluded(subject, 'no record in Salesforce, and the recipe does not create there');
  const consent = consentOf(right, 'right', context);
  if (consent === 'pending') return excluded(subject, 'not confirmed by the person yet');
  if (consent === 'cleaned') return excluded(subject, 'bounced for good, and not in Salesforce');
  if (email === '') return excluded(subject, 'no email address');

  const { changes, issues } = newRecord('left', right, context);
  if (consent === 'out' && context.map.consent !== undefined) {
    changes.push(consentChange('out', 'oo', undefined));
  } else if (context.map.consent !== undefined) {
    changes.push({
      ...consentChange('in', notOut(context.map.consent) + (consent === 'none' ? 'n' : 'i'), undefined),
      reason: 'new-record',
    });
  }
  const operation: Operation = { side: 'left', action: 'create', email, changes, priority: 1 };
  return planned(subject, withoutAddress(issues) ? [] : [operation], [], issues);
}

/** How the CRM is read to speak of mail once an opt-out has been denied there. */
function notOut({ read, writeLeft }: ConsentMap): string {
  const payload: MutableJsonObject = {};
  writeLeft(false, payload);
  return consentLetter(read.left(payload));
}

function onlyOnTheLeft(
  owner: SourceRecord,
  followers: readonly SourceRecord[],
  context: PlanContext,
): SubjectPlan {
  const email = emailOf(owner, 'left', context);
  const keyHash = context.keyHashOf(email);
  const subject = subjectOf({ left: owner, keyHash, followerIds: followers.map((record) => record.id) });
  if (email === '') return excluded(subject, 'no email address');
  if (!context.options.create.right)
    return excluded(subject, 'no record in Mailchimp, and the recipe does not create there');
  if ([owner, ...followers].some((record) => consentOf(record, 'left', context) === 'out')) {
    return excluded(subject, 'opted out, and not in the audience');
  }
  const { changes, issues } = newRecord('right', owner, context);
  if (context.map.consent !== undefined) {
    const after = { subscribed: 'i', pending: 'p', transactional: 'n' }[context.options.newMembers];
    const said = consentOf(owner, 'left', context) === 'in' ? 'i' : 'u';
    changes.push({ ...consentChange('in', said + after, undefined), reason: 'new-record' });
  }
  const operation: Operation = { side: 'right', action: 'create', email, changes, priority: 1 };
  return planned(subject, withoutAddress(issues) ? [] : [operation], [], issues);
}

/** Every field that has a value and may be written there. Empty ones are agreed on as empty. */
function newRecord(
  side: 'left' | 'right',
  source: SourceRecord,
  context: PlanContext,
): { changes: FieldChange[]; issues: Issue[] } {
  const changes: FieldChange[] = [];
  const issues: Issue[] = [];
  const forbidden = side === 'left' ? 'to-right' : 'to-left';
  for (const rule of context.map.rules) {
    if (rule.direction === forbidden) continue;
    const to = rule.read[otherSide(side)](source.values);
    const payload: MutableJsonObject = {};
    const problem = rule.write[side](to, payload);
    if (problem !== undefined) {
      const code = rule.isEmail ? 'EMAIL_INVALID' : problem.code;
      issues.push({ kind: 'failure', code, fields: [rule.name], message: problem.message });
      continue;
    }
    changes.push({
      rule: rule.index,
      name: rule.name,
      from: '',
      to,
      reason: 'new-record',
      // What the new record will hold: a checkbox made from nothing is unticked, and that is no edit of it.
      entry: context.home.entryOf(rule, rule.read[side](payload)),
    });
  }
  return { changes, issues };
}

/** A record is worth creating without a value that its field cannot hold, unless that is its address. */
function withoutAddress(issues: readonly Issue[]): boolean {
  return issues.some((issue) => issue.code === 'EMAIL_INVALID');
}

function linkPair(
  owner: SourceRecord,
  right: SourceRecord,
  followers: readonly SourceRecord[],
  context: PlanContext,
): SubjectPlan {
  const keyHash = context.keyHashOf(emailOf(right, 'right', context));
  const subject = subjectOf({
    left: owner,
    rightId: right.id,
    keyHash,
    followerIds: followers.map((r) => r.id),
  });
  if (right.state === 'archived') {
    return context.options.deletes.archivedThenEdited === 'restore'
      ? planned(subject, [restore(owner, right, followers, context)], [], [])
      : excluded(subject, 'archived in Mailchimp');
  }
  // Stamps may know the pair although no link does.
  const base = context.home.baseOf({ link: undefined, left: owner, right });
  const fields = planFields(owner, right, base, [], context);
  const consent = planConsent(owner, right, followers, base, [], false, context);
  const { rules } = context.map;
  const email = emailOf(right, 'right', context);
  const operations = [
    ...writesTo('left', owner.id, undefined, fields.changes.left, consent?.left, rules),
    ...writesTo('right', right.id, email, fields.changes.right, consent?.right, rules),
    ...followerWrites(subject.followerIds, followers, consent, context),
  ];
  const tie = {
    scope: context.scope,
    leftId: owner.id,
    leftObject: owner.object,
    rightId: right.id,
    role: 'owner' as const,
    keyHash,
  };
  const remember: StoreChange[] = [
    { kind: 'link', link: tie, base: { ...fields.agreed, ...consent?.agreed } },
    ...followers.map((record) => newFollower(tie, record)),
  ];
  return planned(subject, operations, remember, fields.issues);
}

/** An archived member comes back as its CRM record says, never subscribed against an opt-out. */
export function restore(
  owner: SourceRecord,
  right: SourceRecord,
  followers: readonly SourceRecord[],
  context: PlanContext,
): Operation {
  const out = [owner, ...followers].some((record) => consentOf(record, 'left', context) === 'out');
  const { changes } = newRecord('right', owner, context);
  const said = out ? 'o' : consentLetter(consentOf(owner, 'left', context));
  const consent = {
    ...consentChange(out ? 'out' : 'in', `${said}${out ? 'o' : 'i'}`, undefined),
    reason: 'new-record' as const,
  };
  return {
    side: 'right',
    action: 'restore',
    recordId: right.id,
    email: emailOf(owner, 'left', context),
    changes: [...changes, consent],
    priority: 1,
  };
}

/** Nobody is taken for the owner of an address without a look at the others who have it. */
export function sharedByCrowd(
  { lefts: [left], rights: [right] }: ContactGroup,
  crowd: number,
  context: PlanContext,
): SubjectPlan {
  const keyHash = left === undefined ? '' : context.keyHashOf(emailOf(left, 'left', context));
  const message = `${crowd} other records in Salesforce have its address: too many to choose one of them`;
  return planned(
    subjectOf({ left, rightId: right?.id, keyHash }),
    [],
    [],
    [{ kind: 'conflict', code: 'SEVERAL_MATCHES', fields: [], message }],
  );
}

function severalMatches(
  lefts: readonly SourceRecord[],
  right: SourceRecord | undefined,
  context: PlanContext,
): SubjectPlan {
  // The same one whoever of them was looked at: it is one conflict.
  const [first, ...others] = lefts.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const keyHash = first === undefined ? '' : context.keyHashOf(emailOf(first, 'left', context));
  const subject = subjectOf({
    left: first,
    rightId: right?.id,
    keyHash,
    followerIds: others.map((r) => r.id),
  });
  const message = `${lefts.length} records in Salesforce share one address: ${lefts.map((record) => record.id).join(', ')}`;
  return planned(subject, [], [], [{ kind: 'conflict', code: 'SEVERAL_MATCHES', fields: [], message }]);
}

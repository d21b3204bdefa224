import { StackbridgeError } from '../errors/stackbridge-error.ts';
import type { SourceRecord } from '../model/record.ts';
import type { ContactGroup, Known, Needs, PlanContext } from '../plan/contact-group.ts';
import { planContact } from '../plan/plan-contact.ts';
import { emailOf } from '../plan/subject-of.ts';
import type { SubjectPlan } from '../plan/subject-plan.ts';
import type { Connector, WriteAction } from '../ports/connector.ts';
import type { Scratch } from '../ports/scratch.ts';
import type { Desk } from './desk.ts';
import { gather } from './gather.ts';

/** Rounds of further reading one group may ask for: a merge chain, then its member, then an address. */
const MOST_ROUNDS = 6;

/** What a run knows that reads only changes, or only some records. */
export const NOTHING_KNOWN: Known = { leftVerified: false, rightVerified: false, sharersKnown: false };

const FINAL: ReadonlySet<WriteAction> = new Set(['create', 'restore', 'ask-again']);

/** Plans everything in the working space, reading what a decision turns out to need, and keeps the plan there. */
export async function makePlan(scratch: Scratch, known: Known, desk: Desk): Promise<void> {
  const { job, ports, tally } = desk;
  const context: PlanContext = {
    scope: job.scope,
    recipe: job.recipe,
    leftObject: job.leftObject,
    map: job.map,
    options: job.options,
    home: job.home,
    keyHashOf: job.keyHashOf,
    now: ports.clock.now(),
  };
  ports.progress.begin('plan', (await scratch.countStaged('left')) + (await scratch.countStaged('right')));
  for await (const groups of gather(job, ports, scratch, known)) {
    const plans = await planGroups(groups, context, desk);
    for (const plan of plans) tally.addPlan(plan);
    await scratch.addPlans(plans);
    ports.progress.advance(
      'plan',
      groups.reduce((sum, group) => sum + group.lefts.length + group.rights.length, 0),
    );
    if (ports.stop.requested) {
      throw new StackbridgeError('STOPPED', 'Stopped while planning; the rest is planned by the next run');
    }
  }
  ports.progress.end('plan');
}

async function planGroups(
  groups: readonly ContactGroup[],
  context: PlanContext,
  desk: Desk,
): Promise<SubjectPlan[]> {
  const plans: SubjectPlan[] = [];
  let open = await readParkedWhole(groups, desk);
  for (let round = 0; open.length > 0; round++) {
    if (round === MOST_ROUNDS) throw new StackbridgeError('BUG', 'Planning keeps asking for records');
    const waiting: { group: ContactGroup; needs: Needs }[] = [];
    const apart: ContactGroup[] = [];
    for (const group of open) {
      const plan = planContact(group, context);
      if ('subject' in plan) {
        const { strangers = [], ...settled } = plan;
        plans.push(respectFinalWord(settled, desk));
        apart.push(...onTheirOwn(strangers, group, context));
      } else waiting.push({ group, needs: withinReach(plan, group) });
    }
    open = [...apart, ...(waiting.length === 0 ? [] : await readNeeds(waiting, desk))];
  }
  return plans;
}

/** @throws StackbridgeError where only what this step cannot read would settle it */
function withinReach(needs: Needs, { unseen = [] }: ContactGroup): Needs {
  const [missing] = [...needs.leftIds, ...needs.rightIds].filter((id) => unseen.includes(id));
  if (missing === undefined) return needs;
  throw new StackbridgeError('SEVERAL_MATCHES', `This step needs ${missing}, which it cannot read`);
}

/**
 * Records that share no address with the subject they were grouped with, one group an address. The CRM is not asked who
 * else has it: it would still name the record that this run moves away from there.
 */
function onTheirOwn(
  strangers: readonly SourceRecord[],
  group: ContactGroup,
  context: PlanContext,
): ContactGroup[] {
  const byAddress = Map.groupBy(strangers, (record) => emailOf(record, 'left', context));
  return [...byAddress.values()].map((lefts) => ({
    ...group,
    lefts,
    rights: [],
    links: [],
    decisions: [],
    sharersKnown: true,
  }));
}

/**
 * An unread side is at its base, but for subjects that are parked: there the base is what was not reached. Where the
 * recipe has a filter, an unread owner may just as well have left it.
 */
async function readParkedWhole(
  groups: readonly ContactGroup[],
  desk: Desk,
): Promise<readonly ContactGroup[]> {
  const { parked, job } = desk;
  if (parked.size === 0 && !job.leftFiltered) return groups;
  const waiting: { group: ContactGroup; needs: Needs }[] = [];
  const whole: ContactGroup[] = [];
  for (const group of groups) {
    const link = group.links.find(({ role }) => role === 'owner');
    const isParked = link !== undefined && parked.has(link.rightId);
    if (link === undefined || !(isParked || job.leftFiltered)) {
      whole.push(group);
      continue;
    }
    const leftIds = group.lefts.some(({ id }) => id === link.leftId) ? [] : [link.leftId];
    const isRightRead = !isParked || group.rights.some(({ id }) => id === link.rightId);
    waiting.push({ group, needs: { leftIds, rightIds: isRightRead ? [] : [link.rightId] } });
  }
  return waiting.length === 0 ? groups : [...whole, ...(await readNeeds(waiting, desk))];
}

/** What a system refused for good is not asked of it again for the same address. */
function respectFinalWord(plan: SubjectPlan, { parked }: Desk): SubjectPlan {
  if (parked.size === 0) return plan;
  const asks = plan.operations.some(({ side, action }) => side === 'right' && FINAL.has(action));
  if (!asks) return plan;
  const rows = [plan.subject.key, `left:${plan.subject.leftId ?? ''}`].flatMap(
    (key) => parked.get(key) ?? [],
  );
  const word = rows.find((row) => row.kind === 'terminal' && row.keyHash === plan.subject.keyHash);
  if (word === undefined) return plan;
  return { ...plan, outcome: 'excluded', excludedBecause: word.message, operations: [] };
}

/** Reads in bulk what the groups of a chunk ask for, and hands each its own. */
async function readNeeds(
  waiting: readonly { readonly group: ContactGroup; readonly needs: Needs }[],
  { job, ports }: Desk,
): Promise<ContactGroup[]> {
  const leftIds = [...new Set(waiting.flatMap(({ needs }) => needs.leftIds))];
  const rightIds = [...new Set(waiting.flatMap(({ needs }) => needs.rightIds))];
  const leftEmails = [...new Set(waiting.flatMap(({ needs }) => needs.leftByEmail ?? []))];
  const rightEmails = [...new Set(waiting.flatMap(({ needs }) => needs.rightByEmail ?? []))];
  const email = job.map.rules.find((rule) => rule.isEmail);
  const { columns } = job.map;

  const [lefts, rights, leftsFound, rightsFound] = await Promise.all([
    leftIds.length === 0 ? [] : ports.left.readByIds(leftIds, columns.left),
    rightIds.length === 0 ? [] : ports.right.readByIds(rightIds, columns.right),
    readByEmail(ports.left, email?.fields.left[0], leftEmails, columns.left),
    readByEmail(ports.right, email?.fields.right[0], rightEmails, columns.right),
  ]);
  // A record that was asked for may have a link of its own: to another member, or from another contact.
  const [linksOfLefts, linksOfRights] = await Promise.all([
    ports.store.linksByLeft(job.scope, idsOf([...lefts, ...leftsFound])),
    ports.store.linksByRight(job.scope, idsOf(rightsFound)),
  ]);
  const byLeftId = new Map(lefts.map((record) => [record.id, record]));
  const byRightId = new Map(rights.map((record) => [record.id, record]));
  const byLeftEmail = Map.groupBy(leftsFound, (record) => email?.read.left(record.values) ?? '');
  const byRightEmail = Map.groupBy(rightsFound, (record) => email?.read.right(record.values) ?? '');
  const byLinkedLeft = new Map(linksOfLefts.map((link) => [link.leftId, link]));
  const byLinkedRight = Map.groupBy(linksOfRights, (link) => link.rightId);

  return waiting.map(({ group, needs }) => {
    const { leftByEmail, rightByEmail } = needs;
    const newLefts = [
      ...pick(needs.leftIds, byLeftId),
      ...(leftByEmail === undefined ? [] : (byLeftEmail.get(leftByEmail) ?? [])),
    ];
    const newRights = rightByEmail === undefined ? [] : (byRightEmail.get(rightByEmail) ?? []);
    const links = [
      ...newLefts.flatMap((record) => byLinkedLeft.get(record.id) ?? []),
      ...newRights.flatMap((record) => byLinkedRight.get(record.id) ?? []),
    ];
    const known = new Set(group.links.map(({ leftId }) => leftId));
    const unseen = [
      ...needs.leftIds.filter((id) => !byLeftId.has(id)),
      ...needs.rightIds.filter((id) => !byRightId.has(id)),
    ];
    return {
      ...group,
      ...(unseen.length === 0 ? {} : { unseen: [...(group.unseen ?? []), ...unseen] }),
      lefts: joined(group.lefts, newLefts),
      rights: joined(group.rights, [...pick(needs.rightIds, byRightId), ...newRights]),
      links: [...group.links, ...links.filter(({ leftId }) => !known.has(leftId))],
      leftVerified: group.leftVerified || leftByEmail !== undefined,
      rightVerified: group.rightVerified || rightByEmail !== undefined,
      sharersKnown: group.sharersKnown || leftByEmail !== undefined,
    };
  });
}

async function readByEmail(
  connector: Connector,
  field: string | undefined,
  emails: readonly string[],
  columns: readonly string[],
): Promise<SourceRecord[]> {
  return field === undefined || emails.length === 0 ? [] : connector.readByKey(field, emails, columns);
}

function idsOf(records: readonly SourceRecord[]): string[] {
  return records.map(({ id }) => id);
}

function pick(ids: readonly string[], from: ReadonlyMap<string, SourceRecord>): SourceRecord[] {
  return ids.flatMap((id) => from.get(id) ?? []);
}

/** The newly read stand for what they are now. */
function joined(before: readonly SourceRecord[], now: readonly SourceRecord[]): SourceRecord[] {
  const fresh = new Set(now.map((record) => record.id));
  return [...before.filter((record) => !fresh.has(record.id)), ...now];
}

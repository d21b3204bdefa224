import { consentBaseOf } from '../merge/consent.ts';
import type { Base } from '../model/base.ts';
import type { Link } from '../model/link.ts';
import type { SourceRecord } from '../model/record.ts';
import type { ContactGroup, PlanContext } from './contact-group.ts';
import type { Operation } from './operation.ts';
import { writesTo } from './operations-of.ts';
import { consentOf, planConsent } from './plan-consent.ts';
import { emailOf } from './subject-of.ts';
import type { SubjectPlan } from './subject-plan.ts';

/**
 * Linked records that are no more (deleted, merged, converted, outside the filter) and said "no mail" last. It was said
 * for the address, and nobody else remembers it. Where the base says so too it is old: whoever was asked since is not
 * overruled.
 */
export function lastWords(
  { lefts, links }: ContactGroup,
  link: Link,
  owner: SourceRecord | undefined,
  base: Base,
  context: PlanContext,
): SourceRecord[] {
  if (consentBaseOf(base)?.left === 'out') return [];
  // Where the records alone tell who is linked, followers are known by the address that they had.
  const isKnown = ({ id }: SourceRecord): boolean =>
    context.home.isOnRecords === true || links.some(({ leftId }) => leftId === id);
  return lefts.filter(
    (record) =>
      record.state !== 'live' &&
      record.id !== link.leftId &&
      isKnown(record) &&
      consentOf(record, 'left', context) === 'out' &&
      isNews(record, owner, context),
  );
}

/** A store forgets who is no more; where the records alone tell, one in the bin still names its member. */
function isNews(record: SourceRecord, owner: SourceRecord | undefined, { home }: PlanContext): boolean {
  return home.isOnRecords !== true || owner === undefined || owner.modifiedAt <= record.modifiedAt;
}

/** The opt-out that the member has still to hear of from an owner that is no more, or from whoever went with it. */
export function optOutOf(
  owner: SourceRecord,
  link: Link,
  right: SourceRecord | undefined,
  group: ContactGroup,
  context: PlanContext,
): Operation[] {
  const base = context.home.baseOf({ link, left: owner, right });
  const others = lastWords(group, link, owner, base, context);
  const optOut = planConsent(owner, right, others, base, [], false, context)?.right;
  const email = right === undefined ? undefined : emailOf(right, 'right', context);
  return optOut === undefined ? [] : writesTo('right', link.rightId, email, [], optOut, context.map.rules);
}

/**
 * The plan of somebody whose opt-out only a record says that is no more: its link stays until the opt-out is written, so
 * that a run after one that broke off meets the record again. Where the records alone tell who is linked, it does anyway.
 */
export function rememberedByOptOut(plan: SubjectPlan, { home }: PlanContext): SubjectPlan {
  if (home.isOnRecords === true || !plan.operations.some(({ action }) => action === 'opt-out')) return plan;
  const operations = plan.operations.map((operation) => ({
    ...operation,
    remember: [...plan.remember, ...(operation.remember ?? [])],
  }));
  return { ...plan, operations, remember: [] };
}

import {
  type AccountMap,
  type LineTarget,
  ownEntry,
  type TrackingFacts,
  trackingOf,
} from '../../mapping/account-map.ts';
import type { HeldLine, Tracking } from '../../model/billing/document.ts';
import type { DecimalText } from '../../model/billing/money.ts';
import type { Project } from '../../model/billing/project-work.ts';
import { type BillingIssue, failure } from './billing-issue.ts';
import type { ChartIndex } from './chart-index.ts';

/** Where a line goes, with the percentage its tax is reckoned at. */
export interface ResolvedTarget {
  readonly accountCode: string;
  readonly taxType: string;
  readonly taxRate: DecimalText;
  readonly tracking: readonly Tracking[];
}

/** Whether the account and the tax fit is for `checkDocument`: what is not found there is reckoned without tax here. */
export function resolveTarget(
  target: LineTarget,
  map: AccountMap,
  index: ChartIndex,
  facts: TrackingFacts,
): ResolvedTarget {
  const named = target.tax ?? index.account(target.account)?.taxType ?? '';
  const rate = index.taxRate(named);
  return {
    accountCode: target.account,
    taxType: rate?.taxType ?? named,
    taxRate: rate?.effectiveRate ?? '0',
    tracking: trackingOf(map, target, facts),
  };
}

/** What is taken back goes where it came from. */
export function targetOfLine(line: HeldLine, index: ChartIndex): ResolvedTarget {
  const { accountCode, taxType, tracking } = line;
  return { accountCode, taxType, taxRate: index.taxRate(taxType)?.effectiveRate ?? '0', tracking };
}

/** The target of a project's hours. A category that the map does not list is no reason to guess. */
export function timeTarget(map: AccountMap, project: Project): LineTarget | BillingIssue {
  const { category } = project;
  if (category !== undefined && category !== '' && map.categories !== undefined) {
    return (
      ownEntry(map.categories, category) ??
      failure('ACCOUNT_UNMAPPED', `The account map has no project category ${category}`)
    );
  }
  return map.time ?? failure('ACCOUNT_UNMAPPED', 'The account map says nowhere where `time` goes');
}

/** The target of an agreed amount: its own, else where the project's hours go. */
export function fixedTarget(map: AccountMap, project: Project): LineTarget | BillingIssue {
  return map.fixed ?? timeTarget(map, project);
}

/** The target of an expense on the customer's invoice. */
export function chargeTarget(map: AccountMap, category: string): LineTarget | BillingIssue {
  const target = ownEntry(map.expenses, category);
  if (target === undefined) {
    return failure('ACCOUNT_UNMAPPED', `The account map has no expense account ${category}`);
  }
  return (
    target.charge ??
    failure('ACCOUNT_UNMAPPED', `The account map does not say where a charge for ${category} goes`)
  );
}

import { decimal } from '../../model/billing/decimal.ts';
import type { DesiredDocument } from '../../model/billing/document.ts';
import { type BillingIssue, failure } from './billing-issue.ts';
import type { ChartIndex } from './chart-index.ts';
import { DESCRIPTION_LIMIT, REFERENCE_LIMIT } from './fill-template.ts';
import { accountFault, taxFault, trackingFault, useOfKind } from './line-use.ts';
import { totalsOf } from './totals.ts';

/** Everything for which the accounts would refuse a document, found before it is sent; each fault once. */
export function checkDocument(document: DesiredDocument, index: ChartIndex): BillingIssue[] {
  const faults = new Map<string, BillingIssue>();
  const add = (fault: BillingIssue | undefined): void => {
    if (fault !== undefined) faults.set(fault.code + fault.message, fault);
  };
  const use = useOfKind(document.kind);
  const seen = new Set<string>();

  add(lockFault(document.date, index));
  if (!index.hasCurrency(document.currency)) {
    add(failure('CURRENCY_NOT_SUBSCRIBED', `The organisation does not use ${document.currency}`));
  }
  if (document.number.length > REFERENCE_LIMIT) {
    add(failure('DOCUMENT_TOO_LONG', `The number ${document.number} is longer than ${REFERENCE_LIMIT}`));
  }
  for (const line of document.lines) {
    if (line.description.length > DESCRIPTION_LIMIT) {
      add(failure('DOCUMENT_TOO_LONG', `A description is longer than ${DESCRIPTION_LIMIT} characters`));
    }
    if (line.description.trim() === '' && document.status !== 'draft') {
      add(failure('FIELD_REQUIRED', 'A line has no description: its text of the recipe comes to nothing'));
    }
    for (const tracking of line.tracking) add(trackingFault(tracking, index));
    const kind = `${line.accountCode}\u0000${line.taxType}`;
    if (seen.has(kind)) continue;
    seen.add(kind);
    add(accountFault(line.accountCode, use, index));
    if (document.lineAmounts !== 'no-tax')
      add(taxFault(line.taxType, index.account(line.accountCode), index));
  }
  add(totalFault(document));
  return [...faults.values()];
}

/** Nothing may be dated on or before a lock date. */
export function lockFault(date: string, { chart }: ChartIndex): BillingIssue | undefined {
  const { periodLockDate = '', endOfYearLockDate = '' } = chart.organisation;
  const locked = periodLockDate > endOfYearLockDate ? periodLockDate : endOfYearLockDate;
  if (locked === '' || date > locked) return undefined;
  return failure('PERIOD_LOCKED', `The document is dated ${date}; the accounts are locked up to ${locked}`);
}

/** The totals are reckoned twice: a difference of a cent refuses the document. */
function totalFault({
  lines,
  lineAmounts,
  subTotal,
  totalTax,
  total,
}: DesiredDocument): BillingIssue | undefined {
  const again = totalsOf(lines, lineAmounts);
  if (again.subTotal !== subTotal || again.totalTax !== totalTax || again.total !== total) {
    return failure('TOTAL_DIFFERS', `The document says ${total}, its lines come to ${again.total}`);
  }
  if (!decimal(total).isNegative()) return undefined;
  return failure('DOCUMENT_NEGATIVE', `More is taken back than billed: the document would come to ${total}`);
}

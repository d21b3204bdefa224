import type { DocumentLine } from '../../model/billing/document.ts';
import type { BillingIssue } from './billing-issue.ts';
import { expenseLine } from './expense-line.ts';
import { fixedLine } from './fixed-line.ts';
import type { LineContext } from './line-context.ts';
import type { Portion } from './remainder.ts';
import { timeLines } from './time-lines.ts';

/** The lines of an invoice: hours, then expenses, then the agreed amount, each in the order of their days. */
export function linesOf(
  portions: readonly Portion[],
  context: LineContext,
): { readonly lines: readonly DocumentLine[]; readonly issues: readonly BillingIssue[] } {
  const issues: BillingIssue[] = [];
  const lines: DocumentLine[] = timeLines(
    portions.filter(({ source }) => source.kind === 'time-log'),
    context,
    issues,
  );
  for (const portion of portions) {
    const { kind } = portion.source;
    const line =
      kind === 'expense'
        ? expenseLine(portion, context)
        : kind === 'milestone'
          ? fixedLine(portion, context)
          : undefined;
    if (line === undefined) continue;
    if ('code' in line) issues.push(line);
    else lines.push(line);
  }
  return { lines, issues };
}

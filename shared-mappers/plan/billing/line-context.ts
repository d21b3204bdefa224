import type { AccountMap } from '../../mapping/account-map.ts';
import type { DocumentLine, LineAmounts, LineSource } from '../../model/billing/document.ts';
import type { Currency, DecimalText } from '../../model/billing/money.ts';
import type { Milestone, Project } from '../../model/billing/project-work.ts';
import type { ChartIndex } from './chart-index.ts';
import type { InvoiceOptions } from './invoice-options.ts';
import type { ResolvedTarget } from './line-target.ts';
import type { RateTable } from './rates.ts';
import { lineAmount } from './totals.ts';

/** What all lines of one document share. */
export interface LineContext {
  readonly project: Project;
  readonly milestone: Milestone;
  readonly currency: Currency;
  readonly map: AccountMap;
  readonly index: ChartIndex;
  readonly rates: RateTable;
  readonly options: InvoiceOptions;
}

interface LineParts {
  readonly description: string;
  readonly quantity: DecimalText;
  readonly unitAmount: DecimalText;
  readonly target: ResolvedTarget;
  readonly sources: readonly LineSource[];
}

/** A line with its amounts, as the accounts will reckon them. */
export function lineOf({ target, ...line }: LineParts, lineAmounts: LineAmounts): DocumentLine {
  const { accountCode, taxType, tracking, taxRate } = target;
  return {
    ...line,
    accountCode,
    taxType,
    tracking,
    ...lineAmount(line.quantity, line.unitAmount, taxRate, lineAmounts),
  };
}

/** What the texts of every line may name. */
export function namesOf({ project, milestone }: LineContext): Record<string, string | undefined> {
  return { project: project.name, projectKey: project.key, milestone: milestone.name };
}

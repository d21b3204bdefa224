import type { AccountMap } from '../mapping/account-map.ts';
import type { BooksSource, ProjectSource } from '../ports/billing-source.ts';
import type { PayrollCountry, PayrollTarget } from '../ports/payroll-target.ts';
import type { Progress } from '../ports/progress.ts';
import type { TimeTarget } from '../ports/xero-projects.ts';

/** What a billing recipe is made ready with; each takes what it reads from. */
export interface BillingInput<Recipe> {
  readonly recipe: Recipe;
  readonly map: AccountMap;
  readonly source: ProjectSource;
  readonly books: BooksSource;
  readonly time: TimeTarget;
  /** Payroll is another API in each country. @param timesheets Australia's two kinds; `v2` elsewhere */
  readonly payroll: (country: PayrollCountry, timesheets: 'v1' | 'v2') => PayrollTarget;
  readonly progress: Progress;
}

import type { AccountMap } from '../mapping/account-map.ts';
import type { BooksSource, ProjectSource } from '../ports/billing-source.ts';
import type { Progress } from '../ports/progress.ts';

/** What a billing recipe is made ready with; each takes what it reads from. */
export interface BillingInput<Recipe> {
  readonly recipe: Recipe;
  readonly map: AccountMap;
  readonly source: ProjectSource;
  readonly books: BooksSource;
  readonly progress: Progress;
}

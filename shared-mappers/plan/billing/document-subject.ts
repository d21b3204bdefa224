import type { HeldDocument } from '../../model/billing/document.ts';
import type { Purpose } from '../../model/billing/ledger.ts';
import type { Built } from './built.ts';
import type { LeftOut } from './document-plan.ts';
import type { DueItem } from './due-work.ts';
import type { Portion } from './remainder.ts';

/** One thing that documents are made of: a milestone, an expense, an invoice of the books. */
export interface DocumentSubject {
  /** Its id. */
  readonly subject: string;
  /** Number of its first document: `ZP-123`; further ones are `ZP-123-2`, …. */
  readonly firstNumber: string;
  readonly purpose: Purpose;
  readonly due: readonly DueItem[];
  readonly leftOut: readonly LeftOut[];
  /** Why no first document is made of it yet: `the milestone is open`. */
  readonly waits?: string;
  /** Whoever else numbers documents may have taken its number: default, it is ours alone. */
  readonly hasForeignNumber?: true;
  /** The document of this number that bills these portions. @param held the draft that it would replace. */
  build(number: string, portions: readonly Portion[], held: HeldDocument | undefined): Built;
}

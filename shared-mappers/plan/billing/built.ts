import type { DesiredDocument } from '../../model/billing/document.ts';
import type { BillingIssue } from './billing-issue.ts';

/**
 * A document as it should stand, and all that keeps it from being written. The document is absent where something is
 * missing to build it at all; with issues beside it, it still tells whether there is anything to write.
 */
export interface Built {
  readonly document?: DesiredDocument;
  readonly issues: readonly BillingIssue[];
}

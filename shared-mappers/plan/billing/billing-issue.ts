import type { ErrorCode } from '../../errors/codes.ts';
import type { RecipePath } from '../../mapping/rule-definition.ts';

/**
 * What keeps a document from being written. `conflict`: a person decides. `failure`: something is to be mended
 * first, in the map, the project tool or the accounts. Messages name things, never amounts of a person's pay.
 */
export interface BillingIssue {
  readonly kind: 'conflict' | 'failure';
  readonly code: ErrorCode;
  readonly message: string;
  /** The document at issue, where there is one: the decision on it is filed under this number. */
  readonly documentNumber?: string;
  /** Where it is to be mended, where that is in a file. */
  readonly at?: FaultPlace;
}

/** A place in the account map or in the recipe, and what may have been meant there. */
export interface FaultPlace {
  readonly in: 'map' | 'recipe';
  readonly path: RecipePath;
  readonly near: readonly string[];
}

export function failure(code: ErrorCode, message: string, at?: FaultPlace): BillingIssue {
  return { kind: 'failure', code, message, ...(at === undefined ? {} : { at }) };
}

import type { ErrorCode } from '../../errors/codes.ts';

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
}

export function failure(code: ErrorCode, message: string): BillingIssue {
  return { kind: 'failure', code, message };
}

import type { ErrorCode } from '../../errors/codes.ts';
import type { RecipePath } from '../../mapping/rule-definition.ts';
import type { Account } from '../../model/billing/chart.ts';
import type { BillingIssue, FaultPlace } from './billing-issue.ts';

/** A fault of the account map against the accounts' live settings. */
export interface MapFault {
  readonly code: ErrorCode;
  /** Which file it is to be mended in. Default: the map. */
  readonly in?: FaultPlace['in'];
  /** Where in the map: `['expenses', 'Travel', 'account']`. */
  readonly path: RecipePath;
  readonly message: string;
  /** What to write instead: the nearest that would fit. */
  readonly suggestion?: string;
}

export function mapFault(
  fault: Pick<MapFault, 'code' | 'message'>,
  path: RecipePath,
  candidates: readonly string[] = [],
): MapFault {
  const { code, message } = fault;
  return { code, path, message, ...suggested(candidates) };
}

/** An issue of the plan as a fault of the file that it is to be mended in. */
export function faultOfIssue({ code, message, at }: BillingIssue): MapFault {
  const { in: where = 'recipe', path = [], near = [] } = at ?? {};
  return { ...mapFault({ code, message }, path, near), in: where };
}

export function titleOf({ code, name }: Account): string {
  return `${code} ${name}`;
}

function suggested(candidates: readonly string[]): { readonly suggestion?: string } {
  const last = candidates.at(-1);
  if (last === undefined) return {};
  const before = candidates.slice(0, -1).join(', ');
  return { suggestion: `Did you mean ${before === '' ? last : `${before} or ${last}`}?` };
}

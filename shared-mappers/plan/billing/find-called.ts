import { folded } from '../../mapping/people.ts';
import { type BillingIssue, failure } from './billing-issue.ts';

interface Called {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
}

/**
 * Who, or what, is meant: by id, else by e-mail address, else by name, capitals aside.
 *
 * @param what in words, for whoever reads that there is none: `Xero has no user`
 */
export function findCalled<Item extends Called>(
  wanted: string,
  items: readonly Item[],
  what: string,
): Item | BillingIssue {
  const text = folded(wanted);
  const byId = items.find(({ id }) => folded(id) === text);
  if (byId !== undefined) return byId;
  for (const part of ['email', 'name'] as const) {
    const [only, ...others] = items.filter((item) => folded(item[part] ?? '') === text);
    if (only !== undefined && others.length === 0) return only;
    if (only !== undefined) {
      return failure('SEVERAL_MATCHES', `${what} ${wanted} for certain: ${others.length + 1} are called so`);
    }
  }
  return failure('ACCOUNT_UNMAPPED', `${what} ${wanted}`);
}

import { nearest } from '../../mapping/mapping-problem.ts';
import { folded } from '../../mapping/people.ts';
import { type BillingIssue, type FaultPlace, failure } from './billing-issue.ts';

interface Called {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
}

/**
 * Who, or what, is meant: by id, else by e-mail address, else by name, capitals aside.
 *
 * @param what in words, for whoever reads that there is none: `Xero has no user`
 * @param place where it is named, or could be
 */
export function findCalled<Item extends Called>(
  wanted: string,
  items: readonly Item[],
  what: string,
  place: Omit<FaultPlace, 'near'>,
): Item | BillingIssue {
  const text = folded(wanted);
  const byId = items.find(({ id }) => folded(id) === text);
  if (byId !== undefined) return byId;
  for (const part of ['email', 'name'] as const) {
    const called = items.filter((item) => folded(item[part] ?? '') === text);
    const [only, ...others] = called;
    if (only !== undefined && others.length === 0) return only;
    if (only === undefined) continue;
    const message = `${what} ${wanted} for certain: ${called.length} are called so`;
    return failure('SEVERAL_MATCHES', message, { ...place, near: called.map(({ id }) => id) });
  }
  const words = items.flatMap(({ email = '', name }) => [email, name]).filter((word) => word !== '');
  const near = nearest(wanted, words);
  const at = { ...place, near: near === undefined ? [] : [near] };
  return failure('ACCOUNT_UNMAPPED', `${what} ${wanted}`, at);
}

import { ERROR_CODES, type ErrorCode } from '../../errors/codes.ts';
import type { Parked } from '../../model/parked.ts';
import type { BillingContext } from '../../plan/billing/milestone-facts.ts';
import type { StoreChange } from '../../ports/store.ts';
import type { BillingSubject, WritingDesk } from './billing-job.ts';

/** What keeps a document from being as it should, whoever is to act. */
export interface Trouble {
  readonly kind: 'conflict' | 'failure';
  readonly code: ErrorCode;
  readonly message: string;
  readonly documentNumber?: string;
  /** Of the difference that a person is asked about. */
  readonly key?: string;
}

/**
 * Rows for a subject: one a kind, what concerns the same subject told together; kinds without trouble are taken off the
 * list. Every run looks at everything anew, so nothing is due at a time of its own.
 */
export function parkSubject(
  subject: BillingSubject,
  troubles: readonly Trouble[],
  before: readonly Parked[],
  { scope, recipe, now }: BillingContext,
): StoreChange[] {
  const changes: StoreChange[] = [];
  const aside = before.find((row) => row.kind === 'terminal');
  for (const kind of ['conflict', 'failure'] as const) {
    const some = troubles.filter((trouble) => trouble.kind === kind);
    const earlier = before.find((row) => row.kind === kind);
    const [first] = some;
    // A person has set this very failure aside.
    if (first === undefined || (kind === 'failure' && aside?.code === first.code)) {
      if (earlier !== undefined) {
        changes.push({ kind: 'unpark', scope, recipe, subject: subject.id, only: kind });
      }
      continue;
    }
    const numbers = [...new Set(some.flatMap(({ documentNumber }) => documentNumber ?? []))];
    const rightId = numbers[0];
    const parked: Parked = {
      kind,
      scope,
      recipe,
      subject: subject.id,
      leftId: subject.id,
      ...(rightId === undefined ? {} : { rightId }),
      // In the order of `fields`: an answer is filed with the key of the difference that was seen.
      keyHash: numbers.map((number) => keyOf(some, number)).join(' '),
      code: first.code,
      fields: numbers,
      message: `${subject.title}: ${[...new Set(some.map(({ message }) => message))].join('; ')}`,
      next: ERROR_CODES[first.code].next,
      attempts: (earlier?.attempts ?? 0) + 1,
      firstAt: earlier?.firstAt ?? now,
      lastAt: now,
    };
    changes.push({ kind: 'park', parked });
  }
  if (aside !== undefined && troubles.length === 0) {
    changes.push({ kind: 'unpark', scope, recipe, subject: subject.id, only: 'terminal' });
  }
  return changes;
}

/** Everything asked for a subject is answered: it counts, and what it leaves to people is listed. */
export function settleSubject(
  subject: BillingSubject,
  troubles: readonly Trouble[],
  { context, tally, parked }: Pick<WritingDesk, 'context' | 'tally' | 'parked'>,
): StoreChange[] {
  const failed = troubles.some(({ kind }) => kind === 'failure');
  tally.settle(failed ? 'failed' : troubles.length > 0 ? 'conflicts' : 'applied');
  return parkSubject(subject, troubles, parked.get(subject.id) ?? [], context);
}

function keyOf(troubles: readonly Trouble[], number: string): string {
  return (
    troubles.find(({ documentNumber, key }) => documentNumber === number && key !== undefined)?.key ?? ''
  );
}

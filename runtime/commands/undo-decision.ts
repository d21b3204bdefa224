import type { AuditEntry } from '@stackbridge/shared-mappers/model/audit.ts';
import type { Decision } from '@stackbridge/shared-mappers/ports/store.ts';
import type { Session } from '../session.ts';
import type { Named } from './reconcile.ts';
import { UsageError } from './usage-error.ts';

/** Consent moves only as the person says, on either side. */
const CONSENT = 'consent';

/**
 * The decision that puts back what a write replaced, and the person it is about.
 *
 * @throws UsageError where the entry holds no value to put back
 */
export async function undoDecision(
  entry: AuditEntry,
  { store, clock }: Pick<Session, 'store' | 'clock'>,
): Promise<{ readonly decision: Decision; readonly person: Named }> {
  const { recipe, scope, subject, field, before } = entry;
  if (field === '') {
    throw new UsageError(
      `Entry ${entry.id} is about a whole record (${entry.action}), not a value`,
      'Undo it by hand in the system it was written to; the next run carries that across',
    );
  }
  if (field === CONSENT) {
    throw new UsageError(
      'An opt-out is not undone from here',
      'Only the person can ask for mail again: in Mailchimp, or by an opt-in in Salesforce',
    );
  }
  if (before === undefined) {
    throw new UsageError(
      `What ${field} held before was not read: it was what both sides had last agreed on`,
      'Look for it in an older entry of `stackbridge history record`',
    );
  }
  const links = await store.linksByRight(scope, [subject]);
  const owner = links.find(({ role }) => role === 'owner');
  if (owner === undefined) {
    throw new UsageError(
      `${subject} is linked to no record any more`,
      'Correct the record itself; the next run carries that across',
    );
  }
  return {
    decision: { scope, subject, field, take: { value: before }, at: clock.now() },
    person: { recipe, leftId: owner.leftId, rightId: subject },
  };
}

import type { StoreChange } from '../../ports/store.ts';
import type { WritingDesk } from './billing-job.ts';

interface WrittenRecord {
  readonly recordId: string;
  readonly action: 'create' | 'update' | 'delete';
  /** What it says now, in a few words. */
  readonly after: string;
}

/** What the history keeps of a write to the accounts. @param subject id of what it was made of */
export function auditWrite(
  subject: string,
  { recordId, action, after }: WrittenRecord,
  { context: { scope, recipe }, runId, ports }: Pick<WritingDesk, 'context' | 'runId' | 'ports'>,
): StoreChange {
  return {
    kind: 'audit',
    entry: {
      id: ports.random.id(),
      runId,
      recipe,
      at: ports.clock.now(),
      scope,
      subject,
      side: 'right',
      recordId,
      action,
      field: '',
      after,
      reason: action === 'create' ? 'new-record' : 'changed',
    },
  };
}

import { ERROR_CODES, type ErrorCode } from '../../errors/codes.ts';
import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { Connector } from '../../ports/connector.ts';
import type { SyncJob } from '../job.ts';
import { isShown, payloadShowing } from '../show-outcomes.ts';
import type { PersonOutcome } from './person-outcome.ts';

/** What the mailing tool said for good about a record of the CRM, handed on by the step that was told. */
export interface Verdict {
  readonly leftId: string;
  /** That was refused, in canonical form. */
  readonly email: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** The verdict that a step towards the mailing tool came to, where the recipe shows such in the CRM. */
export function verdictOf(
  { leftId, issues }: PersonOutcome,
  email: string,
  { map }: Pick<SyncJob, 'map'>,
): Verdict | undefined {
  const word = issues.find(({ kind }) => kind === 'terminal');
  if (word === undefined || leftId === undefined) return undefined;
  const isToBeShown = Object.keys(payloadShowing(word.code, map)).length > 0;
  return isToBeShown ? { leftId, email, code: word.code, message: word.message } : undefined;
}

/**
 * Shows a verdict on the CRM's record, unless it is shown there already, or is about an address that the record has no
 * longer.
 *
 * @param preview only says what would be written. Default: false
 * @throws StackbridgeError where the record could not be read or written
 */
export async function showVerdict(
  job: Pick<SyncJob, 'map'>,
  crm: Connector,
  { leftId, email, code, message }: Verdict,
  preview = false,
): Promise<PersonOutcome> {
  const { map } = job;
  const [record] = await crm.readByIds([leftId], map.columns.left);
  const address = map.rules.find(({ isEmail }) => isEmail);
  if (record?.state !== 'live' || address?.read.left(record.values) !== email)
    return { outcome: 'stale', leftId, changes: [], issues: [] };
  const payload = payloadShowing(code, map);
  const told = {
    outcome: 'excluded',
    leftId,
    because: message,
    issues: [{ kind: 'terminal', code, fields: [], message, next: ERROR_CODES[code].next, values: {} }],
  } as const;
  if (isShown(payload, record.values)) return { ...told, changes: [] };
  if (!preview) {
    const [result] = await crm.write([{ action: 'update', id: leftId, payload }]);
    if (result?.outcome !== 'written')
      throw result?.error ?? new StackbridgeError('BUG', `${crm.system} gave no answer for ${leftId}`);
  }
  const changes = Object.entries(payload).map(([field, to]) => ({
    side: 'left' as const,
    action: 'update' as const,
    field,
    to: String(to),
    reason: '' as const,
    written: !preview,
  }));
  return { ...told, changes };
}

import type { ErrorCode } from '../errors/codes.ts';
import type { ConsentOutcome, FieldMap } from '../mapping/compiled-rule.ts';
import type { JsonObject, MutableJsonObject } from '../model/json.ts';
import type { WriteRequest } from '../ports/connector.ts';
import type { StoreChange } from '../ports/store.ts';
import type { WritingDesk } from './desk.ts';

const OUTCOMES: Readonly<Partial<Record<ErrorCode, ConsentOutcome>>> = {
  MEMBER_CLEANED: 'cleaned',
  MEMBER_COMPLIANCE: 'compliance',
  MEMBER_FORGOTTEN: 'forgotten',
};

/** What the mailing tool decided for good about a record of the left, to be shown there. */
export interface Outcome {
  readonly leftId: string;
  readonly subject: string;
  readonly code: ErrorCode;
}

/**
 * Shows terminal outcomes in the CRM, where the recipe maps a field for them. They are parked in any case, so a write
 * that fails here is only logged.
 */
export async function showOutcomes(desk: WritingDesk): Promise<void> {
  const { job, ports, guard } = desk;
  const outcomes = desk.outcomes.splice(0);
  if (job.map.consent?.showOutcome === undefined || job.target === 'right') return;
  const requests: (Extract<WriteRequest, { action: 'update' }> & { readonly outcome: Outcome })[] = [];
  const shown = await shownNow(outcomes, desk);
  for (const outcome of outcomes) {
    const payload = payloadShowing(outcome.code, job.map);
    if (!isShown(payload, shown.get(outcome.leftId) ?? {}))
      requests.push({ action: 'update', id: outcome.leftId, payload, outcome });
  }
  for (let at = 0; at < requests.length; at += ports.left.capabilities.writeBatch) {
    const batch = requests.slice(at, at + ports.left.capabilities.writeBatch);
    await guard.hold();
    const results = await ports.left.write(batch.map(({ action, id, payload }) => ({ action, id, payload })));
    const changes: StoreChange[] = [];
    for (const [index, { id, outcome }] of batch.entries()) {
      const result = results[index];
      if (result?.outcome !== 'written') {
        ports.log.warn('outcome not shown', {
          system: ports.left.system,
          record: id,
          code: result?.error.code,
        });
        continue;
      }
      desk.writes[ports.left.system] = (desk.writes[ports.left.system] ?? 0) + 1;
      changes.push({
        kind: 'audit',
        entry: {
          id: ports.random.id(),
          runId: desk.runId,
          recipe: job.recipe,
          at: ports.clock.now(),
          scope: job.scope,
          subject: outcome.subject,
          side: 'left',
          recordId: id,
          action: 'update',
          field: 'statusField',
          after: OUTCOMES[outcome.code] ?? '',
          reason: outcome.code,
        },
      });
    }
    await ports.store.commit(guard.lease, changes);
  }
}

/** Empty where the recipe shows no outcomes, or none like this. */
export function payloadShowing(code: ErrorCode, { consent }: Pick<FieldMap, 'consent'>): JsonObject {
  const word = OUTCOMES[code];
  const payload: MutableJsonObject = {};
  if (word !== undefined) consent?.showOutcome?.(word, payload);
  return payload;
}

export function isShown(payload: JsonObject, values: JsonObject): boolean {
  return Object.entries(payload).every(([field, value]) => values[field] === value);
}

/** What the records say already: a write that changes nothing would have them looked at again, and again. */
async function shownNow(
  outcomes: readonly Outcome[],
  { job, ports }: WritingDesk,
): Promise<ReadonlyMap<string, JsonObject>> {
  const ids = [...new Set(outcomes.map(({ leftId }) => leftId))];
  if (ids.length === 0) return new Map();
  const records = await ports.left.readByIds(ids, job.map.columns.left);
  return new Map(records.map(({ id, values }) => [id, values]));
}

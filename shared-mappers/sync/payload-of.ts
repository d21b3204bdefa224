import type { FieldMap } from '../mapping/compiled-rule.ts';
import type { MutableJsonObject } from '../model/json.ts';
import type { Operation } from '../plan/operation.ts';
import { PARTNER_RULE, STAMP_RULE } from '../plan/record-marks.ts';
import type { WriteRequest } from '../ports/connector.ts';
import type { QueuedOperation } from '../ports/scratch.ts';
import type { SyncJob } from './job.ts';

/** An operation in the vendor's own shape. */
export function requestOf({ operation, subject }: QueuedOperation, job: SyncJob): WriteRequest {
  const payload = payloadOf(operation, job.map, job);
  const email = operation.email === undefined ? {} : { email: operation.email };
  if (operation.action === 'create') {
    const sourceId = (operation.side === 'left' ? subject.rightId : subject.leftId) ?? '';
    if (operation.side === 'left' && job.options.externalId !== undefined)
      payload[job.options.externalId] = sourceId;
    return { action: 'create', ...email, payload, sourceId };
  }
  const id = operation.recordId ?? '';
  if (operation.action === 'archive') return { action: 'archive', id };
  if (operation.action === 'rename') return { action: 'rename', id, payload };
  return { action: operation.action, id, ...email, payload };
}

function payloadOf(operation: Operation, map: FieldMap, job: SyncJob): MutableJsonObject {
  const payload: MutableJsonObject = {};
  for (const change of operation.changes) {
    if (change.rule >= 0) {
      map.rules[change.rule]?.write[operation.side](change.to, payload);
    } else if (change.rule === STAMP_RULE) {
      job.marks?.stamp[operation.side].write(change.to, payload);
    } else if (change.rule === PARTNER_RULE) {
      job.marks?.partner?.[operation.side].write(change.to, payload);
    } else if (operation.side === 'left') {
      map.consent?.writeLeft(change.to === 'out', payload);
    } else if (operation.action === 'create' || operation.action === 'restore') {
      payload.status = change.to === 'out' ? 'unsubscribed' : job.options.newMembers;
    }
  }
  if (operation.side === 'right' && operation.action === 'create' && payload.status === undefined) {
    payload.status = job.options.newMembers;
  }
  return payload;
}

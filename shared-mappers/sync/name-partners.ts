import type { MutableJsonObject } from '../model/json.ts';
import { otherSide, SIDES } from '../model/side.ts';
import type { WriteRequest } from '../ports/connector.ts';
import type { WritingDesk } from './desk.ts';
import { connectorOf } from './job.ts';

/**
 * A record that was created knows the one it was made from; here that one is told of it. A write that fails is only
 * logged: the next look at the pair finds the mark missing.
 */
export async function namePartners(desk: WritingDesk): Promise<void> {
  const { job, ports, guard } = desk;
  const created = desk.created.splice(0);
  const marks = job.marks?.partner;
  if (marks === undefined || job.target !== undefined) return;
  for (const side of SIDES) {
    const connector = connectorOf(ports, side);
    const requests = created.flatMap(({ side: on, id, operation }): WriteRequest[] => {
      const sourceId = side === 'left' ? operation.subject.leftId : operation.subject.rightId;
      if (on !== otherSide(side) || sourceId === undefined) return [];
      const payload: MutableJsonObject = {};
      marks[side].write(id, payload);
      const { email } = operation.operation;
      const address = side === 'right' && email !== undefined ? { email } : {};
      return [{ action: 'update', id: sourceId, ...address, payload }];
    });
    for (let at = 0; at < requests.length; at += connector.capabilities.writeBatch) {
      await guard.hold();
      const results = await connector.write(requests.slice(at, at + connector.capabilities.writeBatch));
      for (const result of results) {
        if (result.outcome === 'written')
          desk.writes[connector.system] = (desk.writes[connector.system] ?? 0) + 1;
        else ports.log.warn('partner not named', { system: connector.system, code: result.error.code });
      }
    }
  }
}

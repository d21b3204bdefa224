import { baseUrl } from './account.ts';
import { type ApiCall, type ApiRoute, listing, param, selected } from './api-route.ts';
import {
  addBatch,
  advanceBatch,
  type Batch,
  findBatch,
  NewBatch,
  type Operation,
  type OperationResult,
} from './batches.ts';
import { resourceLinks } from './links.ts';
import { wireTime } from './member.ts';
import { readBody } from './member-bodies.ts';

/** `/batches`. @param run carries out one operation by the API's other routes */
export function batchRoutes(run: (operation: Operation) => OperationResult): readonly ApiRoute[] {
  return [
    {
      method: 'GET',
      path: '/batches',
      operation: 'batches.list',
      handle: (call) => {
        const batches = [...call.account.batches.values()].reverse();
        return listing(call, 'batches', batches, (batch) => show(call, batch), { path: '/batches' });
      },
    },
    {
      method: 'POST',
      path: '/batches',
      operation: 'batches.add',
      handle: (call) => show(call, addBatch(call.account, readBody(NewBatch, call.body).operations)),
    },
    {
      method: 'GET',
      path: '/batches/:batch_id',
      operation: 'batches.get',
      handle: (call) => {
        const batch = findBatch(call.account, param(call, 'batch_id'));
        advanceBatch(call.account, batch, run);
        return selected(call, show(call, batch));
      },
    },
    {
      method: 'DELETE',
      path: '/batches/:batch_id',
      operation: 'batches.remove',
      handle: (call) => {
        call.account.batches.delete(findBatch(call.account, param(call, 'batch_id')).id);
        return undefined;
      },
    },
  ];
}

function show(call: ApiCall, batch: Batch): object {
  const isFinished = batch.status === 'finished';
  return {
    id: batch.id,
    status: batch.status,
    // Recorded: the total is not known yet while a batch is pending.
    total_operations: batch.status === 'pending' ? 0 : batch.operations.length,
    finished_operations: batch.results.length,
    errored_operations: batch.results.filter((result) => result.status_code >= 400).length,
    submitted_at: wireTime(batch.submittedS),
    completed_at: wireTime(batch.completedS),
    response_body_url: isFinished
      ? `${call.account.world.origin}/mailchimp/batch-results/${batch.id}.tar.gz?signature=${batch.signature}`
      : '',
    _links: resourceLinks(baseUrl(call.account), `/batches/${batch.id}`, 'Batches'),
  };
}

import { z } from 'zod';
import { NoAnswerError } from '../../errors/stackbridge-error.ts';
import { parseBodyAs } from '../../http/json-body.ts';
import type { SystemClient, SystemRequest } from '../../http/system-client.ts';
import type { JsonObject } from '../../model/json.ts';
import type { WriteResult } from '../../ports/connector.ts';
import { API, CALL_OPTIONS } from './api.ts';
import { recordError, VendorFaults } from './errors.ts';
import { toLongId } from './identity.ts';

/** One record to write, as Salesforce sees it. */
export interface RecordWrite {
  readonly operation: 'insert' | 'update' | 'upsert';
  readonly object: string;
  /** Present for updates. */
  readonly id?: string;
  readonly payload: JsonObject;
  /** Match address, by which a create without an answer is looked up. */
  readonly email?: string | undefined;
}

export interface WriteSettings {
  /** Unique external-id field for upserts. */
  readonly externalId?: string | undefined;
  /** Saves records although a duplicate rule of the kind "alert" would hold them up. */
  readonly allowDuplicates?: boolean | undefined;
}

/** "sObject Collections" take up to 200 records in one request. */
export const COLLECTION_SIZE = 200;

/**
 * Writes up to 200 records of one operation in one call. Results stand in the order of the records. Rejects where
 * the call as a whole failed; `NoAnswerError` where nobody knows what became of it.
 */
export async function sendCollection(
  client: SystemClient,
  writes: readonly RecordWrite[],
  settings: WriteSettings,
): Promise<WriteResult[]> {
  const repeatable = writes[0]?.operation !== 'insert';
  const answer = await client.send(toRequest(writes, settings), { repeatable });
  const results = parseBodyAs(CollectionAnswer, answer.body, 'salesforce');
  if (results.length !== writes.length) {
    throw new NoAnswerError(
      `Salesforce answered ${results.length} results for ${writes.length} records`,
      'unknown',
      { system: 'salesforce' },
    );
  }
  return results.map((result, index) => toResult(result, writes[index]));
}

const CollectionAnswer = z.array(
  z.object({
    id: z.string().nullish(),
    success: z.boolean(),
    created: z.boolean().nullish(),
    errors: VendorFaults.default([]),
  }),
);
type CollectionResult = z.infer<typeof CollectionAnswer>[number];

function toRequest(writes: readonly RecordWrite[], settings: WriteSettings): SystemRequest {
  const first = writes[0];
  const records = writes.map(({ object, id, payload }) => ({
    attributes: { type: object },
    ...(id === undefined ? {} : { id }),
    ...payload,
  }));
  const upsertPath = first?.operation === 'upsert' ? `/${first.object}/${settings.externalId}` : '';
  return {
    method: first?.operation === 'insert' ? 'POST' : 'PATCH',
    path: `${API}/composite/sobjects${upsertPath}`,
    headers: {
      ...CALL_OPTIONS,
      'content-type': 'application/json',
      // A sync is no new lead: the org's assignment rules would move owners and mail them.
      'sforce-auto-assign': 'FALSE',
      ...(settings.allowDuplicates === true ? { 'sforce-duplicate-rule-header': 'allowSave=true' } : {}),
    },
    body: JSON.stringify({ allOrNone: false, records }),
  };
}

function toResult(result: CollectionResult, write: RecordWrite | undefined): WriteResult {
  const id = result.id ?? write?.id;
  if (result.success && typeof id === 'string') {
    const created = write?.operation === 'insert' || result.created === true;
    return { outcome: 'written', id: toLongId(id) ?? id, created };
  }
  const fault = result.errors[0] ?? { code: '', message: 'no reason given', fields: [], duplicateIds: [] };
  return { outcome: 'refused', error: recordError(fault, write?.id) };
}

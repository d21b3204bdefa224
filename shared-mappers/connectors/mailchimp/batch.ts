import { z } from 'zod';
import { NoAnswerError, StackbridgeError } from '../../errors/stackbridge-error.ts';
import { parseBodyAs } from '../../http/json-body.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import type { SourceRecord } from '../../model/record.ts';
import { BatchFault, concernsConnection, isOutcomeUnknown, memberError } from './errors.ts';
import { addressKey } from './identity.ts';
import { JSON_BODY } from './member-path.ts';
import { toSourceRecord } from './record.ts';

/** One member of a batch, found again in the answer by its address. */
export interface BatchMember {
  readonly email: string;
  /** As the API takes it, `email_address` included. */
  readonly body: JsonObject;
}

export type BatchOutcome =
  | { readonly kind: 'created' | 'updated'; readonly record: SourceRecord }
  | { readonly kind: 'refused' | 'uncertain'; readonly error: StackbridgeError };

export interface BatchOptions {
  /** Existing members are updated; else each of them is refused as `MEMBER_EXISTS`. */
  readonly updateExisting: boolean;
  readonly repeatable: boolean;
}

const Members = z.array(z.custom<JsonValue>());
const BatchAnswer = z.object({
  new_members: Members,
  updated_members: Members,
  errors: z.array(BatchFault).default([]),
});

/**
 * Writes up to 500 members with different addresses in one call. Outcomes stand in the order of the members. Rejects
 * where the call as a whole failed.
 */
export async function sendBatch(
  client: SystemClient,
  audienceId: string,
  members: readonly BatchMember[],
  { updateExisting, repeatable }: BatchOptions,
): Promise<BatchOutcome[]> {
  const body = JSON.stringify({
    members: members.map((member) => member.body),
    update_existing: updateExisting,
    sync_tags: false,
  });
  // A merge field is "required" on sign-up forms: a sync that left members out for it would lose people.
  const path = `/lists/${encodeURIComponent(audienceId)}?skip_merge_validation=true`;
  const answer = await client.send({ method: 'POST', path, headers: JSON_BODY, body }, { repeatable });
  const { new_members, updated_members, errors } = parseBodyAs(BatchAnswer, answer.body, 'mailchimp');

  const outcomes = new Map<string, BatchOutcome>();
  for (const fault of errors) {
    outcomes.set(addressKey(fault.email_address), { kind: 'refused', error: memberError(fault) });
  }
  const take = (kind: 'created' | 'updated', list: readonly JsonValue[]): void => {
    for (const row of list) {
      const record = toSourceRecord(row);
      const email = record?.values.email_address;
      if (record !== undefined && typeof email === 'string')
        outcomes.set(addressKey(email), { kind, record });
    }
  };
  take('created', new_members);
  take('updated', updated_members);
  return members.map(({ email }) => outcomes.get(addressKey(email)) ?? unmentioned());
}

/**
 * Sends members; where they are refused whole, halves them until the one at fault is found.
 *
 * @param settle told once for each member
 */
export async function sendHalving<Member extends BatchMember>(
  members: readonly Member[],
  send: (members: readonly Member[]) => Promise<BatchOutcome[]>,
  settle: (member: Member, outcome: BatchOutcome) => void,
): Promise<void> {
  try {
    const outcomes = await send(members);
    for (const [index, member] of members.entries()) settle(member, outcomes[index] ?? unmentioned());
  } catch (error) {
    if (!(error instanceof StackbridgeError) || concernsConnection(error)) throw error;
    if (error.class === 'Rejected' && members.length > 1) {
      const middle = Math.ceil(members.length / 2);
      await sendHalving(members.slice(0, middle), send, settle);
      await sendHalving(members.slice(middle), send, settle);
      return;
    }
    const kind = isOutcomeUnknown(error) ? 'uncertain' : 'refused';
    for (const member of members) settle(member, { kind, error });
  }
}

/** Cuts a list so that no batch holds an address twice: Mailchimp refuses the second one. */
export function withoutRepeats<Member extends BatchMember>(members: readonly Member[]): Member[][] {
  const batches: { keys: Set<string>; members: Member[] }[] = [];
  for (const member of members) {
    const key = addressKey(member.email);
    let batch = batches.find(({ keys }) => !keys.has(key));
    if (batch === undefined) {
      batch = { keys: new Set(), members: [] };
      batches.push(batch);
    }
    batch.keys.add(key);
    batch.members.push(member);
  }
  return batches.map((batch) => batch.members);
}

function unmentioned(): BatchOutcome {
  const error = new NoAnswerError('Mailchimp gave no result for this member', 'unknown', {
    system: 'mailchimp',
  });
  return { kind: 'uncertain', error };
}

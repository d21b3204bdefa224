import { NoAnswerError, StackbridgeError } from '../../errors/stackbridge-error.ts';
import { isJsonObject } from '../../http/json-body.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { Instant } from '../../model/instant.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import type { SourceRecord } from '../../model/record.ts';
import { type BatchMember, type BatchOutcome, sendBatch } from './batch.ts';
import { isOutcomeUnknown } from './errors.ts';
import { addressKey } from './identity.ts';
import { readListing } from './listing.ts';

/**
 * Creates members in one call. Whoever is a member already is refused as `MEMBER_EXISTS` and stays
 * untouched. Where no answer came the call is repeated: those that the first one has made come back as existing, are
 * looked up, and count as created.
 */
export async function createMembers(
  client: SystemClient,
  audienceId: string,
  members: readonly BatchMember[],
): Promise<BatchOutcome[]> {
  const begun = client.clock.now();
  try {
    return await sendBatch(client, audienceId, members, { updateExisting: false, repeatable: false });
  } catch (error) {
    if (!(error instanceof StackbridgeError) || !isOutcomeUnknown(error)) throw error;
  }
  const outcomes = await sendBatch(client, audienceId, members, { updateExisting: false, repeatable: true });
  const existing = members.filter((_member, index) => isExisting(outcomes[index]));
  if (existing.length === 0) return outcomes;
  const made = await findMade(client, audienceId, existing, begun);
  return members.map(({ email }, index) => {
    const record = made.get(addressKey(email));
    const outcome = outcomes[index] ?? { kind: 'uncertain', error: neverAnswered() };
    return record !== undefined && isExisting(outcome) ? { kind: 'created', record } : outcome;
  });
}

/** The members that the unanswered call has made, by address. */
async function findMade(
  client: SystemClient,
  audienceId: string,
  members: readonly BatchMember[],
  begun: Instant,
): Promise<Map<string, SourceRecord>> {
  const bodies = new Map(members.map(({ email, body }) => [addressKey(email), body]));
  const made = new Map<string, SourceRecord>();
  const since = await serverTimeAt(client, begun);
  if (since === undefined) return made;
  const columns = columnsOf([...bodies.values()]);
  for await (const { records } of readListing(client, { audienceId, columns, since })) {
    for (const record of records) {
      const email = record.values.email_address;
      const key = typeof email === 'string' ? addressKey(email) : '';
      const sent = bodies.get(key);
      if (sent !== undefined && isAsSent(sent, record.values)) made.set(key, record);
    }
    if (made.size === bodies.size) return made;
  }
  return made;
}

/** The server's clock at a moment of ours: both clocks run alike, but need not agree. */
async function serverTimeAt(client: SystemClient, moment: Instant): Promise<Instant | undefined> {
  const { serverTime } = await client.send({ method: 'GET', path: '/ping' }, { repeatable: true });
  return serverTime === undefined ? undefined : serverTime - (client.clock.now() - moment);
}

function columnsOf(bodies: readonly JsonObject[]): string[] {
  const columns = new Set<string>();
  for (const { merge_fields: merged } of bodies) {
    if (isJsonObject(merged)) for (const tag of Object.keys(merged)) columns.add(tag);
  }
  return [...columns];
}

/**
 * Whether a member holds what was sent. One that somebody else made in the same seconds, with all the same values and
 * the same consent, may pass for ours: linked or created, it ends alike. A value that Mailchimp has rewritten makes
 * it a stranger, which is reconciled as such.
 */
function isAsSent(sent: JsonObject, stored: JsonObject): boolean {
  if (sent.status !== stored.status) return false;
  const [values, held] = [sent.merge_fields, stored.merge_fields];
  if (!isJsonObject(values)) return true;
  return isJsonObject(held) && Object.entries(values).every(([tag, value]) => isSame(value, held[tag]));
}

function isSame(sent: JsonValue | undefined, stored: JsonValue | undefined): boolean {
  if (isJsonObject(sent)) {
    if (!isJsonObject(stored)) return Object.values(sent).every((part) => part === '');
    return Object.entries(sent).every(([part, value]) => isSame(value, stored[part]));
  }
  return textOf(sent) === textOf(stored);
}

function textOf(value: JsonValue | undefined): string {
  return value === undefined || value === null ? '' : String(value).trim();
}

function isExisting(outcome: BatchOutcome | undefined): boolean {
  return outcome?.kind === 'refused' && outcome.error.code === 'MEMBER_EXISTS';
}

function neverAnswered(): NoAnswerError {
  return new NoAnswerError('Mailchimp gave no result for this member', 'unknown', { system: 'mailchimp' });
}

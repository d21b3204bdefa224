import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { parseJsonBody } from '../../http/json-body.ts';
import type { SystemAnswer, SystemClient } from '../../http/system-client.ts';
import type { JsonObject, MutableJsonObject } from '../../model/json.ts';
import type { SourceRecord } from '../../model/record.ts';
import type { WriteRequest, WriteResult } from '../../ports/connector.ts';
import { concernsConnection, errorOf, isOutcomeUnknown } from './errors.ts';
import { addressKey } from './identity.ts';
import { JSON_BODY, memberPath } from './member-path.ts';
import { toSourceRecord } from './record.ts';
import { tagsIn, writeTags } from './tags.ts';

/** A request about a member that is known by its contact id. */
export type MemberRequest = Exclude<WriteRequest, { action: 'create' }>;

/** Writes one member by calls of its own. Rejects only for what concerns the connection. */
export interface MemberWriter {
  write(request: MemberRequest): Promise<WriteResult>;
  /** Gives a member that has just been written the tags of its payload, if that has any. */
  finish(request: MemberRequest, written: SourceRecord | undefined): Promise<WriteResult>;
  /** Archives a member that a batch has let in by mistake. */
  takeBack(record: SourceRecord): Promise<WriteResult>;
}

export function createMemberWriter(client: SystemClient, audienceId: string): MemberWriter {
  async function send(
    method: 'GET' | 'PUT' | 'PATCH' | 'DELETE',
    id: string,
    body?: JsonObject,
  ): Promise<SystemAnswer> {
    const query = body === undefined ? '' : '?skip_merge_validation=true';
    const path = `${memberPath(audienceId, id)}${query}`;
    const content = body === undefined ? {} : { headers: JSON_BODY, body: JSON.stringify(body) };
    // Each of these calls says how the member shall be: a repeat changes nothing more.
    const answer = await client.send({ method, path, ...content }, { repeatable: true });
    if (answer.status === 404) throw refusal('RECORD_GONE', 'Mailchimp has no such member', id);
    return answer;
  }

  async function put(
    method: 'PUT' | 'PATCH',
    id: string,
    body: JsonObject,
  ): Promise<SourceRecord | undefined> {
    return toSourceRecord(parseJsonBody((await send(method, id, body)).body, 'mailchimp'));
  }

  async function read(id: string): Promise<SourceRecord | undefined> {
    return toSourceRecord(parseJsonBody((await send('GET', id)).body, 'mailchimp'));
  }

  async function carryOut(request: MemberRequest): Promise<WriteResult> {
    const { id } = request;
    switch (request.action) {
      case 'update': {
        const body = fieldsIn(request.payload);
        return tagged(request, isEmpty(body) ? undefined : await put('PATCH', id, body));
      }
      case 'ask-again':
        return tagged(request, await put('PATCH', id, { ...fieldsIn(request.payload), status: 'pending' }));
      case 'rename':
        return tagged(request, await rename(id, fieldsIn(request.payload)));
      case 'opt-out':
        return optOut(request);
      case 'restore':
        return restore(request);
      case 'archive':
        return archive(id);
    }
  }

  async function rename(id: string, body: JsonObject): Promise<SourceRecord | undefined> {
    try {
      return await put('PATCH', id, body);
    } catch (error) {
      if (!isRefusal(error) || error.code !== 'MEMBER_EXISTS') throw error;
      throw refusal('ADDRESS_TAKEN', 'Mailchimp: another member of the audience has the new address', id);
    }
  }

  /** An opt-out must not fail for a value that travels with it: then it goes alone, and the value is reported. */
  async function optOut(request: Extract<MemberRequest, { action: 'opt-out' }>): Promise<WriteResult> {
    const { id } = request;
    const fields = fieldsIn(request.payload);
    const out = { status: 'unsubscribed' } as const;
    try {
      return await tagged(request, await put('PATCH', id, { ...fields, ...out }));
    } catch (error) {
      if (!isRefusal(error) || error.code === 'RECORD_GONE') throw error;
      if (!isEmpty(fields) && isAboutValue(error)) {
        await put('PATCH', id, out);
        throw error;
      }
      const status = (await read(id))?.values.status;
      if (status === 'unsubscribed') return { outcome: 'written', id, created: false };
      if (status !== 'cleaned') throw error;
      throw refusal('MEMBER_CLEANED', 'Mailchimp: mail to the member bounced for good', id);
    }
  }

  /** A member that is back already keeps its consent, whatever the payload says. */
  async function restore(request: Extract<MemberRequest, { action: 'restore' }>): Promise<WriteResult> {
    const { id, payload } = request;
    const status = payload.status ?? payload.status_if_new;
    if (typeof status !== 'string') {
      throw new StackbridgeError('BUG', 'A member is restored with a stated consent only', { recordId: id });
    }
    const current = await read(id);
    const fields = fieldsIn(payload);
    if (current?.state !== 'archived') return tagged(request, await rename(id, fields));
    // Under another address Mailchimp would let in somebody new: the member comes back first, and moves then.
    const { email_address: wanted, ...others } = fields;
    const { email_address } = current.values;
    let back = await put('PUT', id, { ...others, email_address, status_if_new: status });
    if (back?.state === 'archived') back = await put('PATCH', id, { status });
    const moves = typeof wanted === 'string' && addressKey(wanted) !== addressKey(String(email_address));
    return tagged(request, moves ? await rename(id, { email_address: wanted }) : back);
  }

  async function archive(id: string): Promise<WriteResult> {
    const answer = await send('DELETE', id);
    if (answer.status !== 405) return { outcome: 'written', id, created: false };
    const member = await read(id);
    if (member?.state === 'archived') return { outcome: 'written', id, created: false };
    throw refusal('REJECTED', 'Mailchimp archives no contact that has bounced or has yet to confirm', id);
  }

  async function tagged(request: MemberRequest, written: SourceRecord | undefined): Promise<WriteResult> {
    const { id } = request;
    const wanted = request.action === 'archive' ? undefined : tagsIn(request.payload);
    if (wanted !== undefined) await writeTags(client, audienceId, id, wanted, written);
    const isCurrent = wanted === undefined && written !== undefined;
    return { outcome: 'written', id, created: false, ...(isCurrent ? { record: written } : {}) };
  }

  return {
    write: (request) => settled(request.id, () => carryOut(request)),
    finish: (request, written) => settled(request.id, () => tagged(request, written)),
    takeBack: ({ id }) => settled(id, () => archive(id)),
  };
}

/**
 * What a routine write carries: never a status (it would subscribe people again), nor tags, which only a call of their
 * own can take away.
 */
export function fieldsIn(payload: JsonObject): MutableJsonObject {
  const { status: _status, status_if_new: _ifNew, tags: _tags, ...fields } = payload;
  return fields;
}

export function isEmpty(fields: JsonObject): boolean {
  return Object.keys(fields).length === 0;
}

async function settled(id: string, work: () => Promise<WriteResult>): Promise<WriteResult> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StackbridgeError) || concernsConnection(error)) throw error;
    return { outcome: isOutcomeUnknown(error) ? 'uncertain' : 'refused', error: errorOf(error, id) };
  }
}

function isRefusal(error: unknown): error is StackbridgeError {
  return error instanceof StackbridgeError && error.class === 'Rejected';
}

function isAboutValue({ context, code }: StackbridgeError): boolean {
  return context.field !== undefined || code === 'VALUE_INVALID' || code === 'EMAIL_INVALID';
}

function refusal(
  code: 'RECORD_GONE' | 'ADDRESS_TAKEN' | 'MEMBER_CLEANED' | 'REJECTED',
  message: string,
  recordId: string,
): StackbridgeError {
  return new StackbridgeError(code, message, { system: 'mailchimp', recordId });
}

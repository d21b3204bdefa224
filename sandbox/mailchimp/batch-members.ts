import type { Account } from './account.ts';
import type { Audience } from './audience.ts';
import { subscriberHash, tidyEmail } from './email-address.ts';
import type { Member } from './member.ts';
import type { MemberInBatch } from './member-bodies.ts';
import { addMember, updateMember, type WriteOptions } from './member-writes.ts';
import { Problem } from './problem.ts';
import { replaceTags, setTags } from './segments.ts';

export interface BatchOptions extends WriteOptions {
  /** Existing members are updated; otherwise each is an error. */
  updateExisting: boolean;
  /** The tags of each member become exactly those sent with it. */
  syncTags: boolean;
  /** Of several entries with one address only the first counts, silently. */
  skipDuplicateCheck: boolean;
}

/** One member of a batch that was refused, in the API's words. */
export interface BatchFault {
  email_address: string;
  error: string;
  error_code: 'ERROR_CONTACT_EXISTS' | 'ERROR_GENERIC';
  field: string;
  field_message: string;
}

export interface BatchResult {
  created: Member[];
  updated: Member[];
  faults: BatchFault[];
}

/** Carries out `POST /lists/{id}`: each member by itself, one bad one does not stop the rest. */
export function writeBatch(
  account: Account,
  audience: Audience,
  members: readonly MemberInBatch[],
  options: BatchOptions,
): BatchResult {
  const result: BatchResult = { created: [], updated: [], faults: [] };
  const seen = new Set<string>();
  for (const input of members) {
    const hash = subscriberHash(input.email_address);
    if (seen.has(hash)) {
      if (!options.skipDuplicateCheck) {
        const email = tidyEmail(input.email_address);
        result.faults.push(fault(input, `Duplicate items found in this request for ${email}`));
      }
      continue;
    }
    seen.add(hash);
    try {
      writeOne(account, audience, input, hash, options, result);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const first = error.errors?.[0];
      result.faults.push(fault(input, error.message, first?.field, first?.message));
    }
  }
  return result;
}

function writeOne(
  account: Account,
  audience: Audience,
  input: MemberInBatch,
  hash: string,
  options: BatchOptions,
  result: BatchResult,
): void {
  const existing = audience.members.byHash(hash);
  if (existing !== undefined && existing.status !== 'archived') {
    if (!options.updateExisting) {
      const message = `${tidyEmail(input.email_address)} is already a list member, do you want to update? please provide update_existing:true in the request body`;
      result.faults.push({ ...fault(input, message), error_code: 'ERROR_CONTACT_EXISTS' });
      return;
    }
    // Without a status the member keeps its own.
    updateMember(account, audience, existing, undefined, input, options);
    applyTags(account, audience, existing, input.tags, options.syncTags);
    result.updated.push(existing);
    return;
  }
  if (input.status === undefined) {
    result.faults.push(
      fault(input, 'Required fields were not provided: status', 'status', 'Please enter a value'),
    );
    return;
  }
  const member = addMember(account, audience, input.email_address, input.status, input, options);
  applyTags(account, audience, member, input.tags, options.syncTags);
  result.created.push(member);
}

/** Tags sent are put on; with `replace` all others are taken off. Members sent without tags keep theirs. */
function applyTags(
  account: Account,
  audience: Audience,
  member: Member,
  names: readonly string[] | undefined,
  replace: boolean,
): void {
  if (names === undefined) return;
  if (replace) replaceTags(account, audience, member, names);
  else
    setTags(
      account,
      audience,
      member,
      names.map((name) => ({ name, isActive: true })),
    );
}

function fault(input: MemberInBatch, error: string, field = '', field_message = ''): BatchFault {
  return { email_address: input.email_address, error, error_code: 'ERROR_GENERIC', field, field_message };
}

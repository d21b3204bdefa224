import { ERROR_CODES, type ErrorCode } from '../errors/codes.ts';
import type { StackbridgeError } from '../errors/stackbridge-error.ts';
import type { Instant } from '../model/instant.ts';
import type { Parked } from '../model/parked.ts';
import type { Issue, SubjectRef } from '../plan/subject-plan.ts';

/** A conflict over an address may pass by itself, once another record has moved. */
export function waitsForOthers(code: ErrorCode): boolean {
  return code === 'ADDRESS_TAKEN' || code === 'SEVERAL_MATCHES';
}

const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 6 * 3_600_000;

interface Where {
  readonly scope: string;
  readonly recipe: string;
  readonly subject: SubjectRef;
  readonly now: Instant;
  /** How the same subject was parked before. */
  readonly before: readonly Parked[];
}

/** What a plan could not settle, as it is kept for a person. */
export function parkIssue(issue: Issue, where: Where): Parked {
  return park(issue.kind, issue.code, issue.fields, issue.message, where);
}

/** A refused or unanswered write. Some refusals are a conflict, some the vendor's last word. */
export function parkRefusal(error: StackbridgeError, fields: readonly string[], where: Where): Parked {
  const kind = error.code.startsWith('MEMBER_')
    ? 'terminal'
    : error.class === 'Conflict'
      ? 'conflict'
      : 'failure';
  return park(kind, error.code, fields, error.message, where);
}

function park(
  kind: Parked['kind'],
  code: Parked['code'],
  fields: readonly string[],
  message: string,
  { scope, recipe, subject, now, before }: Where,
): Parked {
  const earlier = before.find((candidate) => candidate.kind === kind);
  const attempts = (earlier?.attempts ?? 0) + 1;
  const mayPass = ERROR_CODES[code].class === 'Transient' || waitsForOthers(code);
  const retryAt = mayPass
    ? { retryAt: now + Math.min(FIRST_RETRY_MS * 4 ** (attempts - 1), LONGEST_RETRY_MS) }
    : {};
  return {
    kind,
    scope,
    recipe,
    subject: subject.key,
    ...(subject.leftId === undefined ? {} : { leftId: subject.leftId }),
    ...(subject.rightId === undefined ? {} : { rightId: subject.rightId }),
    keyHash: subject.keyHash,
    code,
    fields,
    message,
    next: ERROR_CODES[code].next,
    attempts,
    firstAt: earlier?.firstAt ?? now,
    lastAt: now,
    ...retryAt,
  };
}

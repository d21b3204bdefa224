import { ERROR_CODES, type ErrorCode } from '../../../errors/codes.ts';
import type { StackbridgeError } from '../../../errors/stackbridge-error.ts';
import type { ActivityEvent } from '../../../model/activity.ts';
import type { Parked } from '../../../model/parked.ts';
import type { PersonPlan, PlannedEvent } from '../../../plan/activity/person-plan.ts';
import { subjectOf } from '../../../plan/activity/plan-person.ts';
import type { ExecutionLedger } from './execution-ledger.ts';

/** Why something was not carried over, and what to do next. */
export interface ActivityIssue {
  readonly code: ErrorCode;
  readonly message: string;
  readonly next: string;
}

/** What one execution came to for one event. */
export interface EventOutcome {
  /** `applied` is also what had been written before and was found again. */
  readonly outcome: 'planned' | 'applied' | 'unchanged' | 'excluded' | 'failed';
  readonly event: ActivityEvent;
  /** The person's record; absent where there is none. */
  readonly recordId?: string;
  /** Why it is left out. */
  readonly because?: string;
  readonly issue?: ActivityIssue;
}

interface Facts {
  readonly ledger: Pick<ExecutionLedger, 'written'>;
  /** What was parked, by subject. */
  readonly parked: ReadonlyMap<string, Parked>;
  /** Nothing was to be written. */
  readonly isPreview: boolean;
  /** What ended the execution before everything was written. */
  readonly stopped: StackbridgeError | undefined;
}

function issueOf({ code, message }: Pick<ActivityIssue, 'code' | 'message'>): ActivityIssue {
  return { code, message, next: ERROR_CODES[code].next };
}

/** @param plan of the person who did it */
export function eventOutcome(
  { event, ...planned }: PlannedEvent,
  plan: PersonPlan,
  facts: Facts,
): EventOutcome {
  const { ledger, parked, isPreview, stopped } = facts;
  const recordId = ledger.written.get(event.key)?.recordId ?? plan.person.recordId;
  const about = { event, ...(recordId === undefined ? {} : { recordId }) };
  const failed = (because: Pick<ActivityIssue, 'code' | 'message'>): EventOutcome => ({
    ...about,
    outcome: 'failed',
    issue: issueOf(because),
  });
  switch (planned.outcome) {
    case 'excluded':
      return { ...about, outcome: 'excluded', because: planned.because ?? '' };
    case 'unchanged':
      return { ...about, outcome: 'unchanged' };
    case 'parked':
      return failed(plan.issue ?? UNTOLD);
    case 'apply':
      if (isPreview) return { ...about, outcome: 'planned' };
      if (ledger.written.has(event.key)) return { ...about, outcome: 'applied' };
      return failed(parked.get(subjectOf(event)) ?? stopped ?? UNTOLD);
  }
}

const UNTOLD = { code: 'BUG', message: 'An event was left without an outcome' } as const;

import type { DocumentMemory } from '../../model/billing/ledger.ts';
import type { BillingAnswer } from './decision.ts';

/**
 * What becomes of a time entry or a timesheet. `as-sent`: nothing has happened since it was sent that is ours to carry
 * over. `as-wanted`: it says what it should, which is to be remembered. `settle`: a person has seen to it. `closed`,
 * `changed`, `gone`: a person is asked. `faulty`: something is to be mended first.
 */
export type Verdict =
  | 'create'
  | 'update'
  | 'as-sent'
  | 'as-wanted'
  | 'settle'
  | 'closed'
  | 'changed'
  | 'gone'
  | 'faulty';

export interface VerdictFacts {
  /** Fingerprint of what it should say, in the words of the project tool. */
  readonly asked: string;
  /** The same as the accounts would hold it; absent where that cannot be told, since something is to be mended first. */
  readonly wanted: string | undefined;
  readonly memory: DocumentMemory | undefined;
  /** As the accounts hold it; absent where it is not there. */
  readonly held:
    | {
        /** Absent where its content was not read, since the memory alone decides. */
        readonly print: string | undefined;
        readonly isOpen: boolean;
        /** It is as our last write left it, or as one that was never answered may have. */
        readonly isUntouched: boolean;
      }
    | undefined;
  readonly answer: BillingAnswer | undefined;
}

/** The same for both, since both are written whole. Nothing that is closed or that a person changed is written. */
export function verdictOn({ asked, wanted, memory, held, answer }: VerdictFacts): Verdict {
  if (isAsSent(memory, asked) && (held !== undefined || memory?.settled === true)) return 'as-sent';
  if (held === undefined) {
    // A move between projects forgets the id before it takes the entry away.
    if (memory?.documentId !== undefined && answer !== 'free')
      return answer === 'settled' ? 'settle' : 'gone';
    return wanted === undefined ? 'faulty' : 'create';
  }
  if (wanted !== undefined && held.print === wanted) return 'as-wanted';
  if (answer === 'settled') return 'settle';
  if (wanted === undefined) return 'faulty';
  if (!held.isOpen) return 'closed';
  return held.isUntouched ? 'update' : 'changed';
}

/** What is wanted was sent before, and answered: the work has not changed since. */
export function isAsSent(memory: DocumentMemory | undefined, asked: string): boolean {
  return memory?.sent === asked && memory.pending === undefined;
}

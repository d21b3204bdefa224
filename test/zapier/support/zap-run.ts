import { ERROR_CODES, type ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { BrakeName } from '@stackbridge/shared-mappers/plan/brakes.ts';
import { EXIT, exitCodeOf } from 'stackbridge/commands/exit-code.ts';
import type { SyncOutcome } from 'stackbridge/scenarios/host.ts';
import { z } from 'zod';
import type { StepEnd } from './platform.ts';
import type { Delivery } from './zap.ts';

/** Records that were written. */
export type Written = Readonly<Record<'salesforce' | 'mailchimp', number>>;

const knownCode = z.custom<ErrorCode>((code) => typeof code === 'string' && code in ERROR_CODES);

const BRAKE_NAMES: Readonly<Partial<Record<ErrorCode, readonly BrakeName[]>>> = {
  BRAKE_DELETES: ['deletes'],
  BRAKE_OVERWRITES: ['overwrites'],
};

/** What one look of all Zaps came to. */
export class ZapRun {
  readonly delivered: Delivery[] = [];
  #stopped: Exclude<StepEnd, { kind: 'done' }> | undefined;

  stop(end: Exclude<StepEnd, { kind: 'done' }>): void {
    this.#stopped ??= end;
  }

  outcome(rows: readonly Parked[], writes: Written): SyncOutcome {
    const stopped = this.#stopped;
    const code = knownCode.safeParse(stopped?.code).data;
    const conflicts = rows.filter(({ kind }) => kind === 'conflict').length;
    const failed = rows.filter(({ kind }) => kind === 'failure').length;
    const counts = { applied: this.delivered.length, unchanged: 0, excluded: 0, conflicts, failed };
    return {
      kind: 'ended',
      exit: code === undefined ? (conflicts + failed > 0 ? EXIT.someLeft : EXIT.done) : exitCodeOf(code),
      summary: {
        counts,
        writes,
        calls: {},
        excluded: {},
        ...(code === undefined ? {} : { stoppedBy: code }),
      },
      brakes: code === undefined ? [] : (BRAKE_NAMES[code] ?? []),
      warnings: [],
      missed: [],
      ...(stopped === undefined ? {} : { message: stopped.message }),
    };
  }
}

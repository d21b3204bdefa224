import type { WriteReason } from '../merge/decision.ts';
import type { Side } from '../model/side.ts';
import type { WriteAction } from '../ports/connector.ts';
import type { StoreChange } from '../ports/store.ts';

/** Why a value is written: the decision in words that the preview, the audit and the conflict list share. */
export type Reason = WriteReason | 'decision' | 'opt-out' | 'resubscribed' | 'deleted' | 'new-record';

/** One field of an operation. Values are canonical. */
export interface FieldChange {
  /** Index of the compiled rule; -1 for consent. */
  readonly rule: number;
  readonly name: string;
  /** The value before; absent where the record was at its base and therefore not read. */
  readonly from?: string;
  readonly to: string;
  readonly reason: Reason;
  /** Base entry to remember once the write has succeeded. */
  readonly entry: string;
  /** The value goes to both sides: they agree on it only when both writes have succeeded. */
  readonly both?: true;
}

/** One write on one side. Frozen data: the preview prints it, apply carries it out. */
export interface Operation {
  readonly side: Side;
  readonly action: WriteAction;
  /** Id of the record written; absent for `create`. */
  readonly recordId?: string;
  /** Current match address, where known: lets a Mailchimp update travel in a batch. */
  readonly email?: string;
  readonly changes: readonly FieldChange[];
  /** 0: opt-outs, first when calls are scarce. 1: everything else. 2: archives. */
  readonly priority: 0 | 1 | 2;
  /** Sync state to commit together with the success of this write. */
  readonly remember?: readonly StoreChange[];
}

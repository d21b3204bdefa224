import type { Amount } from '../wire/money.ts';

export interface Project {
  readonly id: string;
  readonly contactId: string;
  readonly name: string;
  readonly status: 'INPROGRESS' | 'CLOSED';
  readonly deadlineUtc?: string;
  readonly estimate?: Amount;
}

export const CHARGE_TYPES = ['TIME', 'FIXED', 'NON_CHARGEABLE'] as const;

export interface ProjectTask {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly rate: Amount;
  readonly chargeType: (typeof CHARGE_TYPES)[number];
  readonly estimateMinutes?: number;
  readonly status: 'ACTIVE' | 'LOCKED' | 'INVOICED';
}

export interface TimeEntry {
  readonly id: string;
  readonly projectId: string;
  readonly taskId: string;
  readonly userId: string;
  /** ISO instant. */
  readonly dateUtc: string;
  readonly enteredMs: number;
  /** Minutes, at least 1. */
  readonly duration: number;
  readonly description: string;
  readonly status: 'ACTIVE' | 'LOCKED' | 'INVOICED';
  /** The invoice it went on, made in Xero's own screens. */
  readonly invoiceId?: string;
}

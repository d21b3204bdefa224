import type { ErrorCode } from '../../errors/codes.ts';
import type { ActivityEvent } from '../../model/activity.ts';
import type { JsonObject } from '../../model/json.ts';
import type { CrmPersonObject } from '../../ports/activity-target.ts';

/** Whom a plan is about. */
export interface PlannedPerson {
  readonly email: string;
  /** The record; absent where there is none, or none yet. */
  readonly recordId?: string;
  readonly object?: CrmPersonObject;
  /** Keyed hash of the address. */
  readonly keyHash: string;
}

/** The order in which a person's writes are sent: each may need what the ones before it have made. */
export const ACTIVITY_STEPS = ['lead', 'record', 'task', 'member', 'person', 'follow-up'] as const;
export type ActivityStep = (typeof ACTIVITY_STEPS)[number];

/** One record to write. Frozen data: the preview prints it, apply carries it out. */
export interface ActivityWrite {
  readonly step: ActivityStep;
  readonly object: string;
  /** Of a record that is there; absent: it is created. */
  readonly id?: string;
  /** External id, or the mark in a task's description. */
  readonly key?: string;
  /** Field that `key` goes into. */
  readonly externalId?: string;
  readonly payload: JsonObject;
  /** Field that takes the person's id. */
  readonly who?: string;
  /** Field that takes the id of the campaign's record. */
  readonly campaign?: { readonly field: string; readonly id: string };
  /** Keys of the events that it carries. */
  readonly events: readonly string[];
  /** In words, for people. */
  readonly why: string;
}

/** What becomes of one event. */
export interface PlannedEvent {
  readonly event: ActivityEvent;
  readonly outcome: 'apply' | 'unchanged' | 'excluded' | 'parked';
  readonly because?: string;
}

/** Follow-ups of this plan, remembered once their writes are done. */
export interface PlannedFollowUp {
  readonly threshold: string;
  readonly key: string;
}

/** Everything decided about one person, before anything is written. */
export interface PersonPlan {
  readonly person: PlannedPerson;
  readonly events: readonly PlannedEvent[];
  readonly writes: readonly ActivityWrite[];
  readonly followUps: readonly PlannedFollowUp[];
  readonly issue?: { readonly code: ErrorCode; readonly message: string };
}

import type { EventKind } from '../../model/activity.ts';

/** What becomes of opens that were a mail program's: `leave-out`, told apart but not counted, or like all others. */
export type MachineOpens = 'leave-out' | 'mark' | 'count';

/** Fields of the custom object, each left out where the recipe names none. */
export interface RecordFields {
  readonly contact?: string;
  readonly lead?: string;
  readonly campaign?: string;
  readonly campaignName?: string;
  readonly type?: string;
  readonly at?: string;
  readonly url?: string;
  readonly detail?: string;
  readonly machine?: string;
}

export interface RecordOptions {
  readonly object: string;
  readonly externalId: string;
  readonly events: ReadonlySet<EventKind>;
  readonly fields: RecordFields;
  /** Longest link that its field holds, in characters. */
  readonly urlLength: number;
}

export interface TaskOptions {
  readonly events: ReadonlySet<EventKind>;
  /** With `{event}`, `{campaign}`, `{subject}`, `{url}`. */
  readonly subject: string;
}

export interface MemberOptions {
  /** Label of each kind of event that the recipe gives a status, in rising order: a status is never lowered. */
  readonly statuses: ReadonlyMap<EventKind, string>;
  /** Statuses that count as a response, where a campaign gets them from us. */
  readonly responded: ReadonlySet<string>;
}

export interface CampaignOptions {
  /** `Name`, or the external-id field that holds Mailchimp's id. */
  readonly field: string;
  readonly creates: boolean;
  readonly type?: string;
}

/** Fields of the person that hold what the activity comes to. */
export interface RollUpFields {
  readonly lastOpen?: string;
  readonly lastClick?: string;
  readonly opens?: string;
  readonly clicks?: string;
  readonly score?: string;
}

export interface ScoreOptions {
  readonly points: Readonly<Partial<Record<EventKind, number>>>;
}

/** What happens when a person's score reaches a number, once. */
export interface ThresholdOptions {
  readonly name: string;
  readonly score: number;
  /** User id of the new owner. */
  readonly owner?: string;
  readonly task?: {
    /** With `{score}` and `{rule}`. */
    readonly subject: string;
    readonly dueInDays: number;
    readonly priority: string;
    /** User id; absent: whoever owns the record. */
    readonly owner?: string;
  };
}

/** Everything that planning a person needs to know of the recipe. */
export interface ActivityOptions {
  readonly recipe: string;
  readonly events: ReadonlySet<EventKind>;
  readonly machineOpens: MachineOpens;
  readonly unknown: 'park' | 'lead' | 'skip';
  readonly lead: { readonly company: string; readonly source?: string };
  /** Custom fields of leads and contacts are the same; so is the field of tasks that holds the key. */
  readonly taskKey?: string;
  readonly record?: RecordOptions;
  readonly task?: TaskOptions;
  readonly member?: MemberOptions;
  readonly campaign: CampaignOptions;
  readonly rollUps?: RollUpFields;
  readonly score: ScoreOptions;
  /** Days that counts and score look back. */
  readonly days: number;
  readonly thresholds: readonly ThresholdOptions[];
}

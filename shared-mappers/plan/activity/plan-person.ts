import { type ActivityEvent, type DeliveredEvent, memberHashOf, momentOf } from '../../model/activity.ts';
import type { Instant } from '../../model/instant.ts';
import type { CrmMember, CrmPerson } from '../../ports/activity-target.ts';
import type { ActivityOptions } from './activity-options.ts';
import type { ActivityWrite, PersonPlan, PlannedEvent, PlannedPerson } from './person-plan.ts';
import { planEngagement } from './plan-engagement.ts';
import { planMembers } from './plan-members.ts';
import { recordWrite } from './record-write.ts';
import { taskWrite } from './task-write.ts';

/** A campaign as planning knows it. */
export interface PlannedCampaign {
  readonly id: string;
  readonly title: string;
  readonly subject: string;
  /** Its record; absent where there is none yet. */
  readonly crmId?: string;
  /** There is a record, or one is created before anything is written about people. */
  readonly isInCrm: boolean;
}

/** What one address did, and what is known of whoever has it. */
export interface PersonFacts {
  readonly email: string;
  readonly keyHash: string;
  readonly record?: CrmPerson;
  /** Read in this run; each once. */
  readonly events: readonly ActivityEvent[];
  readonly delivered: readonly DeliveredEvent[];
  /** Memberships of the campaigns at hand. */
  readonly members: readonly CrmMember[];
}

export interface ActivityContext {
  readonly options: ActivityOptions;
  readonly now: Instant;
  readonly campaigns: ReadonlyMap<string, PlannedCampaign>;
}

/** Decides everything about one person. Pure: reads no clock, makes no call. */
export function planPerson(facts: PersonFacts, context: ActivityContext): PersonPlan {
  const { record, email, keyHash } = facts;
  const { options } = context;
  const events = judge(facts, context);
  const fresh = events.filter(({ outcome }) => outcome === 'apply').map(({ event }) => event);
  const person: PlannedPerson = {
    email,
    keyHash,
    ...(record === undefined ? {} : { recordId: record.id, object: record.object }),
  };
  if (record === undefined && options.unknown !== 'lead') return strangers(person, events, options);
  if (record === undefined && fresh.length === 0)
    return freeze({ person, events, writes: [], followUps: [] });

  const object = record?.object ?? 'Lead';
  const writes: ActivityWrite[] = record === undefined ? [leadWrite(email, options)] : [];
  for (const event of fresh) {
    const campaign = context.campaigns.get(event.campaignId);
    if (options.record?.events.has(event.kind)) {
      writes.push(recordWrite(event, campaign, object, options.record));
    }
    if (options.task?.events.has(event.kind)) {
      writes.push(taskWrite(event, campaign, object, options.task, options.taskKey));
    }
  }
  writes.push(...planMembers(fresh, facts.members, object, context));
  const engagement = planEngagement(facts, fresh, object, context);
  writes.push(...engagement.writes);
  return freeze({ person, events, writes, followUps: engagement.followUps });
}

/** What is new, what was delivered before, and what the recipe leaves out. */
function judge({ events, delivered }: PersonFacts, { options }: ActivityContext): PlannedEvent[] {
  // Somebody who has got another address since is told apart by another hash, but did it at the same moments.
  const known = new Set(delivered.map(momentOf));
  return events.map((event) => {
    if (event.machine && options.machineOpens === 'leave-out') {
      return { event, outcome: 'excluded', because: 'opened by a mail program, not by a person' };
    }
    return { event, outcome: known.has(momentOf(event)) ? 'unchanged' : 'apply' };
  });
}

function strangers(
  person: PlannedPerson,
  events: readonly PlannedEvent[],
  { unknown }: ActivityOptions,
): PersonPlan {
  const outcome = unknown === 'skip' ? 'excluded' : 'parked';
  const left = events.map(
    (one): PlannedEvent =>
      one.outcome === 'excluded'
        ? one
        : { event: one.event, outcome, because: 'nobody in Salesforce has the address' },
  );
  const isParked = left.some((one) => one.outcome === 'parked');
  const message = 'Nobody in Salesforce has the address that the campaign went to';
  const issue = { code: 'PERSON_UNKNOWN', message } as const;
  return freeze({ person, events: left, writes: [], followUps: [], ...(isParked ? { issue } : {}) });
}

function leadWrite(email: string, { lead }: ActivityOptions): ActivityWrite {
  const [name = email] = email.split('@');
  return {
    step: 'lead',
    object: 'Lead',
    payload: {
      // All that is known of the person is the address; the name is for a person to correct.
      LastName: name.slice(0, 80),
      Company: lead.company,
      Email: email,
      ...(lead.source === undefined ? {} : { LeadSource: lead.source }),
    },
    events: [],
    why: 'nobody in Salesforce has the address',
  };
}

/** Names what one person did with one campaign among the failures: it can be looked at again from this alone. */
export function subjectOf(event: ActivityEvent): string {
  return `${event.campaignId}:${memberHashOf(event)}`;
}

function freeze(plan: PersonPlan): PersonPlan {
  for (const write of plan.writes) Object.freeze(write);
  return Object.freeze(plan);
}

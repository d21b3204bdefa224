import { type ActivityEvent, memberHashOf } from '../../model/activity.ts';
import { parseInstant } from '../../model/instant.ts';
import type { JsonObject, JsonValue, MutableJsonObject } from '../../model/json.ts';
import type { CrmPersonObject } from '../../ports/activity-target.ts';
import { fillTemplate } from '../billing/fill-template.ts';
import type { ActivityOptions, RollUpFields, ThresholdOptions } from './activity-options.ts';
import { wireDay, wireTime } from './activity-words.ts';
import { DAY_MS, type Engagement, engagementOf } from './engagement.ts';
import type { ActivityWrite, PlannedFollowUp } from './person-plan.ts';
import type { ActivityContext, PersonFacts } from './plan-person.ts';
import { marked, SUBJECT_LENGTH } from './task-write.ts';

/** What a person's activity comes to: fields of the record, its owner, and follow-ups, each of which is made once. */
export function planEngagement(
  { record, delivered }: PersonFacts,
  fresh: readonly ActivityEvent[],
  object: CrmPersonObject,
  { options, now }: ActivityContext,
): { readonly writes: ActivityWrite[]; readonly followUps: PlannedFollowUp[] } {
  const engagement = engagementOf([...delivered, ...fresh], options.score, options.days, now);
  const made = new Set(delivered.filter(({ kind }) => kind === 'follow-up').map(({ key }) => key));
  const keyed = options.thresholds.map((threshold) => ({ threshold, key: followUpKey(options, threshold) }));
  const reached = keyed.filter(({ threshold, key }) => engagement.score >= threshold.score && !made.has(key));

  const payload = {
    ...rollUps(engagement, options.rollUps, record?.values ?? {}),
    ...newOwner(reached, record?.values.OwnerId),
  };
  const writes: ActivityWrite[] = [];
  if (Object.keys(payload).length > 0) {
    writes.push({
      step: 'person',
      object,
      ...(record === undefined ? {} : { id: record.id }),
      payload,
      events: [],
      why: Object.keys(payload).join(', '),
    });
  }
  const hash = hashIn([...fresh, ...delivered]);
  for (const { threshold } of reached) {
    if (threshold.task !== undefined) {
      writes.push(followUpWrite(threshold, threshold.task, hash, engagement.score, now, options));
    }
  }
  return {
    writes,
    followUps: reached.map(({ threshold, key }) => ({ threshold: threshold.name, key })),
  };
}

/** Of a rule of a recipe; whom it is for, the ledger knows beside it. */
function followUpKey({ recipe }: ActivityOptions, { name }: ThresholdOptions): string {
  return `${recipe}:${name}`;
}

function hashIn(events: readonly { readonly key: string; readonly kind: string }[]): string {
  const event = events.find(({ kind }) => kind !== 'follow-up');
  return event === undefined ? '' : memberHashOf(event);
}

function followUpWrite(
  { name, score: threshold }: ThresholdOptions,
  task: NonNullable<ThresholdOptions['task']>,
  memberHash: string,
  score: number,
  now: number,
  { recipe, taskKey }: ActivityOptions,
): ActivityWrite {
  const key = `${recipe}:${name}:${memberHash}`;
  return {
    step: 'follow-up',
    object: 'Task',
    key,
    ...(taskKey === undefined ? {} : { externalId: taskKey }),
    payload: {
      Subject: fillTemplate(task.subject, { score: String(score), rule: name }, SUBJECT_LENGTH),
      Status: 'Not Started',
      Priority: task.priority,
      ActivityDate: wireDay(now + task.dueInDays * DAY_MS),
      Description: marked([`Engagement score ${score}, threshold ${threshold}`], key),
      ...(task.owner === undefined ? {} : { OwnerId: task.owner }),
    },
    who: 'WhoId',
    events: [],
    why: `${name}: score ${score}`,
  };
}

function newOwner(
  reached: readonly { readonly threshold: ThresholdOptions }[],
  current: JsonValue | undefined,
): JsonObject {
  // Where several are reached at once, the highest decides.
  const owners = reached
    .map(({ threshold }) => threshold)
    .sort((a, b) => a.score - b.score)
    .flatMap(({ owner }) => owner ?? []);
  const owner = owners.at(-1);
  return owner === undefined || owner === current ? {} : { OwnerId: owner };
}

/** Fields whose value differs from what stands there. A time never goes back: older events are forgotten in time. */
function rollUps(
  { lastOpen, lastClick, opens, clicks, score }: Engagement,
  fields: RollUpFields | undefined,
  current: JsonObject,
): JsonObject {
  const payload: MutableJsonObject = {};
  const putTime = (field: string | undefined, at: number | undefined): void => {
    if (field === undefined || at === undefined) return;
    const held = current[field];
    const heldAt = typeof held === 'string' ? parseInstant(held) : undefined;
    if (heldAt === undefined || heldAt < at) payload[field] = wireTime(at);
  };
  const putCount = (field: string | undefined, count: number): void => {
    if (field !== undefined && (current[field] ?? 0) !== count) payload[field] = count;
  };
  putTime(fields?.lastOpen, lastOpen);
  putTime(fields?.lastClick, lastClick);
  putCount(fields?.opens, opens);
  putCount(fields?.clicks, clicks);
  putCount(fields?.score, score);
  return payload;
}

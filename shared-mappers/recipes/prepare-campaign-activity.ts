import { StackbridgeError } from '../errors/stackbridge-error.ts';
import type { MappingProblem } from '../mapping/mapping-problem.ts';
import { EVENT_KINDS, type EventKind } from '../model/activity.ts';
import type { ObjectSchema } from '../model/field-schema.ts';
import type { ActivityOptions, MemberOptions, RecordOptions } from '../plan/activity/activity-options.ts';
import type { ActivityTarget } from '../ports/activity-target.ts';
import { type ActivityJob, activityScope } from '../sync/activity/activity-job.ts';
import type { CampaignActivityRecipe } from './campaign-activity.ts';
import { type ActivitySchemas, checkCampaignActivity, objectsOf } from './check-campaign-activity.ts';

const DAY_MS = 86_400_000;

export type PreparedActivity =
  | { readonly job: ActivityJob }
  | { readonly problems: readonly MappingProblem[] };

/** Holds the recipe against the org as it is now and makes it ready to run. @param listId of its audience */
export async function prepareCampaignActivity(
  recipe: CampaignActivityRecipe,
  target: ActivityTarget,
  listId: string | undefined,
): Promise<PreparedActivity> {
  const schemas = await describeAll(objectsOf(recipe), target);
  const problems = checkCampaignActivity(recipe, schemas);
  if (problems.length > 0) return { problems };
  const options = optionsOf(recipe, schemas);
  const { name, follow, overlapMs, people, brakes } = recipe;
  const owners = options.thresholds.some(({ owner }) => owner !== undefined) ? ['OwnerId'] : [];
  return {
    job: {
      recipe: name,
      scope: activityScope(name),
      options,
      ...(listId === undefined ? {} : { listId }),
      followMs: follow * DAY_MS,
      overlapMs,
      people,
      personColumns: [...Object.values(options.rollUps ?? {}), ...owners],
      mostCreates: brakes.creates,
    },
  };
}

async function describeAll(objects: readonly string[], target: ActivityTarget): Promise<ActivitySchemas> {
  const described = await Promise.all(
    objects.map(async (object): Promise<[string, ObjectSchema | undefined]> => {
      try {
        return [object, await target.describe(object)];
      } catch (error) {
        // Unknown, or hidden from the signed-in user: Salesforce answers both alike.
        if (error instanceof StackbridgeError && error.code === 'RECORD_GONE') return [object, undefined];
        throw error;
      }
    }),
  );
  return new Map(described);
}

function optionsOf(recipe: CampaignActivityRecipe, schemas: ActivitySchemas): ActivityOptions {
  const { name, events, machineOpens, unknown, leads, campaigns, to, taskKey, score, days, rules } = recipe;
  const taken = new Set(events);
  return {
    recipe: name,
    events: taken,
    machineOpens,
    unknown,
    lead: leads,
    ...(taskKey === undefined ? {} : { taskKey }),
    ...(to.records === undefined ? {} : { record: recordOptions(to.records, taken, schemas) }),
    ...(to.tasks === undefined
      ? {}
      : { task: { events: new Set(to.tasks.events), subject: to.tasks.subject } }),
    ...(to.campaignMembers === undefined ? {} : { member: memberOptions(to.campaignMembers) }),
    campaign: {
      field: campaigns.key ?? 'Name',
      creates: campaigns.create,
      type: campaigns.type,
    },
    ...(to.rollUps === undefined ? {} : { rollUps: to.rollUps }),
    score: { points: score },
    days,
    thresholds: rules,
  };
}

function recordOptions(
  { object, externalId, events, fields }: NonNullable<CampaignActivityRecipe['to']['records']>,
  taken: ReadonlySet<EventKind>,
  schemas: ActivitySchemas,
): RecordOptions {
  const url = fields.url === undefined ? undefined : schemas.get(object)?.fields.get(fields.url);
  return {
    object,
    externalId,
    events: events === undefined ? taken : new Set(events),
    fields,
    urlLength: url?.maxLength ?? 255,
  };
}

/** In rising order: whoever has unsubscribed has clicked before, and a click says more than an open. */
function memberOptions(labels: NonNullable<CampaignActivityRecipe['to']['campaignMembers']>): MemberOptions {
  const statuses = new Map<EventKind, string>();
  for (const kind of EVENT_KINDS) {
    const label = labels[kind];
    if (label !== undefined) statuses.set(kind, label);
  }
  const responded = new Set([labels.open, labels.click].filter((label) => label !== undefined));
  return { statuses, responded };
}

import type { ActivityEvent } from '../../model/activity.ts';
import type { MutableJsonObject } from '../../model/json.ts';
import type { CrmPersonObject } from '../../ports/activity-target.ts';
import type { RecordOptions } from './activity-options.ts';
import { wireTime } from './activity-words.ts';
import type { ActivityWrite } from './person-plan.ts';
import type { PlannedCampaign } from './plan-person.ts';

/** One record of the custom object for one event: sent twice, it is the same record. */
export function recordWrite(
  event: ActivityEvent,
  campaign: PlannedCampaign | undefined,
  person: CrmPersonObject,
  { object, externalId, fields, urlLength }: RecordOptions,
): ActivityWrite {
  const payload: MutableJsonObject = {};
  const put = (field: string | undefined, value: string | boolean | undefined): void => {
    if (field !== undefined && value !== undefined) payload[field] = value;
  };
  put(fields.type, event.kind);
  put(fields.at, wireTime(event.at));
  put(fields.url, event.url?.slice(0, urlLength));
  put(fields.detail, event.detail?.slice(0, 255));
  put(fields.machine, event.machine);
  put(fields.campaignName, campaign?.title.slice(0, 255));
  const who = person === 'Lead' ? fields.lead : fields.contact;
  const { campaign: campaignField } = fields;
  return {
    step: 'record',
    object,
    key: event.key,
    externalId,
    payload,
    ...(who === undefined ? {} : { who }),
    ...(campaignField !== undefined && campaign?.isInCrm
      ? { campaign: { field: campaignField, id: event.campaignId } }
      : {}),
    events: [event.key],
    why: `${event.kind} of ${campaign?.title ?? event.campaignId}`,
  };
}

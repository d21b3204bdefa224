import type { SentCampaign } from '../../model/activity.ts';
import type { JsonObject } from '../../model/json.ts';
import { wireDay } from '../../plan/activity/activity-words.ts';
import type { PlannedCampaign } from '../../plan/activity/plan-person.ts';
import type { CrmCampaign } from '../../ports/activity-target.ts';
import type { ActivityJob, ActivityPorts } from './activity-job.ts';

/** A campaign that the CRM lacks. */
export interface NewCampaign {
  readonly id: string;
  /** The value that it is found again by. */
  readonly key: string;
  readonly payload: JsonObject;
}

/** Statuses that members will have and the campaign does not know. */
export interface MissingStatuses {
  readonly campaignId: string;
  readonly labels: readonly string[];
  /** How many it has already. */
  readonly known: number;
}

export interface CampaignPlan {
  /** By Mailchimp's id. */
  readonly byId: ReadonlyMap<string, PlannedCampaign>;
  readonly creates: readonly NewCampaign[];
  readonly statuses: readonly MissingStatuses[];
}

/** Campaign.Name holds 80 characters. */
const NAME_LENGTH = 80;
/** What Salesforce gives each new campaign. */
const FIRST_STATUSES = ['Sent', 'Responded'];

/** Finds each campaign's record, or plans it. Costs no call where the recipe has no use for them. */
export async function planCampaigns(
  campaigns: ReadonlyMap<string, SentCampaign>,
  { options }: ActivityJob,
  { target }: ActivityPorts,
): Promise<CampaignPlan> {
  const { campaign: rule, member } = options;
  const isNeeded =
    member !== undefined || options.record?.fields.campaign !== undefined || options.task !== undefined;
  const wanted = [...campaigns.values()];
  const found = isNeeded
    ? await target.campaigns(
        rule.field,
        wanted.map((campaign) => keyOf(campaign, rule.field)),
      )
    : [];
  // Several of one name: the oldest, which comes first.
  const byKey = new Map<string, CrmCampaign>();
  for (const one of found) if (!byKey.has(one.key.toLowerCase())) byKey.set(one.key.toLowerCase(), one);

  const byId = new Map<string, PlannedCampaign>();
  const creates: NewCampaign[] = [];
  const statuses: MissingStatuses[] = [];
  for (const campaign of wanted) {
    const key = keyOf(campaign, rule.field);
    const crm = byKey.get(key.toLowerCase());
    const isCreated = isNeeded && crm === undefined && rule.creates;
    const { id, title, subject } = campaign;
    byId.set(id, {
      id,
      title,
      subject,
      ...(crm === undefined ? {} : { crmId: crm.id }),
      isInCrm: crm !== undefined || isCreated,
    });
    if (isCreated) creates.push({ id, key, payload: payloadOf(campaign, rule.type) });
    if (member === undefined || (crm === undefined && !isCreated)) continue;
    const has = crm?.statuses ?? FIRST_STATUSES;
    const labels = [...new Set(member.statuses.values())].filter((label) => !has.includes(label));
    if (labels.length > 0) statuses.push({ campaignId: id, labels, known: has.length });
  }
  return { byId, creates, statuses };
}

function keyOf({ id, title, subject }: SentCampaign, field: string): string {
  return field === 'Name' ? (title || subject || id).slice(0, NAME_LENGTH) : id;
}

function payloadOf(campaign: SentCampaign, type: string | undefined): JsonObject {
  return {
    Name: keyOf(campaign, 'Name'),
    Status: 'Completed',
    IsActive: true,
    StartDate: wireDay(campaign.sentAt),
    ...(type === undefined ? {} : { Type: type }),
  };
}

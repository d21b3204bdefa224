import type { ErrorCode } from '../../errors/codes.ts';
import type { EventKind, SentCampaign } from '../../model/activity.ts';
import type { Parked } from '../../model/parked.ts';
import type { ActivityOptions } from '../../plan/activity/activity-options.ts';
import type { StoreChange } from '../../ports/store.ts';
import { parkIssue } from '../dead-letter.ts';
import type { PlannedActivity } from './plan-activity.ts';
import type { CampaignPlan } from './plan-campaigns.ts';

/** A campaign whose report waits unread: what was read and not carried over everywhere would be read no more. */
export interface HeldCampaign {
  readonly campaign: SentCampaign;
  readonly code: ErrorCode;
  readonly message: string;
  /** As its report counts them. */
  readonly events: number;
}

/** Failures of a whole campaign begin so. */
const CAMPAIGN = 'campaign:';

export function subjectOfCampaign(id: string): string {
  return `${CAMPAIGN}${id}`;
}

/** Those that waited before. */
export function campaignRows(parked: readonly Parked[]): Parked[] {
  return parked.filter(({ subject }) => subject.startsWith(CAMPAIGN));
}

/** Whether members are wanted in a campaign that the CRM lacks and the recipe may not create. */
export function isMissing(
  { id }: Pick<SentCampaign, 'id'>,
  { byId }: Pick<CampaignPlan, 'byId'>,
  { member }: Pick<ActivityOptions, 'member'>,
): boolean {
  return member !== undefined && byId.get(id)?.isInCrm !== true;
}

/** Of these campaigns those that wait for a record in the CRM. */
export function missingCampaigns(
  campaigns: readonly SentCampaign[],
  plan: Pick<CampaignPlan, 'byId'>,
  options: ActivityOptions,
): HeldCampaign[] {
  return campaigns
    .filter((campaign) => isMissing(campaign, plan, options))
    .map((campaign): HeldCampaign => {
      const { field } = options.campaign;
      const by = field === 'Name' ? 'of this name' : `with ${campaign.id} in ${field}`;
      return {
        campaign,
        code: 'CAMPAIGN_MISSING',
        message: `Salesforce has no campaign ${by}: ${nameOf(campaign)}`,
        events: countOf(campaign, (kind) => options.events.has(kind) && options.member?.statuses.has(kind)),
      };
    })
    .filter(({ events }) => events > 0);
}

/** What is left of campaigns that were deleted between the listing and their report. */
export function goneCampaigns(
  campaigns: readonly SentCampaign[],
  { events }: Pick<ActivityOptions, 'events'>,
): HeldCampaign[] {
  return [...new Set(campaigns)].map((campaign) => ({
    campaign,
    code: 'RECORD_GONE',
    message: `Deleted in Mailchimp before its report was read: ${nameOf(campaign)}`,
    events: countOf(campaign, (kind) => events.has(kind)),
  }));
}

function nameOf({ id, title, subject }: SentCampaign): string {
  return title || subject || id;
}

function countOf({ counts }: SentCampaign, isWanted: (kind: EventKind) => boolean | undefined): number {
  const byKind: Readonly<Record<EventKind, number>> = {
    send: counts.sent,
    open: counts.opens,
    click: counts.clicks,
    bounce: counts.bounces,
    unsubscribe: counts.unsubscribes,
  };
  return (['send', 'open', 'click', 'bounce', 'unsubscribe'] as const)
    .filter(isWanted)
    .reduce((sum, kind) => sum + byKind[kind], 0);
}

/** Parks the campaigns that wait from now on, and lets go of those that no longer do. */
export function settleCampaigns({ job, now, held, released, parked, next }: PlannedActivity): StoreChange[] {
  const { scope, recipe } = job;
  const parks = held.flatMap(({ campaign: { id }, code, message }): StoreChange[] => {
    const key = subjectOfCampaign(id);
    const before = parked.get(key) ?? [];
    const isAskedFor = next === undefined;
    if (!isAskedFor && before.some((row) => row.code === code)) return [];
    const subject = { key, rightId: id, keyHash: '', followerIds: [] };
    const issue = { kind: 'failure', code, fields: [], message } as const;
    return [{ kind: 'park', parked: parkIssue(issue, { scope, recipe, subject, now, before }) }];
  });
  const unparks = released.map((subject): StoreChange => ({ kind: 'unpark', scope, recipe, subject }));
  return [...parks, ...unparks];
}

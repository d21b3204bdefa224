import type { ActivityEvent } from '../../model/activity.ts';
import type { CrmMember, CrmPersonObject } from '../../ports/activity-target.ts';
import type { ActivityWrite } from './person-plan.ts';
import type { ActivityContext } from './plan-person.ts';

/**
 * The status in each campaign that the events come to: the furthest of them, never lower than what stands there. A
 * status that is none of the recipe's was set by a person, and stays.
 */
export function planMembers(
  fresh: readonly ActivityEvent[],
  members: readonly CrmMember[],
  person: CrmPersonObject,
  { options, campaigns }: ActivityContext,
): ActivityWrite[] {
  const { member } = options;
  if (member === undefined) return [];
  const ranks = [...member.statuses.values()];
  const writes: ActivityWrite[] = [];
  for (const [campaignId, events] of Map.groupBy(fresh, (event) => event.campaignId)) {
    const campaign = campaigns.get(campaignId);
    const carried = events.filter(({ kind, machine }) => member.statuses.has(kind) && !machine);
    const wanted = Math.max(...carried.map(({ kind }) => ranks.indexOf(member.statuses.get(kind) ?? '')), -1);
    const status = ranks[wanted];
    if (status === undefined || campaign?.isInCrm !== true) continue;
    const held = members.find((one) => one.campaignId === campaign.crmId);
    const rank = held === undefined ? -1 : ranks.indexOf(held.status);
    const isSetByPerson = held !== undefined && rank < 0 && held.status !== 'Sent';
    if (isSetByPerson || rank >= wanted) continue;
    writes.push({
      step: 'member',
      object: 'CampaignMember',
      ...(held === undefined ? {} : { id: held.id }),
      payload: { Status: status },
      ...(held === undefined
        ? {
            who: person === 'Lead' ? 'LeadId' : 'ContactId',
            campaign: { field: 'CampaignId', id: campaignId },
          }
        : {}),
      events: carried.map(({ key }) => key),
      why: `${status} in ${campaign.title}`,
    });
  }
  return writes;
}

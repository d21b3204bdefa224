import { inParallel } from '../../http/in-parallel.ts';
import { chunksOf } from '../../http/paging.ts';
import type { CrmWrite } from '../../ports/activity-target.ts';
import type { WriteResult } from '../../ports/connector.ts';
import type { LeaseGuard } from '../lease-guard.ts';
import type { ActivityPorts } from './activity-job.ts';
import type { PlannedActivity } from './plan-activity.ts';

/**
 * Creates the campaigns that the CRM lacks, and statuses their members will have. Rejects with the first refusal: nothing
 * about people could be written in them. Campaigns known by a field of their own are upserted; by name they have just
 * been looked for, and a crash in between is found by the next look.
 *
 * @returns ids of all campaigns' records, by Mailchimp's
 */
export async function writeCampaigns(
  { campaigns, job }: PlannedActivity,
  { target }: ActivityPorts,
  guard: LeaseGuard,
): Promise<{ readonly ids: ReadonlyMap<string, string>; readonly written: number }> {
  const ids = new Map<string, string>();
  for (const { id, crmId } of campaigns.byId.values()) if (crmId !== undefined) ids.set(id, crmId);
  const { field } = job.options.campaign;
  const externalId = field === 'Name' ? undefined : field;
  const write = async (object: string, writes: readonly CrmWrite[], key?: string): Promise<WriteResult[]> => {
    const batches = chunksOf(writes, target.writeBatch);
    return (
      await inParallel(batches, 1, async (batch) => {
        await guard.hold();
        return target.write(object, batch, key);
      })
    ).flat();
  };

  const made = await write(
    'Campaign',
    campaigns.creates.map(({ key, payload }) => ({ key, payload })),
    externalId,
  );
  for (const [at, { id }] of campaigns.creates.entries()) ids.set(id, idOf(made[at]));

  const statuses = campaigns.statuses.flatMap(({ campaignId, labels, known }) =>
    labels.map(
      (Label, at): CrmWrite => ({
        payload: {
          CampaignId: ids.get(campaignId) ?? '',
          Label,
          SortOrder: known + at + 1,
          HasResponded: job.options.member?.responded.has(Label) ?? false,
        },
      }),
    ),
  );
  for (const result of await write('CampaignMemberStatus', statuses)) {
    // A label that somebody, or a call that was never answered, has added since.
    if (result.outcome !== 'written' && result.error.code !== 'DUPLICATE_FOUND') throw result.error;
  }
  return { ids, written: made.length + statuses.length };
}

function idOf(result: WriteResult | undefined): string {
  if (result === undefined) return '';
  if (result.outcome !== 'written') throw result.error;
  return result.id;
}

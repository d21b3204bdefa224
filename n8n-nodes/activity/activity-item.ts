import { ERROR_CODES } from '@stackbridge/shared-mappers/errors/codes.ts';
import type { HeldCampaign } from '@stackbridge/shared-mappers/sync/activity/held-campaigns.ts';
import type { ActivityExecution } from '@stackbridge/shared-mappers/sync/stateless/activity/activity-without-store.ts';
import type { EventOutcome } from '@stackbridge/shared-mappers/sync/stateless/activity/event-outcome.ts';
import type { IDataObject } from 'n8n-workflow';
import { adviceFor } from '../errors/node-error.ts';

/** What became of one thing that one person did, for the nodes that follow. */
export function eventItem(
  { outcome, event, recordId = '', because = '', issue }: EventOutcome,
  campaigns: ActivityExecution['campaigns'],
): IDataObject {
  const { kind, email, at, campaignId, url = '', detail = '', machine } = event;
  const { title = '', subject = '' } = campaigns.get(campaignId) ?? {};
  return {
    outcome,
    event: kind,
    email,
    at: new Date(at).toISOString(),
    salesforceId: recordId,
    campaignId,
    campaign: title || subject,
    url,
    detail,
    byMachine: machine,
    because,
    ...(issue === undefined ? {} : { code: issue.code, message: issue.message, next: adviceFor(issue) }),
  };
}

/** A campaign whose report waits unread. */
export function heldItem({ campaign, code, message, events }: HeldCampaign): IDataObject {
  const { id, title, subject } = campaign;
  const next = adviceFor({ code, next: ERROR_CODES[code].next });
  return { outcome: 'failed', campaignId: id, campaign: title || subject, events, code, message, next };
}

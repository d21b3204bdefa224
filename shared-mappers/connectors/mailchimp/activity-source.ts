import { z } from 'zod';
import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { parseBodyAs } from '../../http/json-body.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { ActivityEvent, SentCampaign } from '../../model/activity.ts';
import { type Instant, parseInstant, toIsoSeconds } from '../../model/instant.ts';
import type { ActivitySource } from '../../ports/activity-source.ts';
import { EventKeys } from './event-key.ts';
import { subscriberHash } from './identity.ts';
import { readReport } from './report-listing.ts';

/** @param client of system `mailchimp`, with `mailchimpLimits` and `interpretMailchimp` */
export function createActivitySource(client: SystemClient): ActivitySource {
  return {
    system: 'mailchimp',

    async *campaigns(sentSince) {
      const pages = readReport(client, {
        path: '/reports',
        filter: `since_send_time=${toIsoSeconds(sentSince - 1000)}`,
        fields: CAMPAIGN_FIELDS.map((field) => `reports.${field}`),
        shape: rowsUnder('reports', Report),
        what: 'reports',
      });
      let isFirst = true;
      for await (const { rows, serverTime } of pages) {
        const campaigns = rows.map(toCampaign);
        yield isFirst && serverTime !== undefined ? { campaigns, serverTime } : { campaigns };
        isFirst = false;
      }
    },

    async *activity(campaign, since) {
      const pages = readReport(client, {
        path: `${pathOf(campaign)}/email-activity`,
        filter: sinceFilter(since),
        fields: ACTIVITY_FIELDS.map((field) => `emails.${field}`),
        shape: rowsUnder('emails', Activity),
        what: `activity of ${campaign.id}`,
        // Everybody it was sent to is listed, also those who did nothing.
        atLeast: campaign.counts.sent > 0 ? 1 : 0,
      });
      for await (const { rows } of pages) yield rows.flatMap((row) => eventsOf(campaign, row));
    },

    async *machineOpens(campaign, since) {
      const pages = readReport(client, {
        path: `${pathOf(campaign)}/open-details`,
        filter: sinceFilter(since),
        fields: ['members.email_id', 'members.opens'],
        shape: rowsUnder('members', Opens),
        what: `opens of ${campaign.id}`,
      });
      for await (const { rows } of pages) {
        yield rows.flatMap(({ email_id: memberHash, opens }) => {
          const keys = new EventKeys();
          return opens.flatMap(({ timestamp, is_proxy_open }) => {
            const key = keys.next({ campaignId: campaign.id, kind: 'open', timestamp, memberHash });
            return is_proxy_open ? [key] : [];
          });
        });
      }
    },

    async *unsubscribes(campaign) {
      const pages = readReport(client, {
        path: `${pathOf(campaign)}/unsubscribed`,
        filter: '',
        fields: ['email_id', 'email_address', 'timestamp', 'reason'].map((field) => `unsubscribes.${field}`),
        shape: rowsUnder('unsubscribes', Unsubscribe),
        what: `unsubscribes of ${campaign.id}`,
      });
      for await (const { rows } of pages) {
        yield rows.map(({ email_id: memberHash, email_address: email, timestamp, reason }): ActivityEvent => {
          const kind = 'unsubscribe';
          return {
            key: new EventKeys().next({ campaignId: campaign.id, kind, memberHash }),
            campaignId: campaign.id,
            kind,
            email,
            at: instantOf(timestamp),
            ...(reason === '' ? {} : { detail: reason }),
            machine: false,
          };
        });
      }
    },

    async *sends(campaign) {
      const pages = readReport(client, {
        path: `${pathOf(campaign)}/sent-to`,
        filter: '',
        fields: ['sent_to.email_id', 'sent_to.email_address'],
        shape: rowsUnder('sent_to', Recipient),
        what: `recipients of ${campaign.id}`,
        atLeast: campaign.counts.sent > 0 ? 1 : 0,
      });
      for await (const { rows } of pages) {
        yield rows.map(({ email_id: memberHash, email_address: email }): ActivityEvent => {
          const key = new EventKeys().next({ campaignId: campaign.id, kind: 'send', memberHash });
          const { id: campaignId, sentAt: at } = campaign;
          return { key, campaignId, kind: 'send', email, at, machine: false };
        });
      }
    },

    async activityOf(campaign, memberHash) {
      const path = `${pathOf(campaign)}/email-activity/${memberHash}?fields=${ACTIVITY_FIELDS.join()}`;
      try {
        const answer = await client.send({ method: 'GET', path }, { repeatable: true });
        return eventsOf(campaign, parseBodyAs(Activity, answer.body, 'mailchimp'));
      } catch (error) {
        // The campaign, or the member in it, is gone for good.
        if (error instanceof StackbridgeError && error.code === 'RECORD_GONE') return [];
        throw error;
      }
    },

    memberHash: subscriberHash,
  };
}

const count = z.number().default(0);
const Report = z.object({
  id: z.string(),
  list_id: z.string(),
  campaign_title: z.string().default(''),
  subject_line: z.string().default(''),
  send_time: z.string(),
  emails_sent: count,
  unsubscribed: count,
  bounces: z.object({ hard_bounces: count, soft_bounces: count }).prefault({}),
  opens: z.object({ opens_total: count, last_open: z.string().nullish() }).prefault({}),
  clicks: z.object({ clicks_total: count, last_click: z.string().nullish() }).prefault({}),
});
const CAMPAIGN_FIELDS = Object.keys(Report.shape);

const Activity = z.object({
  email_id: z.string(),
  email_address: z.string(),
  activity: z
    .array(
      z.object({
        action: z.string(),
        type: z.string().nullish(),
        timestamp: z.string(),
        url: z.string().nullish(),
      }),
    )
    .default([]),
});
/** Without the IP addresses: nobody here needs to know where people were. */
const ACTIVITY_FIELDS = [
  'email_id',
  'email_address',
  'activity.action',
  'activity.type',
  'activity.timestamp',
  'activity.url',
];

const Opens = z.object({
  email_id: z.string(),
  opens: z.array(z.object({ timestamp: z.string(), is_proxy_open: z.boolean().default(false) })).default([]),
});
const Unsubscribe = z.object({
  email_id: z.string(),
  email_address: z.string(),
  timestamp: z.string(),
  reason: z.string().default(''),
});
const Recipient = z.object({ email_id: z.string(), email_address: z.string() });

const ACTIONS = ['open', 'click', 'bounce'] as const;

function eventsOf(
  { id: campaignId }: SentCampaign,
  { email_id: memberHash, email_address: email, activity }: z.infer<typeof Activity>,
): ActivityEvent[] {
  const keys = new EventKeys();
  return activity.flatMap(({ action, type, timestamp, url }) => {
    const kind = ACTIONS.find((name) => name === action);
    if (kind === undefined) return [];
    const link = kind === 'click' && url ? { url } : {};
    return {
      key: keys.next({ campaignId, kind, timestamp, ...link, memberHash }),
      campaignId,
      kind,
      email,
      at: instantOf(timestamp),
      ...link,
      ...(kind === 'bounce' && type ? { detail: type } : {}),
      machine: false,
    };
  });
}

function toCampaign(report: z.infer<typeof Report>): SentCampaign {
  const { bounces, opens, clicks } = report;
  return {
    id: report.id,
    listId: report.list_id,
    title: report.campaign_title,
    subject: report.subject_line,
    sentAt: instantOf(report.send_time),
    counts: {
      sent: report.emails_sent,
      opens: opens.opens_total,
      clicks: clicks.clicks_total,
      bounces: bounces.hard_bounces + bounces.soft_bounces,
      unsubscribes: report.unsubscribed,
    },
    last: `${opens.last_open ?? ''} ${clicks.last_click ?? ''}`,
  };
}

/** A listing's rows stand under a name of their own. */
function rowsUnder<Row extends z.ZodType>(name: string, row: Row) {
  return z.looseObject({ [name]: z.array(row), total_items: z.number() }).transform((body) => ({
    rows: z.array(row).parse(body[name]),
    total_items: z.number().parse(body.total_items),
  }));
}

/** "after a specific time": a second earlier, so that the moment itself is in. */
function sinceFilter(since: Instant | undefined): string {
  return since === undefined ? '' : `since=${toIsoSeconds(since - 1000)}`;
}

function pathOf({ id }: SentCampaign): string {
  return `/reports/${encodeURIComponent(id)}`;
}

function instantOf(timestamp: string): Instant {
  const at = parseInstant(timestamp);
  if (at !== undefined) return at;
  throw new StackbridgeError('SERVER_ERROR', 'Mailchimp reported an event without a time', {
    system: 'mailchimp',
  });
}

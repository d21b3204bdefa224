import { type Account, baseUrl, findAudience } from './account.ts';
import { type ApiCall, type ApiRoute, listing, param, selected } from './api-route.ts';
import type { Audience } from './audience.ts';
import { type Campaign, type Delivery, findCampaign } from './campaign.ts';
import { sentBetween } from './campaign-routes.ts';
import { type Member, wireTime } from './member.ts';
import { readTime } from './member-writes.ts';
import { notFound } from './problem.ts';
import { readChoice, readText } from './query.ts';
import { countReport, rate } from './report-counts.ts';
import { urlsClicked } from './report-links.ts';

const REPORT = '/reports/:campaign_id';

/** `/reports` and the people in them. */
export const reportRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/reports',
    operation: 'reports.list',
    handle: (call) => {
      readChoice(call.query, 'type', ['regular', 'plaintext', 'absplit', 'rss', 'variate']);
      const show = (campaign: Campaign): object => showReport(call.account, campaign);
      return listing(call, 'reports', sentBetween(call.account, call.query), show, { path: '/reports' });
    },
  },
  {
    method: 'GET',
    path: REPORT,
    operation: 'reports.get',
    handle: (call) => selected(call, showReport(call.account, campaignOf(call))),
  },
  { method: 'GET', path: `${REPORT}/email-activity`, operation: 'reports.activity', handle: listActivity },
  {
    method: 'GET',
    path: `${REPORT}/email-activity/:subscriber_hash`,
    operation: 'reports.activity-of',
    handle: (call) => {
      const campaign = campaignOf(call);
      const recipient = recipientsOf(call.account, campaign).find(
        ({ member }) => member.hash === param(call, 'subscriber_hash'),
      );
      if (recipient === undefined) throw notFound();
      return selected(call, showActivity(recipient, campaign, sinceOf(call)));
    },
  },
  { method: 'GET', path: `${REPORT}/open-details`, operation: 'reports.opens', handle: listOpens },
  { method: 'GET', path: `${REPORT}/click-details`, operation: 'reports.clicks', handle: listClicks },
  {
    method: 'GET',
    path: `${REPORT}/click-details/:link_id/members`,
    operation: 'reports.clickers',
    handle: listClickers,
  },
  { method: 'GET', path: `${REPORT}/unsubscribed`, operation: 'reports.unsubscribed', handle: listLeavers },
  { method: 'GET', path: `${REPORT}/sent-to`, operation: 'reports.sent-to', handle: listRecipients },
];

interface Recipient {
  readonly member: Member;
  readonly delivery: Delivery;
}

function campaignOf(call: ApiCall): Campaign {
  return findCampaign(call.account, param(call, 'campaign_id'));
}

/** Everybody a campaign went to, by the address they have today [K: the vendor does not say which]. */
function recipientsOf(account: Account, { listId, deliveries }: Campaign): Recipient[] {
  const { members } = findAudience(account, listId);
  return [...deliveries.values()].flatMap((delivery) => {
    const member = members.find(delivery.contactId);
    return member === undefined ? [] : [{ member, delivery }];
  });
}

function sinceOf({ query }: ApiCall): number {
  return readTime(readText(query, 'since'), 'since') ?? Number.NEGATIVE_INFINITY;
}

/** A listing below one report, which names its campaign. */
function listingOf<T>(
  call: ApiCall,
  campaign: Campaign,
  key: string,
  rows: readonly T[],
  show: (row: T) => object,
  after: object = {},
): object {
  return listing(call, key, rows, show, {
    path: `/reports/${campaign.id}/${key}`,
    after: { campaign_id: campaign.id, ...after },
  });
}

/** All recipients; those without activity come with an empty list. */
function listActivity(call: ApiCall): object {
  const campaign = campaignOf(call);
  const since = sinceOf(call);
  return listingOf(call, campaign, 'emails', recipientsOf(call.account, campaign), (recipient) =>
    showActivity(recipient, campaign, since),
  );
}

function showActivity({ member, delivery }: Recipient, campaign: Campaign, sinceS: number): object {
  const { opens, clicks, bounce } = delivery;
  const ip = '203.0.113.9';
  const activity = [
    ...opens.map(({ atS }) => ({ atS, shown: { action: 'open', timestamp: wireTime(atS), ip } })),
    ...clicks.map(({ atS, url }) => ({ atS, shown: { action: 'click', timestamp: wireTime(atS), url, ip } })),
    ...(bounce === undefined
      ? []
      : [
          {
            atS: bounce.atS,
            shown: { action: 'bounce', type: bounce.type, timestamp: wireTime(bounce.atS) },
          },
        ]),
  ];
  return {
    ...placeOf(campaign),
    email_id: member.hash,
    email_address: member.email,
    activity: activity
      .filter(({ atS }) => atS > sinceS)
      .sort((a, b) => a.atS - b.atS)
      .map(({ shown }) => shown),
  };
}

/** Only people who have opened. */
function listOpens(call: ApiCall): object {
  const campaign = campaignOf(call);
  const since = sinceOf(call);
  const opened = recipientsOf(call.account, campaign)
    .map(({ member, delivery }) => ({ member, opens: delivery.opens.filter(({ atS }) => atS > since) }))
    .filter(({ opens }) => opens.length > 0);
  readChoice(call.query, 'sort_field', ['opens_count']);
  readChoice(call.query, 'sort_dir', ['ASC', 'DESC']);
  const total = opened.reduce((sum, { opens }) => sum + opens.length, 0);
  return listingOf(
    call,
    campaign,
    'members',
    opened,
    ({ member, opens }) => ({
      ...placeOf(campaign),
      contact_status: member.status,
      ...personOf(member),
      opens_count: opens.length,
      opens: opens.map(({ atS, proxy }) => ({ timestamp: wireTime(atS), is_proxy_open: proxy })),
    }),
    { total_opens: total },
  );
}

function listClicks(call: ApiCall): object {
  const campaign = campaignOf(call);
  readChoice(call.query, 'sort_field', ['total_clicks', 'unique_clicks']);
  readChoice(call.query, 'sort_dir', ['ASC', 'DESC']);
  const links = urlsClicked(campaign);
  const total = links.reduce((sum, { clicks }) => sum + clicks, 0);
  const unique = links.reduce((sum, { clickers }) => sum + clickers.size, 0);
  return listingOf(call, campaign, 'urls_clicked', links, ({ id, url, clicks, clickers, lastS }) => ({
    id,
    url,
    total_clicks: clicks,
    click_percentage: clicks / total,
    unique_clicks: clickers.size,
    unique_click_percentage: clickers.size / unique,
    last_click: wireTime(lastS),
    campaign_id: campaign.id,
  }));
}

/** Counts only: when somebody clicked, only the activity tells. */
function listClickers(call: ApiCall): object {
  const campaign = campaignOf(call);
  const link = urlsClicked(campaign).find(({ id }) => id === param(call, 'link_id'));
  if (link === undefined) throw notFound();
  const people = recipientsOf(call.account, campaign).filter(({ delivery }) =>
    link.clickers.has(delivery.contactId),
  );
  return listingOf(call, campaign, 'members', people, ({ member, delivery }) => ({
    ...personOf(member),
    clicks: delivery.clicks.filter(({ url }) => url === link.url).length,
    url_id: link.id,
    ...placeOf(campaign),
    contact_status: member.status,
  }));
}

/** Has no `since`: always all of them. */
function listLeavers(call: ApiCall): object {
  const campaign = campaignOf(call);
  const left = recipientsOf(call.account, campaign).flatMap(({ member, delivery: { unsubscribe } }) =>
    unsubscribe === undefined ? [] : [{ member, unsubscribe }],
  );
  return listingOf(call, campaign, 'unsubscribes', left, ({ member, unsubscribe }) => ({
    ...personOf(member),
    timestamp: wireTime(unsubscribe.atS),
    reason: unsubscribe.reason,
    ...placeOf(campaign),
  }));
}

function listRecipients(call: ApiCall): object {
  const campaign = campaignOf(call);
  return listingOf(
    call,
    campaign,
    'sent_to',
    recipientsOf(call.account, campaign),
    ({ member, delivery }) => ({
      ...personOf(member),
      status: delivery.bounce?.type ?? 'sent',
      open_count: delivery.opens.length,
      last_open: wireTime(delivery.opens.at(-1)?.atS),
      ...placeOf(campaign),
    }),
  );
}

function personOf({ hash, email, vip }: Member): object {
  return { email_id: hash, email_address: email, merge_fields: {}, vip };
}

function placeOf({ id, listId }: Campaign): object {
  return { campaign_id: id, list_id: listId, list_is_active: true };
}

function showReport(account: Account, campaign: Campaign): object {
  const counts = countReport(campaign);
  const audience: Audience = findAudience(account, campaign.listId);
  return {
    id: campaign.id,
    campaign_title: campaign.title,
    type: 'regular',
    list_id: campaign.listId,
    list_is_active: true,
    list_name: audience.name,
    subject_line: campaign.subject,
    preview_text: '',
    emails_sent: counts.emailsSent,
    abuse_reports: 0,
    unsubscribed: counts.unsubscribed,
    send_time: wireTime(campaign.sentS),
    bounces: { hard_bounces: counts.hard, soft_bounces: counts.soft, syntax_errors: 0 },
    forwards: { forwards_count: 0, forwards_opens: 0 },
    opens: {
      opens_total: counts.opens,
      proxy_excluded_opens: counts.opens - counts.proxyOpens,
      unique_opens: counts.uniqueOpens,
      proxy_excluded_unique_opens: counts.uniqueHumanOpens,
      open_rate: rate(counts.uniqueOpens, counts),
      proxy_excluded_open_rate: rate(counts.uniqueHumanOpens, counts),
      last_open: wireTime(counts.lastOpenS),
    },
    clicks: {
      clicks_total: counts.clicks,
      unique_clicks: counts.uniqueClicks,
      unique_subscriber_clicks: counts.clickers,
      click_rate: rate(counts.clickers, counts),
      last_click: wireTime(counts.lastClickS),
    },
    delivery_status: { enabled: false },
    _links: [{ rel: 'self', href: `${baseUrl(account)}/reports/${campaign.id}`, method: 'GET' }],
  };
}

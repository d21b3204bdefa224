import { type Account, baseUrl, findAudience } from './account.ts';
import { type ApiCall, type ApiRoute, listing, param, selected } from './api-route.ts';
import { type Campaign, findCampaign } from './campaign.ts';
import { wireTime } from './member.ts';
import { readTime } from './member-writes.ts';
import { type Query, readChoice, readText } from './query.ts';
import { countReport, rate } from './report-counts.ts';

/** `/campaigns`: what was sent. Drafts and campaigns under way are nobody's business here. */
export const campaignRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/campaigns',
    operation: 'campaigns.list',
    handle: (call) =>
      listing(call, 'campaigns', campaignsOf(call), (campaign) => showCampaign(call.account, campaign), {
        path: '/campaigns',
      }),
  },
  {
    method: 'GET',
    path: '/campaigns/:campaign_id',
    operation: 'campaigns.get',
    handle: (call) =>
      selected(call, showCampaign(call.account, findCampaign(call.account, param(call, 'campaign_id')))),
  },
];

const STATUSES = ['save', 'paused', 'schedule', 'sending', 'sent'] as const;
const TYPES = ['regular', 'plaintext', 'absplit', 'rss', 'variate'] as const;

/** Newest first, as far as it is known; the vendor does not say. */
function campaignsOf({ account, query }: ApiCall): Campaign[] {
  const status = readChoice(query, 'status', STATUSES) ?? 'sent';
  const type = readChoice(query, 'type', TYPES) ?? 'regular';
  const list = readText(query, 'list_id');
  const found = sentBetween(account, query).filter(({ listId }) => list === undefined || listId === list);
  readChoice(query, 'sort_field', ['create_time', 'send_time']);
  if (readChoice(query, 'sort_dir', ['ASC', 'DESC']) === 'ASC') found.reverse();
  return status === 'sent' && type === 'regular' ? found : [];
}

/** Campaigns whose time of sending a query asks for; newest first. */
export function sentBetween(account: Account, query: Query): Campaign[] {
  const since = readTime(readText(query, 'since_send_time'), 'since_send_time');
  const before = readTime(readText(query, 'before_send_time'), 'before_send_time');
  return [...account.campaigns.values()]
    .filter(({ sentS }) => (since === undefined || sentS > since) && (before === undefined || sentS < before))
    .sort((a, b) => b.sentS - a.sentS || b.webId - a.webId);
}

function showCampaign(account: Account, campaign: Campaign): object {
  const counts = countReport(campaign);
  const { id, webId, listId, title, subject, createdS, sentS } = campaign;
  return {
    id,
    web_id: webId,
    type: 'regular',
    create_time: wireTime(createdS),
    archive_url: `${account.world.origin}/mailchimp/archive/${id}`,
    long_archive_url: `${account.world.origin}/mailchimp/archive/${id}`,
    status: 'sent',
    emails_sent: counts.emailsSent,
    send_time: wireTime(sentS),
    content_type: 'template',
    needs_block_refresh: false,
    resendable: false,
    recipients: {
      list_id: listId,
      list_is_active: true,
      list_name: findAudience(account, listId).name,
      segment_text: '',
      recipient_count: counts.emailsSent,
    },
    settings: {
      subject_line: subject,
      preview_text: '',
      title,
      from_name: 'Stackbridge Sandbox',
      reply_to: 'owner@sandbox.test',
      to_name: '*|FNAME|*',
    },
    tracking: { opens: true, html_clicks: true, text_clicks: false },
    report_summary: {
      opens: counts.opens,
      unique_opens: counts.uniqueOpens,
      open_rate: rate(counts.uniqueOpens, counts),
      clicks: counts.clicks,
      subscriber_clicks: counts.clickers,
      click_rate: rate(counts.clickers, counts),
    },
    delivery_status: { enabled: false },
    _links: [{ rel: 'self', href: `${baseUrl(account)}/campaigns/${id}`, method: 'GET' }],
  };
}

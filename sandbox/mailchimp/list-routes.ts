import { type Account, baseUrl, findAudience } from './account.ts';
import { type ApiCall, type ApiRoute, listing, param, selected } from './api-route.ts';
import type { Audience } from './audience.ts';
import { writeBatch } from './batch-members.ts';
import { ALL_FIELDS } from './field-selection.ts';
import { resourceLinks } from './links.ts';
import { wireTime } from './member.ts';
import { MemberBatch, readBody } from './member-bodies.ts';
import { memberWriter } from './member-json.ts';
import { readTime } from './member-writes.ts';
import { readChoice, readFlag, readText } from './query.ts';

/** `/lists` and `/lists/{list_id}`, whose POST writes members in batch. */
export const listRoutes: readonly ApiRoute[] = [
  { method: 'GET', path: '/lists', operation: 'lists.list', handle: listAudiences },
  {
    method: 'GET',
    path: '/lists/:list_id',
    operation: 'lists.get',
    handle: (call) => {
      const audience = findAudience(call.account, param(call, 'list_id'));
      return selected(call, showAudience(call, audience));
    },
  },
  { method: 'POST', path: '/lists/:list_id', operation: 'members.batch', handle: postBatch },
];

function listAudiences(call: ApiCall): object {
  const { query } = call;
  const before = readTime(readText(query, 'before_date_created'), 'before_date_created');
  const since = readTime(readText(query, 'since_date_created'), 'since_date_created');
  const email = readText(query, 'email');
  const sentSince = readTime(readText(query, 'since_campaign_last_sent'), 'since_campaign_last_sent');
  const sentBefore = readTime(readText(query, 'before_campaign_last_sent'), 'before_campaign_last_sent');
  // No store is connected: that rules every list out when it is given.
  const hasStore = readFlag(query, 'has_ecommerce_store') === true;
  const found = [...call.account.audiences.values()].filter(
    (audience) =>
      isWithin(lastSentS(call.account, audience), sentSince, sentBefore) &&
      !hasStore &&
      (before === undefined || audience.createdS < before) &&
      (since === undefined || audience.createdS > since) &&
      (email === undefined || audience.members.byEmail(email) !== undefined),
  );
  readChoice(query, 'sort_field', ['date_created']);
  if (readChoice(query, 'sort_dir', ['ASC', 'DESC']) === 'DESC') found.reverse();
  return listing(call, 'lists', found, (audience) => showAudience(call, audience), {
    path: '/lists',
    after: {
      constraints: { may_create: false, max_instances: found.length, current_total_instances: found.length },
    },
  });
}

/** A list that nothing was sent to is in neither half of time. */
function isWithin(atS: number | undefined, since: number | undefined, before: number | undefined): boolean {
  if (atS === undefined) return since === undefined && before === undefined;
  return (since === undefined || atS > since) && (before === undefined || atS < before);
}

function lastSentS(account: Account, { id }: Audience): number | undefined {
  let last: number | undefined;
  for (const { listId, sentS } of account.campaigns.values()) {
    if (listId === id && (last === undefined || sentS > last)) last = sentS;
  }
  return last;
}

function showAudience(call: ApiCall, audience: Audience): object {
  const counts = { subscribed: 0, unsubscribed: 0, cleaned: 0, pending: 0, transactional: 0, archived: 0 };
  for (const member of audience.members.all()) counts[member.status] += 1;
  const withTotal = readFlag(call.query, 'include_total_contacts') === true;
  return {
    id: audience.id,
    web_id: audience.webId,
    name: audience.name,
    contact: {
      company: 'Stackbridge Sandbox',
      address1: '1 Loopback Lane',
      address2: '',
      city: 'Atlanta',
      state: 'GA',
      zip: '30308',
      country: 'US',
      phone: '',
    },
    permission_reminder: 'You are receiving this email because you opted in via our website.',
    use_archive_bar: true,
    campaign_defaults: {
      from_name: 'Stackbridge Sandbox',
      from_email: 'owner@sandbox.test',
      subject: '',
      language: 'en',
    },
    notify_on_subscribe: '',
    notify_on_unsubscribe: '',
    date_created: wireTime(audience.createdS),
    list_rating: 0,
    email_type_option: false,
    subscribe_url_short: `${call.account.world.origin}/mailchimp/signup/${audience.id}`,
    subscribe_url_long: `${call.account.world.origin}/mailchimp/signup/${audience.id}?u=sandbox`,
    beamer_address: `us1-${audience.id}@inbound.sandbox.test`,
    visibility: 'prv',
    double_optin: false,
    has_welcome: false,
    marketing_permissions: audience.permissions.length > 0,
    modules: [],
    stats: {
      member_count: counts.subscribed,
      ...(withTotal
        ? {
            total_contacts:
              counts.subscribed +
              counts.unsubscribed +
              counts.cleaned +
              counts.pending +
              counts.transactional,
          }
        : {}),
      unsubscribe_count: counts.unsubscribed,
      cleaned_count: counts.cleaned,
      member_count_since_send: 0,
      unsubscribe_count_since_send: 0,
      cleaned_count_since_send: 0,
      campaign_count: [...call.account.campaigns.values()].filter(({ listId }) => listId === audience.id)
        .length,
      campaign_last_sent: wireTime(lastSentS(call.account, audience)),
      merge_field_count: audience.mergeFields.length,
      avg_sub_rate: 0,
      avg_unsub_rate: 0,
      target_sub_rate: 0,
      open_rate: 0,
      click_rate: 0,
      last_sub_date: wireTime(audience.lastSubS),
      last_unsub_date: wireTime(audience.lastUnsubS),
    },
    _links: resourceLinks(baseUrl(call.account), `/lists/${audience.id}`, 'Lists'),
  };
}

function postBatch(call: ApiCall): string {
  const { account } = call;
  const audience = findAudience(account, param(call, 'list_id'));
  const body = readBody(MemberBatch, call.body);
  const result = writeBatch(account, audience, body.members, {
    updateExisting: body.update_existing ?? false,
    syncTags: body.sync_tags ?? false,
    skipMergeValidation: readFlag(call.query, 'skip_merge_validation') ?? false,
    skipDuplicateCheck: readFlag(call.query, 'skip_duplicate_check') ?? false,
  });
  const write = memberWriter(account, audience, ALL_FIELDS);
  return `{"new_members":[${result.created.map(write).join()}],"updated_members":[${result.updated
    .map(write)
    .join()}],"errors":${JSON.stringify(result.faults)},"total_created":${result.created.length},"total_updated":${
    result.updated.length
  },"error_count":${result.faults.length},"_links":${batchLinks(account, audience)}}`;
}

function batchLinks(account: Account, audience: Audience): string {
  return JSON.stringify(resourceLinks(baseUrl(account), `/lists/${audience.id}`, 'Lists'));
}

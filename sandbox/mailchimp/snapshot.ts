import { z } from 'zod';
import { type Account, openAccount } from './account.ts';
import { type Audience, createAudience } from './audience.ts';
import { MERGE_TYPES } from './merge-fields.ts';
import { Webhook } from './webhook.ts';

const Address = z.object({
  addr1: z.string(),
  addr2: z.string(),
  city: z.string(),
  state: z.string(),
  zip: z.string(),
  country: z.string(),
});

// JSON has no undefined: an array's holes come back as null.
const MergeValue = z
  .union([z.string(), z.number(), Address])
  .nullish()
  .transform((value) => value ?? undefined);

const Optional = { text: z.string().optional(), number: z.number().optional() };

const MemberData = z.object({
  serial: z.number(),
  contactId: z.string(),
  email: z.string(),
  hash: z.string(),
  status: z.enum(['subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional', 'archived']),
  closedBy: z.enum(['self', 'admin', 'api']).optional(),
  closedS: Optional.number,
  reason: Optional.text,
  merge: z.array(MergeValue),
  interests: z.array(z.string()),
  permissions: z.array(z.string()),
  tags: z.array(z.object({ id: z.number(), addedS: z.number() })),
  emailType: z.string(),
  language: z.string(),
  vip: z.boolean(),
  latitude: z.number(),
  longitude: z.number(),
  ipSignup: z.string(),
  signupS: Optional.number,
  ipOpt: z.string(),
  optS: Optional.number,
  changedS: z.number(),
  source: z.string(),
  place: z.number(),
});

const MergeFieldData = z.object({
  merge_id: z.number(),
  tag: z.string(),
  name: z.string(),
  type: z.enum(MERGE_TYPES),
  required: z.boolean(),
  default_value: z.string(),
  public: z.boolean(),
  display_order: z.number(),
  options: z.object({
    default_country: Optional.number,
    phone_format: Optional.text,
    date_format: Optional.text,
    choices: z.array(z.string()).optional(),
    size: Optional.number,
  }),
  help_text: z.string(),
  slot: z.number(),
});

const AudienceData = z.object({
  id: z.string(),
  webId: z.number(),
  name: z.string(),
  createdS: z.number(),
  mergeFields: z.array(MergeFieldData),
  nextMergeId: z.number(),
  nextSlot: z.number(),
  categories: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      type: z.enum(['checkboxes', 'dropdown', 'radio', 'hidden']),
      displayOrder: z.number(),
      interests: z.array(z.object({ id: z.string(), name: z.string(), displayOrder: z.number() })),
    }),
  ),
  permissions: z.array(z.object({ id: z.string(), text: z.string() })),
  segments: z.array(
    z.object({ id: z.number(), name: z.string(), createdS: z.number(), updatedS: z.number() }),
  ),
  members: z.array(MemberData),
  webhooks: z.array(Webhook).default([]),
  forgotten: z.array(z.string()),
  lastSubS: Optional.number,
  lastUnsubS: Optional.number,
});

const DeliveryData = z.object({
  contactId: z.string(),
  sentS: z.number(),
  opens: z.array(z.object({ atS: z.number(), proxy: z.boolean() })),
  clicks: z.array(z.object({ atS: z.number(), url: z.string() })),
  bounce: z.object({ atS: z.number(), type: z.enum(['hard', 'soft']) }).optional(),
  unsubscribe: z.object({ atS: z.number(), reason: z.string() }).optional(),
});

const CampaignData = z.object({
  id: z.string(),
  webId: z.number(),
  listId: z.string(),
  title: z.string(),
  subject: z.string(),
  createdS: z.number(),
  sentS: z.number(),
  deliveries: z.array(DeliveryData),
});

/** The account as JSON data. Batches and webhook deliveries under way are not part of it. */
const AccountData = z.object({
  audiences: z.array(AudienceData),
  campaigns: z.array(CampaignData),
  tokens: z.array(z.string()),
  isRevoked: z.boolean(),
  nextSerial: z.number(),
  nextSegment: z.number(),
  nextId: z.number(),
  nextAnswer: z.number(),
});
type AccountData = z.infer<typeof AccountData>;

export function takeSnapshot(account: Account): AccountData {
  return {
    audiences: [...account.audiences.values()].map(audienceData),
    campaigns: [...account.campaigns.values()].map((campaign) => ({
      ...campaign,
      deliveries: [...campaign.deliveries.values()].map((delivery) => ({
        ...delivery,
        opens: [...delivery.opens],
        clicks: [...delivery.clicks],
      })),
    })),
    tokens: [...account.tokens],
    isRevoked: account.isRevoked,
    nextSerial: account.nextSerial,
    nextSegment: account.nextSegment,
    nextId: account.nextId,
    nextAnswer: account.nextAnswer,
  };
}

/** @throws ZodError when it is no snapshot of an account */
export function restoreSnapshot(account: Account, snapshot: unknown): void {
  const data = AccountData.parse(snapshot);
  openAccount(account);
  account.audiences.clear();
  for (const audience of data.audiences) account.audiences.set(audience.id, audienceFrom(audience));
  for (const campaign of data.campaigns) {
    const deliveries = campaign.deliveries.map(
      ({ bounce, unsubscribe, ...delivery }) =>
        [delivery.contactId, { ...delivery, bounce, unsubscribe }] as const,
    );
    account.campaigns.set(campaign.id, { ...campaign, deliveries: new Map(deliveries) });
  }
  for (const token of data.tokens) account.tokens.add(token);
  account.isRevoked = data.isRevoked;
  account.nextSerial = data.nextSerial;
  account.nextSegment = data.nextSegment;
  account.nextId = data.nextId;
  account.nextAnswer = data.nextAnswer;
}

function audienceData(audience: Audience): z.infer<typeof AudienceData> {
  const {
    schemaVersion: _version,
    members,
    segments,
    forgotten,
    mergeFields,
    categories,
    ...rest
  } = audience;
  return {
    ...rest,
    mergeFields: mergeFields.map((field) => ({ ...field })),
    categories: categories.map((category) => ({ ...category, interests: [...category.interests] })),
    segments: [...segments.values()].map((segment) => ({ ...segment })),
    // Arrays inside members are never changed in place: a shallow copy is a copy.
    members: Array.from(members.all(), (member) => ({
      ...member,
      merge: [...member.merge],
      interests: [...member.interests],
      permissions: [...member.permissions],
      tags: [...member.tags],
    })),
    webhooks: [...audience.webhooks],
    forgotten: [...forgotten],
  };
}

function audienceFrom(data: z.infer<typeof AudienceData>): Audience {
  const audience = createAudience(data.id, data.webId, data.name, data.createdS);
  audience.mergeFields.splice(0, audience.mergeFields.length, ...data.mergeFields);
  audience.nextMergeId = data.nextMergeId;
  audience.nextSlot = data.nextSlot;
  audience.categories.push(...data.categories);
  audience.permissions = data.permissions;
  audience.webhooks.push(...data.webhooks);
  for (const segment of data.segments) audience.segments.set(segment.id, segment);
  for (const member of data.members) {
    audience.members.add({
      ...member,
      closedBy: member.closedBy,
      closedS: member.closedS,
      reason: member.reason,
      signupS: member.signupS,
      optS: member.optS,
    });
  }
  for (const hash of data.forgotten) audience.forgotten.add(hash);
  audience.lastSubS = data.lastSubS;
  audience.lastUnsubS = data.lastUnsubS;
  return audience;
}

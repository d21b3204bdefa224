import type { InterestCategory } from './interests.ts';
import { MemberStore } from './member-store.ts';
import { addMergeField, type MergeField, type NewMergeField } from './merge-fields.ts';
import type { Segment } from './segments.ts';
import type { Webhook } from './webhook.ts';

/** One audience ("list" in the API) with everything in it. */
export interface Audience {
  readonly id: string;
  readonly webId: number;
  name: string;
  /** Seconds since 1970. */
  readonly createdS: number;
  /** In display order. */
  readonly mergeFields: MergeField[];
  nextMergeId: number;
  nextSlot: number;
  /** Moves whenever the fields, interests or permissions of members change their layout. */
  schemaVersion: number;
  readonly categories: InterestCategory[];
  /** GDPR fields; none = switched off. */
  permissions: Array<{ id: string; text: string }>;
  /** Static segments; Mailchimp shows them as tags. By id. */
  readonly segments: Map<number, Segment>;
  readonly members: MemberStore;
  readonly webhooks: Webhook[];
  /** Hashes of addresses deleted for good, which the API must not bring back. */
  readonly forgotten: Set<string>;
  /** When somebody last joined or left, for the list's statistics. */
  lastSubS: number | undefined;
  lastUnsubS: number | undefined;
}

/** The merge fields that each new audience has. */
const STANDARD_FIELDS: readonly NewMergeField[] = [
  { tag: 'FNAME', name: 'First Name', type: 'text', public: true },
  { tag: 'LNAME', name: 'Last Name', type: 'text', public: true },
  { tag: 'ADDRESS', name: 'Address', type: 'address' },
  { tag: 'PHONE', name: 'Phone Number', type: 'phone' },
  { tag: 'BIRTHDAY', name: 'Birthday', type: 'birthday' },
  { tag: 'COMPANY', name: 'Company', type: 'text' },
];

export function createAudience(id: string, webId: number, name: string, createdS: number): Audience {
  const audience: Audience = {
    id,
    webId,
    name,
    createdS,
    mergeFields: [],
    nextMergeId: 1,
    nextSlot: 0,
    schemaVersion: 1,
    categories: [],
    permissions: [],
    segments: new Map(),
    members: new MemberStore(),
    webhooks: [],
    forgotten: new Set(),
    lastSubS: undefined,
    lastUnsubS: undefined,
  };
  for (const field of STANDARD_FIELDS) addMergeField(audience, field);
  return audience;
}

import type { Account } from '../mailchimp/account.ts';
import type { Audience } from '../mailchimp/audience.ts';
import { addCategory, addInterest } from '../mailchimp/interests.ts';
import { addMergeField, type NewMergeField } from '../mailchimp/merge-fields.ts';
import { addSegment, findTag } from '../mailchimp/segments.ts';
import { TAGS, TIERS, TOPICS } from './person.ts';

/** Where the values of seeded members stand. */
export interface AudienceLayout {
  slots: Readonly<Record<SeededTag, number>>;
  /** Interest id by topic. */
  interests: ReadonlyMap<string, string>;
  /** Tag id by name. */
  tags: ReadonlyMap<string, number>;
}

const SEEDED_TAGS = [
  'FNAME',
  'LNAME',
  'PHONE',
  'ADDRESS',
  'BIRTHDAY',
  'COMPANY',
  'TITLE',
  'TIER',
  'POINTS',
  'SINCE',
  'WEBSITE',
] as const;
export type SeededTag = (typeof SEEDED_TAGS)[number];

/** Beyond the fields that each audience has. SBSTAMP is for the sync's own mark. */
const MORE_FIELDS: readonly NewMergeField[] = [
  { tag: 'TITLE', name: 'Job Title', type: 'text', public: true },
  { tag: 'TIER', name: 'Customer Tier', type: 'dropdown', options: { choices: [...TIERS] } },
  { tag: 'POINTS', name: 'Loyalty Points', type: 'number' },
  { tag: 'SINCE', name: 'Customer Since', type: 'date', options: { date_format: 'DD/MM/YYYY' } },
  { tag: 'WEBSITE', name: 'Website', type: 'url' },
  { tag: 'SBSTAMP', name: 'Stackbridge Stamp', type: 'text', public: false },
];

/** Gives an audience the fields, interests and tags that seeded people use; what it has already stays. */
export function layOutAudience(account: Account, audience: Audience): AudienceLayout {
  for (const field of MORE_FIELDS) {
    if (!audience.mergeFields.some((known) => known.tag === field.tag)) addMergeField(audience, field);
  }
  const topics =
    audience.categories.find((category) => category.title === 'Topics') ??
    addCategory(account, audience, { title: 'Topics', type: 'checkboxes' });
  for (const name of TOPICS) {
    if (!topics.interests.some((known) => known.name === name))
      addInterest(account, audience, topics, { name });
  }
  for (const name of TAGS) if (findTag(audience, name) === undefined) addSegment(account, audience, name);

  const slot = (tag: SeededTag): number =>
    audience.mergeFields.find((field) => field.tag === tag)?.slot ?? -1;
  return {
    slots: {
      FNAME: slot('FNAME'),
      LNAME: slot('LNAME'),
      PHONE: slot('PHONE'),
      ADDRESS: slot('ADDRESS'),
      BIRTHDAY: slot('BIRTHDAY'),
      COMPANY: slot('COMPANY'),
      TITLE: slot('TITLE'),
      TIER: slot('TIER'),
      POINTS: slot('POINTS'),
      SINCE: slot('SINCE'),
      WEBSITE: slot('WEBSITE'),
    },
    interests: new Map(topics.interests.map((interest) => [interest.name, interest.id])),
    tags: new Map([...audience.segments.values()].map((segment) => [segment.name, segment.id])),
  };
}

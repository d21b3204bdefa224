import { editMember } from '../../mailchimp/people-actions.ts';
import { TOPICS } from '../person.ts';
import { CONTACT_AUDIENCE } from '../seed.ts';
import { EDITABLE_FIELDS, type EditableField } from './editable-fields.ts';
import { type Day, type Happening, type HappeningKind, kindOn } from './happening.ts';
import type { Pair } from './population.ts';

/** Well past any tolerance for the two systems' clocks. */
const APART_MS = 10 * 60_000;

/** People correct and complete records, at one side or at both. */
export const edits: readonly HappeningKind[] = [
  kindOn('contact-edited', 24, (day, pair) => {
    const field = day.dice.pick(EDITABLE_FIELDS);
    return editContact(day, pair, { [field.crm]: field.draw(day.dice) });
  }),
  kindOn('member-edited', 20, (day, pair) => {
    const field = day.dice.pick(EDITABLE_FIELDS);
    return editMerge(day, pair, field, field.draw(day.dice));
  }),
  kindOn('contact-emptied', 3, (day, pair) =>
    editContact(day, pair, { [day.dice.pick(['Phone', 'Title', 'Website__c'])]: null }),
  ),
  kindOn('member-emptied', 2, (day, pair) => {
    const field = day.dice.pick(EDITABLE_FIELDS.filter(({ tag }) => tag !== 'LNAME'));
    return editMerge(day, pair, field, '');
  }),
  kindOn('contact-topics', 4, (day, pair) =>
    editContact(day, pair, { Newsletter_Topics__c: day.dice.some(TOPICS, 0.5).join(';') || null }),
  ),
  kindOn('member-topics', 4, (day, pair) => {
    const audience = day.parts.mailchimp.account.audiences.get(CONTACT_AUDIENCE);
    const interests = audience?.categories.find(({ title }) => title === 'Topics')?.interests ?? [];
    const choice = Object.fromEntries(interests.map(({ id }) => [id, day.dice.chance(0.5)]));
    editMember(day.parts.mailchimp.account, CONTACT_AUDIENCE, pair.member.contactId, { interests: choice });
    return { fields: ['interests'] };
  }),
  kindOn('same-field-on-both', 6, (day, pair) => {
    const field = day.dice.pick(EDITABLE_FIELDS);
    const isApart = day.dice.chance(0.7);
    const first = field.draw(day.dice);
    editContact(day, pair, { [field.crm]: first });
    if (isApart) day.wait(APART_MS);
    editMerge(day, pair, field, otherThan(first, field, day));
    return { fields: [field.crm, field.tag], note: isApart ? 'contact first, ten minutes apart' : 'at once' };
  }),
  kindOn('different-fields-on-both', 6, (day, pair) => {
    const field = day.dice.pick(EDITABLE_FIELDS);
    const other = day.dice.pick(EDITABLE_FIELDS.filter((candidate) => candidate !== field));
    editContact(day, pair, { [field.crm]: field.draw(day.dice) });
    editMerge(day, pair, other, other.draw(day.dice));
    return { fields: [field.crm, other.tag] };
  }),
  kindOn('same-value-on-both', 4, (day, pair) => {
    const field = day.dice.pick(EDITABLE_FIELDS);
    const value = field.draw(day.dice);
    editContact(day, pair, { [field.crm]: value });
    editMerge(day, pair, field, value);
    return { fields: [field.crm, field.tag] };
  }),
];

function editContact(day: Day, pair: Pair, values: Record<string, string | number | null>): Happening {
  day.parts.salesforce.desk.edit('Contact', pair.contactId, values);
  return { fields: Object.keys(values) };
}

function editMerge(day: Day, pair: Pair, field: EditableField, value: string | number): Happening {
  const { account } = day.parts.mailchimp;
  editMember(account, CONTACT_AUDIENCE, pair.member.contactId, { merge_fields: { [field.tag]: value } });
  return { fields: [field.tag] };
}

function otherThan(first: string | number, field: EditableField, day: Day): string | number {
  for (;;) {
    const value = field.draw(day.dice);
    if (value !== first) return value;
  }
}

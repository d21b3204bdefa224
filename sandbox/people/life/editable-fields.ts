import type { SeededTag } from '../audience-fields.ts';
import type { Dice } from '../dice.ts';
import { TIERS } from '../person.ts';

/** A field that people change, by its name on either side, and the values they give it. */
export interface EditableField {
  crm: string;
  tag: SeededTag;
  draw(dice: Dice): string | number;
}

const FIRST_NAMES = ['Maya', 'Noah', 'Zoë', 'Björn', 'Łucja', 'Aiko', 'Omar', 'Inés', 'Theo', 'Ruth'];
const LAST_NAMES = [
  'Okafor',
  'Nguyễn',
  "O'Neill",
  'Müller-Lüdenscheidt',
  'García',
  'Tanaka',
  'Haddad',
  'Novák',
];
const TITLES = [
  'Head of Purchasing',
  'CFO',
  'Office Manager',
  'Geschäftsführerin',
  'Directeur commercial',
  'Buyer',
];

export const EDITABLE_FIELDS: readonly EditableField[] = [
  { crm: 'FirstName', tag: 'FNAME', draw: (dice) => dice.pick(FIRST_NAMES) },
  { crm: 'LastName', tag: 'LNAME', draw: (dice) => dice.pick(LAST_NAMES) },
  { crm: 'Phone', tag: 'PHONE', draw: (dice) => `+1404555${dice.digits(4)}` },
  { crm: 'Title', tag: 'TITLE', draw: (dice) => `${dice.pick(TITLES)} ${1 + dice.whole(9)}` },
  { crm: 'Customer_Tier__c', tag: 'TIER', draw: (dice) => dice.pick(TIERS) },
  { crm: 'Loyalty_Points__c', tag: 'POINTS', draw: (dice) => dice.whole(10_000) },
  { crm: 'Website__c', tag: 'WEBSITE', draw: (dice) => `https://site-${dice.digits(5)}.test` },
];

import type { CrmValues } from './contact-values.ts';
import type { Dice } from './dice.ts';
import type { MemberDraft } from './member-draft.ts';
import type { AddressBook, Person } from './person.ts';

/** One person on their way into the two systems. */
export interface Draft {
  person: Person;
  /** Their contacts or leads in Salesforce; empty where they are not known there. */
  crm: CrmValues[];
  /** Their members in Mailchimp; likewise. */
  members: MemberDraft[];
}

/** What making a mess of a draft needs. */
export interface MessTools {
  dice: Dice;
  book: AddressBook;
  /** Another person of the same kind, for those who share an address. */
  makeOther(): Person;
  /** That other person's record in Salesforce. */
  recordOf(person: Person): CrmValues;
}

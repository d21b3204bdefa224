import { folded } from '../../mapping/people.ts';
import type { AccountsContact } from '../../ports/accounting-target.ts';
import { failure } from './billing-issue.ts';
import type { BilledContact } from './milestone-facts.ts';

/** A customer or supplier as the project tool or the books name them. */
export interface Party {
  /** Becomes the contact's number. */
  readonly id: string | undefined;
  readonly name: string | undefined;
}

/** Longest contact number and name in the accounts. */
const NUMBER_LIMIT = 50;
const NAME_LIMIT = 255;

/** Our key of a contact in the accounts: `Z-460000000026049`. */
export function contactNumber(partyId: string): string {
  return `Z-${partyId}`.slice(0, NUMBER_LIMIT);
}

/**
 * The contact of a party: by our number, else by name, else one to create where the recipe lets us. A contact found
 * by number counts whatever it is called now.
 *
 * @param contacts what both look-ups brought.
 */
export function matchContact(
  { id, name }: Party,
  contacts: readonly AccountsContact[],
  mayCreate: boolean,
): BilledContact | { readonly create: { readonly name: string; readonly number: string } } {
  const number = id === undefined ? undefined : contactNumber(id);
  const numbered = contacts.find((contact) => number !== undefined && contact.number === number);
  if (numbered !== undefined) {
    if (numbered.active) return { id: numbered.id };
    const message = `Contact ${numbered.name} (${numbered.number}) is archived`;
    return { issue: failure('CONTACT_UNUSABLE', message) };
  }
  if (name === undefined || name.trim() === '') {
    return { issue: failure('CONTACT_UNUSABLE', 'No customer or supplier is named') };
  }
  const called = contacts.filter((contact) => folded(contact.name) === folded(name));
  const [active, ...others] = called.filter((contact) => contact.active);
  if (active !== undefined && others.length > 0) {
    return { issue: failure('SEVERAL_MATCHES', `${others.length + 1} contacts are called ${name}`) };
  }
  if (active !== undefined) return { id: active.id };
  if (called.length > 0) return { issue: failure('CONTACT_UNUSABLE', `Contact ${name} is archived`) };
  if (!mayCreate) {
    return { issue: failure('CONTACT_UNUSABLE', `Xero has no contact ${name}, and the recipe creates none`) };
  }
  const tidied = name.replace(/[<>]/g, ' ').trim().slice(0, NAME_LIMIT);
  return { create: { name: tidied, number: number ?? '' } };
}

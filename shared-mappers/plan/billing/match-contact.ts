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

/** A name as the accounts can hold it. */
export function contactName(name: string): string {
  return name.replace(/[<>]/g, ' ').trim().slice(0, NAME_LIMIT).trim();
}

/**
 * The contact of a party: by our number, else by name, else one to create where the recipe lets us. A contact found
 * by number counts whatever it is called now.
 *
 * @param contacts what both look-ups brought.
 */
export function matchContact(
  { id: partyId, name }: Party,
  contacts: readonly AccountsContact[],
  mayCreate: boolean,
): BilledContact | { readonly create: { readonly name: string; readonly number: string } } {
  const number = partyId === undefined ? undefined : contactNumber(partyId);
  const numbered = contacts.filter((contact) => number !== undefined && contact.number === number);
  const usable = numbered.find(standsForItself) ?? numbered.find(({ active }) => active);
  if (usable !== undefined) return { id: usable.id };
  const [archived] = numbered;
  if (archived !== undefined) {
    const message = `Contact ${archived.name} (${archived.number}) is archived`;
    return { issue: failure('CONTACT_UNUSABLE', message) };
  }
  const tidied = contactName(name ?? '');
  if (tidied === '') {
    return { issue: failure('CONTACT_UNUSABLE', 'No customer or supplier is named') };
  }
  const called = contacts.filter((contact) => folded(contact.name) === folded(tidied));
  const own = called.filter(standsForItself);
  const active = own.length > 0 ? own : called.filter(({ active }) => active);
  const ids = new Set(active.map(({ id }) => id));
  if (ids.size > 1) {
    return { issue: failure('SEVERAL_MATCHES', `${ids.size} contacts are called ${name}`) };
  }
  const [id] = ids;
  if (id !== undefined) return { id };
  if (called.length > 0) return { issue: failure('CONTACT_UNUSABLE', `Contact ${name} is archived`) };
  if (!mayCreate) {
    return { issue: failure('CONTACT_UNUSABLE', `Xero has no contact ${name}, and the recipe creates none`) };
  }
  return { create: { name: tidied, number: number ?? '' } };
}

/** Not only for another that it was merged into, which may be asked for by a name of its own. */
function standsForItself({ active, merged }: AccountsContact): boolean {
  return active && merged !== true;
}

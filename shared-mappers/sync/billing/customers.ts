import { folded } from '../../mapping/people.ts';
import type { BillingIssue } from '../../plan/billing/billing-issue.ts';
import { contactName, contactNumber, matchContact, type Party } from '../../plan/billing/match-contact.ts';
import type { BilledContact } from '../../plan/billing/milestone-facts.ts';
import type { AccountingTarget, AccountsContact } from '../../ports/accounting-target.ts';

/** A contact that the recipe may create. */
export interface NewContact {
  readonly name: string;
  readonly number: string;
}

/** Who the documents go to, found in two look-ups for all subjects together. */
export class Customers {
  readonly #contacts: AccountsContact[];
  readonly #mayCreate: boolean;
  readonly #refused = new Map<string, BillingIssue>();

  private constructor(contacts: AccountsContact[], mayCreate: boolean) {
    this.#contacts = contacts;
    this.#mayCreate = mayCreate;
  }

  static async find(
    parties: readonly Party[],
    target: AccountingTarget,
    mayCreate: boolean,
  ): Promise<Customers> {
    const numbers = new Set(parties.flatMap(({ id }) => (id === undefined ? [] : [contactNumber(id)])));
    const numbered = numbers.size === 0 ? [] : await target.contactsByNumber([...numbers]);
    const known = new Set(numbered.map(({ number }) => number));
    const names = new Map(
      parties
        .filter(({ id }) => id === undefined || !known.has(contactNumber(id)))
        .map(({ name }) => contactName(name ?? ''))
        .flatMap((name) => (name === '' ? [] : [[folded(name), name]])),
    );
    const named = names.size === 0 ? [] : await target.contactsByName([...names.values()]);
    // Several may stand for the one that they were merged into.
    const found = new Map(
      [...named, ...numbered].map((contact) => [
        [contact.id, contact.number, contact.name].join('\u0000'),
        contact,
      ]),
    );
    return new Customers([...found.values()], mayCreate);
  }

  /** `create` stands beside a made-up id, for plans that are only looked at. */
  of(party: Party): { readonly contact: BilledContact; readonly create?: NewContact } {
    const found = matchContact(party, this.#contacts, this.#mayCreate);
    if (!('create' in found)) return { contact: found };
    const { create } = found;
    const key = `${create.number}:${create.name}`;
    const issue = this.#refused.get(key);
    return issue === undefined ? { contact: { id: `new:${key}` }, create } : { contact: { issue } };
  }

  add(contact: AccountsContact): void {
    this.#contacts.push(contact);
  }

  /** The accounts would not create it: whoever names it has that for an issue. */
  refuse({ number, name }: NewContact, issue: BillingIssue): void {
    this.#refused.set(`${number}:${name}`, issue);
  }
}
